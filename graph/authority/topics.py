"""topics.csv to topics, with their matches in EuroVoc and the policy cycles in which they were priorities."""

from pathlib import Path

from graph.authority.actors import Loaded
from graph.authority.records import Topic, row_of, sources_of
from graph.authority.tables import Line, read
from graph.iris import is_key

_COLUMNS = ("key", "prefLabel", "altLabels", "broader", "eurovoc_uri", "mapping", "policy_cycles", "source")
_MAPPINGS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_CYCLE = "group/empact-cycle-"


def topics(path: Path, loaded: Loaded) -> dict[str, Topic]:
    """All topics by their reference. `loaded` takes their rows and keys; cycles are checked once the groups are there."""
    lines, aside = read(path, _COLUMNS)
    loaded.aside += aside
    known = {line["key"] for line in lines if is_key(line["key"])}
    found: dict[str, Topic] = {}
    for line in lines:
        reference = f"topic/{line['key']}"
        if not is_key(line["key"]) or reference in found:
            loaded.aside.append(line.aside(f"{line['key']!r} is no key, or stands twice", "give the row a key of its own"))
            continue
        row = row_of(line, "topics", line["key"], sources_of(line) or _own_sources(line))
        loaded.rows[row.reference] = row
        loaded.keys[f"topic:{line['key']}"] = reference
        cycles = tuple(_CYCLE + cycle for cycle in line["policy_cycles"].split("|") if cycle)
        found[reference] = Topic(reference, line["prefLabel"], row.reference, _broader(line, known, loaded), _matches(line, loaded), cycles)
    return found


def _own_sources(line: Line) -> tuple[str, ...]:
    """A row without a source of its own rests on the EuroVoc entry that it names, or on the first profile, or on the editor."""
    return (line["source"] or line["eurovoc_uri"] or "editor",)


def _broader(line: Line, known: set[str], loaded: Loaded) -> str | None:
    if not line["broader"]:
        return None
    if line["broader"] in known:
        return f"topic/{line['broader']}"
    loaded.aside.append(
        line.aside(f"the broader topic {line['broader']!r} is not in the file", "add it or mend the cell; the rest of the row is loaded")
    )
    return None


def _matches(line: Line, loaded: Loaded) -> tuple[tuple[str, str], ...]:
    if not line["eurovoc_uri"]:
        return ()
    if line["mapping"] in _MAPPINGS:
        return ((line["mapping"], line["eurovoc_uri"]),)
    loaded.aside.append(
        line.aside(f"the mapping {line['mapping']!r} is none of {', '.join(_MAPPINGS)}", "mend the cell; the rest of the row is loaded")
    )
    return ()
