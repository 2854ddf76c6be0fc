"""aliases.csv to names, by language and kind, each with where it was read."""

from dataclasses import replace
from pathlib import Path

from graph.authority.actors import Loaded
from graph.authority.records import Name, sources_of
from graph.authority.tables import read
from graph.text import slug
from graph.vocabulary import Vocabulary

_COLUMNS = ("key", "alias", "lang", "kind", "source")


def names(path: Path, loaded: Loaded, vocabulary: Vocabulary) -> list[Name]:
    """All names; rows that give the same name again add their sources to it."""
    lines, aside = read(path, _COLUMNS)
    loaded.aside += aside
    found: dict[str, Name] = {}
    for line in lines:
        of, kind = loaded.keys.get(line["key"]), slug(line["kind"])
        if of is None:
            loaded.aside.append(line.aside(f"the key {line['key']!r} stands in no other file", "add it there or mend the key"))
        elif f"name-kind/{kind}" not in vocabulary.concepts:
            loaded.aside.append(
                line.aside(
                    f"the kind of name {line['kind']!r} is unknown", "add it to ontology/vocabularies/name-kind.ttl or mend the cell"
                )
            )
        elif not line["alias"] or (line["lang"] and not line["lang"].isalpha()):
            loaded.aside.append(line.aside("the name is empty, or its language is no code", "mend the row"))
        else:
            name = Name(of, line["alias"], line["lang"], kind, sources_of(line) or (line["source"],))
            known = found.setdefault(name.reference, name)
            found[name.reference] = replace(known, sources=tuple(dict.fromkeys(known.sources + name.sources)))
    return list(found.values())
