"""The names of the authority files, found in plain words.

Codes are never looked for. A name that several actors share, or that says no more than what kind of institution is
meant ("Commission", "National Police"), is found only where the document's country tells which one is meant. "European
Commission" is made of such words as well, but what is international needs no country; it must be written with its capitals.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from graph.authority import Authority
from graph.extraction.tokens import words_of

_LEAST_SHARED = 8
"""Letters of the words that a candidate has at least in common with an actor: “second” tells nothing."""
_SHORT = 5
"""Names of up to so many letters count only as written."""
_LEAST = 2
_NO_ACTORS = ("PolicyCycle", "PolicyCyclePriority")
"""Classes whose names are those of topics and say in a text no more than these."""


@dataclass(frozen=True)
class Entry:
    """What a name of the authority files leads to.

    Args:
        reference: the actor.
        label: its preferred name.
        kind: concept of its kind.
        classname: local name of its class.
        country: reference of its country, or None.
    """

    reference: str
    label: str
    kind: str
    classname: str
    country: str | None


@dataclass(frozen=True)
class Hit:
    """A name of the authority files in plain words.

    Args:
        start: where it begins.
        end: where it ends, exclusive.
        entry: what it leads to.
    """

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True)
class _Name:
    text: str
    entry: Entry
    is_scoped: bool
    is_generic: bool


class Gazetteer:
    """Finds names of the authority files.

    Args:
        authority: the authority facts.
        language: language of the text; names in it, in English and in none are looked for, longer ones in any language.
        generic: words that tell no institution from another, folded.
        international: those of them that say that no country's institution is meant.
    """

    def __init__(self, authority: Authority, language: str, generic: frozenset[str], international: frozenset[str] = frozenset()) -> None:
        """Build the automaton once."""
        self._generic, self._international = generic, international
        self.adjectives = {
            name.text.casefold(): name.of for name in authority.names if name.kind == "adjective" and name.language in (language, "")
        }
        self._entries = {
            reference: Entry(reference, actor.label, actor.kind, actor.classname, actor.country)
            for reference, actor in authority.actors.items()
            if actor.classname not in _NO_ACTORS
        }
        self._codes = {reference: actor.notation[0] for reference, actor in authority.actors.items() if actor.notation}
        texts: dict[str, dict[str, set[str]]] = {}
        for name in authority.names:
            if name.kind in ("code", "adjective") or name.of not in self._entries:
                continue
            if name.language in (language, "en", "", "mul") or len(words_of(name.text)) > _LEAST:
                texts.setdefault(_lowered(name.text), {}).setdefault(name.of, set()).add(name.text)
        for reference, entry in self._entries.items():
            texts.setdefault(_lowered(entry.label), {}).setdefault(reference, set()).add(entry.label)
        self._names: list[_Name] = []
        patterns: list[str] = []
        for low, owners in sorted(texts.items()):
            for reference, text in sorted((owner, text) for owner, written in owners.items() for text in _tellingly(written)):
                entry = self._entries[reference]
                is_generic = self._is_generic(text)
                if len(text) < _LEAST or (is_generic and not entry.country and not self._is_international(text, entry)):
                    continue
                self._names.append(_Name(text, entry, (is_generic and bool(entry.country)) or len(owners) > 1, is_generic))
                patterns.append(low)
        self._automaton = AhoCorasick(patterns) if patterns else None

    @cached_property
    def countries(self) -> Mapping[str, Entry]:
        """The states, by reference."""
        return {reference: entry for reference, entry in self._entries.items() if entry.classname == "State"}

    def code(self, country: str | None) -> str:
        """The code of two letters of the document's own country, the only one that may be looked for; empty if there is none."""
        return self._codes.get(country or "", "")

    def entry(self, reference: str) -> Entry | None:
        """The actor with that reference."""
        return self._entries.get(reference)

    def find(self, text: str, country: str | None) -> list[Hit]:
        """The names in plain words, leftmost and longest first, none inside another.

        Args:
            text: the plain words.
            country: reference of the document's country, None where it is open.
        """
        if self._automaton is None:
            return []
        hits = [
            Hit(start, end, name.entry)
            for index, start, end in self._automaton.find_matches_as_indexes(_lowered(text), overlapping=True)
            if _is_word(text, start, end)
            and self._fits(name := self._names[index], text[start:end], country)
            and not (name.is_generic and name.text.isupper() and _is_part(text, start, end))
        ]
        return _longest(hits)

    def similar(self, name: str, country: str | None) -> list[tuple[str, str]]:
        """Actors that a candidate may be: those that share most of its telling words; suggestions, never links. Names of countries tell nothing.

        Args:
            name: the candidate's name.
            country: reference of the document's country.
        """
        telling = set(words_of(name)) - self._generic - self._of_states
        if not telling:
            return []
        found: dict[str, tuple[float, list[str]]] = {}
        for number in sorted({number for word in telling for number in self._by_word.get(word, ())}):
            known = self._names[number]
            other = self._telling[known.text] - self._of_states
            shared = sorted(telling & other)
            if known.entry.classname == "State" or sum(map(len, shared)) < _LEAST_SHARED:
                continue
            if len(shared) * 2 > len(telling | other) and (not known.entry.country or known.entry.country == country):
                alike = len(shared) / len(telling | other), shared
                found[known.entry.reference] = max(found.get(known.entry.reference, alike), alike)
        best = sorted(found.items(), key=lambda pair: (-pair[1][0], pair[0]))[:3]
        return [
            (reference, f"its name shares “{', '.join(shared)}” with {self._entries[reference].label}") for reference, (_, shared) in best
        ]

    @cached_property
    def _of_states(self) -> frozenset[str]:
        return frozenset(word for name in self._names if name.entry.classname == "State" for word in words_of(name.text))

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            for word in self._telling[name.text]:
                found.setdefault(word, []).append(number)
        return found

    @cached_property
    def _telling(self) -> dict[str, frozenset[str]]:
        return {name.text: frozenset(words_of(name.text)) - self._generic for name in self._names}

    def _is_generic(self, text: str) -> bool:
        words = words_of(text)
        return all(word in self._generic for word in words)

    def _is_international(self, text: str, entry: Entry) -> bool:
        """Whether a name without a telling word is one by itself: of a treaty, long, or with a word that says so; acronyms too."""
        words = words_of(text)
        if len(words) == 1:
            return text.isupper() and len(text) >= _SHORT
        telling = [word for word, written in zip(words, text.split(), strict=False) if written[0].isupper()]
        return entry.classname == "Treaty" or len(telling) > _LEAST or not self._international.isdisjoint(words)

    @staticmethod
    def _fits(name: _Name, words: str, country: str | None) -> bool:
        if name.is_scoped and (country is None or name.entry.country != country):
            return False
        if (
            name.is_generic
            and not words.isupper()
            and any(own.isupper() and not other.isupper() for own, other in zip(name.text, words, strict=True))
        ):
            return False
        if len(name.text) <= _SHORT or name.text.isupper():
            return words == name.text or (words.isupper() and len(words) > _SHORT)
        return words[0] == name.text[0] or words[0].isupper()


def _tellingly(written: Collection[str]) -> Sequence[str]:
    """Of several ways to write a name the one that is found most often: not in capitals alone, where there is another."""
    return sorted(written, key=lambda text: (text.isupper(), text))[:1]


def _lowered(text: str) -> str:
    """In small letters, each code point for itself, so that places stay."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _is_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum()) and before != "#" and not (after == "-" and text[end + 1 : end + 2].islower())


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a word has a capital beside it: `CSE EMPACT Group`."""
    before, after = text[:start].rstrip(" -"), text[end:].lstrip(" -")
    last = before.rsplit(None, 1)[-1] if before else ""
    return (last[:1].isupper() and last[-1:].isalnum()) or after[:1].isupper()


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.entry.reference)):
        if not found or hit.start >= found[-1].end:
            found.append(hit)
    return found


def generic_words(lists: Iterable[Sequence[str]]) -> frozenset[str]:
    """The words in lists, as a set of single tokens."""
    return frozenset(word for words in lists for item in words for word in words_of(item))
