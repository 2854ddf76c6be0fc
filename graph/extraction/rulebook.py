"""The rules of one language, from its folder `data/rules/<language>/`: small words, names, cues, relations, tables.

Everything that depends on a language stands there, in files that an analyst can edit; nothing of it in code.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml

from graph.errors import RuleError
from graph.extraction.tokens import words_of

Made = TypeVar("Made")
FILES = ("language", "names", "cues", "relations", "tables")


@dataclass(frozen=True)
class Source:
    """One file of rules: what it holds, and where it stands.

    Args:
        path: the file.
        values: its content.
    """

    path: Path
    values: Mapping[str, Any]
    _folded: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False, compare=False)

    def word_set(self, *names: str) -> frozenset[str]:
        """The words of one list of the file or of several together; made once, so that each document may ask.

        Raises:
            RuleError: something else than a list of words stands there.
        """
        return self._once("words", " ".join(names), lambda: frozenset(word for name in names for word in self.words(name)))

    def phrases(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The words and phrases of a list, each as tokens; a colon at the end is a token of its own.

        Raises:
            RuleError: something else than a list of words stands there.
        """
        return self._once(
            "phrases", name, lambda: tuple((*words_of(words), *([":"] if words.endswith(":") else [])) for words in self.words(name))
        )

    def kinds(self, name: str) -> Mapping[tuple[str, ...], str]:
        """Each word or phrase in the lists under a name, as tokens, to the key of its list.

        Raises:
            RuleError: something else than lists of words stands there.
        """
        return self._once("kinds", name, lambda: {words_of(word): key for key, words in self.lists(name).items() for word in words})

    def _once(self, what: str, name: str, make: Callable[[], Made]) -> Made:
        key = what, name
        if key not in self._folded:
            self._folded[key] = make()
        found: Made = self._folded[key]
        return found

    def words(self, *names: str | int) -> tuple[str, ...]:
        """The list at a place in the file, given by keys and numbers; empty if nothing stands there.

        Raises:
            RuleError: something else than a list of words stands there.
        """
        value: Any = self.values
        for name in names:
            value = value[name] if isinstance(name, int) else value.get(name, ()) if isinstance(value, Mapping) else ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, Sequence) or not all(isinstance(item, str) for item in value):
            raise self.wrong(
                f"{'.'.join(map(str, names))!r} is no list of words", "write [one, another]; with a comma between them", *names
            )
        return tuple(value)

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """The lists of words under a name, by their keys.

        Raises:
            RuleError: something else than lists of words stands there.
        """
        return {key: self.words(name, key) for key in self.mapping(name)}

    def mapping(self, *names: str) -> Mapping[str, Any]:
        """What a name, or a name under a name, stands for, by keys; empty if nothing stands there.

        Raises:
            RuleError: it is no mapping.
        """
        value: Any = self.values
        for name in names:
            value = value.get(name, {}) if isinstance(value, Mapping) else {}
        if not isinstance(value, Mapping):
            raise self.wrong(f"{'.'.join(names)!r} is no mapping", "write keys, each with a colon and what it stands for", *names)
        return value

    def entries(self, name: str, fields: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """The entries of a list of mappings.

        Args:
            name: where the list stands.
            fields: the fields that each entry has, all of them and no others.

        Raises:
            RuleError: it is no such list.
        """
        value = self.values.get(name, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.wrong(f"{name!r} is no list", "write each entry behind a hyphen", name)
        for number, entry in enumerate(value):
            if not isinstance(entry, Mapping):
                raise self.wrong(f"an entry of {name!r} is no mapping", f"write {{{', '.join(fields)}}}, each with a value", name, number)
            self.check(f"an entry of {name!r}", entry, fields, name, number)
            if missing := [field for field in fields if field not in entry]:
                raise self.wrong(f"an entry of {name!r} has no field {missing[0]!r}", f"write all of {', '.join(fields)}", name, number)
        return value

    def check(self, what: str, given: Iterable[str], known: Iterable[str], *place: str | int) -> None:
        """Refuse a field that would be taken for said and do nothing.

        Args:
            what: what has the fields, for the message.
            given: its fields.
            known: those that it may have.
            place: where it stands.

        Raises:
            RuleError: it has another one.
        """
        if unknown := [name for name in given if name not in set(known)]:
            remedy = f"use one of {', '.join(sorted(known))}"
            raise self.wrong(f"{what} has a field {unknown[0]!r}, which is unknown", remedy, *place, unknown[0])

    def wrong(self, problem: str, remedy: str, *place: str | int) -> RuleError:
        """What is wrong at a place in the file, with its line.

        Args:
            problem: what is wrong, as part of a sentence.
            remedy: what to do, in the imperative.
            place: keys and numbers that lead there from the top.
        """
        return RuleError(self.path, problem, remedy, self._line(place))

    def _line(self, place: Iterable[str | int]) -> int | None:
        """The line of what stands at a place; of the last part of the way there that exists. None where the file is gone."""
        try:
            node = yaml.compose(self.path.read_text(encoding="utf-8"), yaml.CBaseLoader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            return None
        line = None
        for part in place:
            if isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == part), None)
            else:
                found = next(((one, one) for number, one in enumerate(getattr(node, "value", ())) if number == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        return line


@dataclass(frozen=True)
class Rulebook:
    """The files of one language.

    Args:
        language: its code, `en`.
        sources: each file by name.
    """

    language: str
    sources: Mapping[str, Source]

    def __getitem__(self, name: str) -> Source:
        """One file by name."""
        return self.sources[name]


def languages(folder: Path) -> tuple[str, ...]:
    """The languages for which there are rules.

    Args:
        folder: the folder of rule files, `data/rules`.
    """
    return tuple(sorted(path.parent.name for path in folder.glob("*/relations.yaml")))


def read(folder: Path, language: str) -> Rulebook:
    """The rules of a language.

    Args:
        folder: the folder of rule files, `data/rules`.
        language: its code.

    Raises:
        RuleError: a file is missing or no YAML.
    """
    return Rulebook(language, {name: _source(folder / language / f"{name}.yaml") for name in FILES})


def phrase(words: str) -> tuple[str, ...]:
    """A word or several, as tokens."""
    return words_of(words)


class _Loader(yaml.CBaseLoader):
    """Refuses a key that stands twice in a mapping, of which YAML would silently keep the second one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  # as in the class above
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(None, None, f"the key {key.value!r} stands here twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _source(path: Path) -> Source:
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506  # it makes nothing but strings, lists and mappings
    except OSError as error:
        raise RuleError(path, f"the file cannot be opened ({error.strerror})", "put it there; it may hold only {{}}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise RuleError(path, f"no valid YAML: {error.problem}", "mend the file", mark.line + 1 if mark else None) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleError(path, "the file is no YAML text in UTF-8", "save it in UTF-8") from error
    if not isinstance(values, Mapping):
        raise RuleError(path, "a mapping is expected", "write names, each with a colon and what it stands for", 1)
    return Source(path, values)
