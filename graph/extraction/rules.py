"""The relation rules of one language: what words between which things say which relation.

A rule gives verbs, nouns or patterns; verbs and nouns are put into the frames of `language.yaml` (active, passive,
relative clause, "member of", "whose chair is" …), so that a rule says what is meant and the language how it is said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

from graph.errors import RuleError
from graph.extraction.endings import Endings
from graph.extraction.patterns import Pattern, PatternCompiler, PatternError, Words
from graph.extraction.rulebook import Rulebook, Source
from graph.vocabulary import Vocabulary

_KINDS = ("verb", "passive", "prepositional", "noun")
"""The kinds of frames; all but the last one are for verbs."""
IMPLICIT = ("$country", "$policy", "$practice", "$before", "$group", "$self", "$pair")
UNSTATED = 0.9
"""The confidence of a rule that states none."""
_RULE = {
    *("id", "relation", "subject", "object", "verbs", "nouns", "patterns", "frames", "tests"),
    *("confidence", "event", "lasts", "starts", "known"),
}
_PATTERN = {"pattern", "subject", "object", "tense", "nominal", "apposed", "modality", "polarity", "relative"}
"""The fields that a rule and a pattern may have; another one would be taken for said and do nothing."""


@dataclass(frozen=True)
class Frame:
    """One compiled pattern of a rule.

    Args:
        pattern: the pattern.
        is_past: whether its verb stands in the past.
        is_perfect: whether it stands in the perfect, which is over only where a date says so.
        was: whether it says so by a past form of "to be", so that the state itself is over.
        is_nominal: whether it has no verb, so that the words around it decide nothing.
        is_apposed: whether it is an insert, so that only words inside it decide.
        modality: the modality that the pattern itself carries, or empty.
        polarity: the polarity that it carries, or empty.
        subject: what is meant where the pattern has no `{s}`; one of `IMPLICIT`, or empty.
        object: the same for `{o}`; `$pair` for the others of several subjects that are named together.
    """

    pattern: Pattern
    is_past: bool = False
    is_perfect: bool = False
    was: bool = False
    is_nominal: bool = False
    is_apposed: bool = False
    modality: str = ""
    polarity: str = ""
    subject: str = ""
    object: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule.

    Args:
        id: its name in the file.
        relation: local name of the relation.
        confidence: prior, from 0 to 1.
        is_event: whether the relation is something that happens once, so that past forms do not make it past.
        lasts: whether a verb in the past says how it began ("was developed by"), so that only other words make it past.
        starts: whether a date says since when it holds ("joined in 2016").
        subjects: letters of the classes that the subject may have.
        objects: letters of those of the object.
        frames: its patterns.
        tests: sentences with what they must yield.
        path: its file.
        names_people: whether its object may be a group of people, because the rule says so.
    """

    id: str
    relation: str
    confidence: float
    is_event: bool
    lasts: bool
    starts: bool
    subjects: frozenset[str]
    objects: frozenset[str]
    frames: Sequence[Frame]
    tests: Sequence[Mapping[str, Any]] = field(default=())
    path: Path = Path()
    names_people: bool = False


_Numbered = tuple[int, Rule, Frame]
"""A frame with its place among all of them."""


class Rules:
    """All rules of one language, and an index of the words that they need.

    Args:
        book: the files of the language.
        vocabulary: relations and classes.

    Raises:
        RuleError: a rule names a relation or class that does not exist, has the id of another one or a field that no rule has,
            or a pattern cannot be read.
    """

    def __init__(self, book: Rulebook, vocabulary: Vocabulary) -> None:
        """Compile all patterns and index them."""
        self._source, self._language, self._vocabulary = book["relations"], book["language"], vocabulary
        self.letters = _letters(vocabulary)
        self._below = _below(vocabulary, self.letters)
        self._groups = self._source.lists("classes")
        self._small = {word for name in ("opaque", "openers", "determiners", "small") for word in self._language.words(name)} | {
            *",:;.()\u2013-="
        }
        self._endings, self._frames = Endings(self._language), _frames(self._language)
        words = self._language.words
        self._compiler = PatternCompiler(
            {name: str(value) for name, value in self._language.mapping("macros").items()},
            Words(words("opaque"), words("helping"), self._small, words("aside_owners"), words("aside_places")),
            self._below
            | {f"={name}": [letter] for name, letter in self.letters.items()}
            | {name: [letter for member in members for letter in self._letters_of(member)] for name, members in self._groups.items()},
        )
        self.weaker = self._source.lists("weaker")
        self._events = frozenset(self._source.words("events"))
        entries = self._source.values.get("rules", [])
        self.rules = [self._placed(number, entry) for number, entry in enumerate(entries)]
        ids = [rule.id for rule in self.rules]
        if twice := [number for number, name in enumerate(ids) if name in ids[:number]]:
            raise self._source.wrong(f"two rules have the id {ids[twice[0]]!r}", "give each rule an id of its own", "rules", twice[0])
        self.verbs = frozenset(
            word for entry in entries for verb in _listed(entry.get("verbs", ())) for word in self.forms(verb)["head:present"]
        )
        self._wanted: dict[str, list[int]] = {}
        self._index: dict[int, list[tuple[frozenset[int], list[_Numbered]]]] = {}
        self._always: list[_Numbered] = []
        self._build_index()

    def candidates(self, words: Iterable[str]) -> list[tuple[Rule, Frame]]:
        """The patterns whose needed words and signs a sentence has, in the order of the file.

        Args:
            words: the words of the rendered sentence, and the letter of each sign.
        """
        met = {number for word in words if word in self._wanted for number in self._wanted[word]}
        found = [*self._always]
        for number in met:
            for needs, frames in self._index.get(number, ()):
                if needs <= met:
                    found += frames
        found.sort(key=itemgetter(0))
        return [(rule, frame) for _, rule, frame in found]

    def letters_of(self, names: Iterable[str]) -> frozenset[str]:
        """The letters of classes, or groups of classes, and of all below them; `=Class` means the class alone, `?` an open kind."""
        return frozenset(letter for name in names for letter in (["?"] if name == "?" else self._letters_of(name)))

    def _letters_of(self, name: str) -> Sequence[str]:
        if name.removeprefix("=") in self.letters and name.startswith("="):
            return [self.letters[name.removeprefix("=")]]
        if name in self._groups:
            return [letter for member in self._groups[name] for letter in self._letters_of(member)]
        if name not in self._below:
            raise self._no_class(name)
        return self._below[name]

    def _wrong(self, problem: str, remedy: str) -> RuleError:
        """What is wrong with the rules."""
        return RuleError(self._source.path, problem, remedy)

    def _no_class(self, name: str, rule: str = "") -> RuleError:
        within = f"the rule {rule!r} names the class {name!r}, which" if rule else f"the class {name!r}"
        return self._wrong(f"{within} is not in the ontology", "use a class of ontology/core.ttl or a group under `classes`")

    def _check_classes(self, rule: str, names: Iterable[str]) -> None:
        for name in names:
            if name != "?" and name not in self._groups and name not in self._below and name.removeprefix("=") not in self.letters:
                raise self._no_class(name, rule)

    def _build_index(self) -> None:
        """Frames with the same needs stand together, under the rarest of them; small words, which most sentences have, tell least."""
        frames = [(rule, frame) for rule in self.rules for frame in rule.frames]
        times = Counter(word for _, frame in frames for need in frame.pattern.needs for word in need)
        numbers: dict[frozenset[str], int] = {}
        together: dict[frozenset[int], list[_Numbered]] = {}
        rarest: dict[frozenset[int], int] = {}
        for place, (rule, frame) in enumerate(frames):
            pattern = frame.pattern
            needs = frozenset(numbers.setdefault(need, len(numbers)) for need in (*pattern.needs, *pattern.ends))
            together.setdefault(needs, []).append((place, rule, frame))
            if needs not in rarest and pattern.needs:
                best = min(
                    pattern.needs,
                    key=lambda need: (sum(word in self._small for word in need), max(times[word] for word in need), sorted(need)),
                )
                rarest[needs] = numbers[best]
        for need, number in numbers.items():
            for word in need:
                self._wanted.setdefault(word, []).append(number)
        for needs, those in together.items():
            if needs in rarest:
                self._index.setdefault(rarest[needs], []).append((needs, those))
            else:
                self._always += those

    def _placed(self, number: int, entry: Mapping[str, Any]) -> Rule:
        """An entry as a rule; what is wrong with it is told with its line."""
        try:
            return self._rule(entry)
        except RuleError as error:
            if error.path != str(self._source.path):
                raise
            raise self._source.wrong(error.problem, error.remedy, "rules", number) from error

    def _rule(self, entry: Mapping[str, Any]) -> Rule:
        path = self._source.path
        if not isinstance(entry, Mapping):
            raise self._wrong(f"{entry!r} is no rule", "give each rule an id and a relation")
        try:
            name, relation = str(entry["id"]), str(entry["relation"])
        except KeyError as error:
            raise self._wrong(f"a rule has no {error}", "give each rule an id and a relation") from error
        self._source.check(f"the rule {name!r}", entry, _RULE)
        if relation not in self._vocabulary.relations:
            raise RuleError(
                path, f"the rule {name!r} names the relation {relation!r}, which is not in the ontology", "use the local name of a relation"
            )
        is_open = entry.get("known") != "true"
        subjects, objects = (*_listed(entry.get("subject", "Actor")), *("?" * is_open)), _listed(entry.get("object", "Actor"))
        self._check_classes(name, (*subjects, *objects))
        types = {"s": subjects, "o": objects}
        frames = [
            *self._of_verbs(name, _listed(entry.get("verbs", ())), types, _listed(entry.get("frames", ()))),
            *self._of_nouns(name, _listed(entry.get("nouns", ())), types),
            *(self._frame(name, pattern, types, {}) for pattern in entry.get("patterns", ())),
        ]
        return Rule(
            name, relation, self._confidence(name, entry), relation in self._events or entry.get("event") == "true",
            entry.get("lasts") == "true", entry.get("starts") == "true",
            self.letters_of(subjects), self.letters_of(objects), frames, tuple(entry.get("tests", ())), path, "Collective" in objects,
        )  # fmt: skip

    def _confidence(self, rule: str, entry: Mapping[str, Any]) -> float:
        words = entry.get("confidence", UNSTATED)
        try:
            confidence = float(words)
        except (TypeError, ValueError):
            confidence = -1.0
        if not 0 <= confidence <= 1:
            raise self._wrong(f"the rule {rule!r} has the confidence {words!r}", "write a number from 0 to 1")
        return confidence

    def _of_verbs(self, rule: str, verbs: Sequence[str], types: Mapping[str, Sequence[str]], only: Sequence[str]) -> Iterable[Frame]:
        for verb in verbs:
            forms = self.forms(verb)
            kinds = [kind for kind in _KINDS[:-1] if not only or kind in only]
            for kind in kinds:
                if kind == "prepositional" and (not forms["rest"] or verb.partition(" ")[0] == self._language.values.get("copula")):
                    continue
                for frame in self._frames[kind]:
                    if frame.get("relative") and not forms["rest"]:
                        yield self._frame(rule, {**frame, "pattern": frame["pattern"].replace("<rest>", "").rstrip()}, types, forms)
                    else:
                        yield self._frame(rule, frame, types, forms)

    def _of_nouns(self, rule: str, nouns: Sequence[str], types: Mapping[str, Sequence[str]]) -> Iterable[Frame]:
        if not nouns:
            return
        plurals = [self._endings.plural(noun) or noun for noun in nouns]
        forms = {"noun": self._linked(nouns), "nouns": self._linked(plurals), "bare": list(nouns), "bares": plurals}
        for frame in self._frames["noun"]:
            yield self._frame(rule, frame, types, forms)

    def _linked(self, nouns: Iterable[str]) -> list[str]:
        """Nouns with each word that may lead on from them; those that have such a word already are left as they are."""
        links = self._language.words("noun_link")
        return [
            f"{noun} {link}".rstrip()
            for noun in nouns
            for link in (links if not set(noun.split()).intersection(self._language.words("noun_linked")) else [""])
        ]

    def _frame(
        self, rule: str, entry: Mapping[str, Any] | str, types: Mapping[str, Sequence[str]], forms: Mapping[str, Sequence[str]]
    ) -> Frame:
        values = {"pattern": entry} if isinstance(entry, str) else entry
        if not isinstance(values, Mapping) or "pattern" not in values:
            raise self._wrong(f"the rule {rule!r}: {entry!r} is no pattern", "write it as text, or as a mapping with `pattern`")
        self._source.check(f"the rule {rule!r}: the pattern {values['pattern']!r}", values, _PATTERN)
        for end in ("subject", "object"):
            if values.get(end, "") not in ("", *IMPLICIT):
                raise RuleError(
                    self._source.path, f"the rule {rule!r}: {values[end]!r} is no implicit end", f"use one of {', '.join(IMPLICIT)}"
                )
        try:
            pattern = self._compiler.compile(str(values["pattern"]), types, forms)
        except KeyError as error:
            raise self._no_class(str(error.args[0]), rule) from error
        except (PatternError, re.error) as error:
            raise self._wrong(f"the rule {rule!r}: the pattern {values['pattern']!r} cannot be read: {error}", "mend it") from error
        return Frame(
            pattern,
            values.get("tense") in ("past", "was"),
            values.get("tense") == "perfect",
            values.get("tense") == "was",
            values.get("nominal") == "true",
            values.get("apposed") == "true",
            str(values.get("modality", "")),
            str(values.get("polarity", "")),
            str(values.get("subject", "")),
            str(values.get("object", "")),
        )

    def forms(self, verb: str) -> dict[str, list[str]]:
        """The forms of a verb with what belongs to it, and of the verb alone.

        Args:
            verb: the plain form, `participate in`; forms that no rule gives are written out, `sit/sits/sat/sat/sitting on`.
        """
        head, _, rest = verb.partition(" ")
        found = self._endings.forms(head)
        tail = f" {rest}" if rest else ""
        between = ""
        if rest:
            is_led = rest.partition(" ")[0] in self._language.words("opaque")
            between = " <between>" if head == self._language.values.get("copula") else " <adverb>" if is_led else ""
        forms = {name: [f"{word}{between}{tail}" for word in words.split("|")] for name, words in found.items()}
        return forms | {f"head:{name}": words.split("|") for name, words in found.items()} | {"rest": [rest] if rest else []}


def _frames(language: Source) -> dict[str, list[Mapping[str, Any]]]:
    """The patterns into which verbs and nouns are put, by kind; what may stand in one is told when it is compiled."""
    frames = language.mapping("frames")
    language.check("'frames'", frames, _KINDS, "frames")
    found: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in _KINDS}
    for kind, entries in frames.items():
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            if not isinstance(entry, Mapping) or not isinstance(entry.get("pattern"), str):
                problem = f"an entry of 'frames.{kind}' is no pattern"
                raise language.wrong(problem, "write {pattern: ...}, each entry behind a hyphen", "frames", kind, number)
            language.check(f"a frame, {entry['pattern']!r},", entry, _PATTERN, "frames", kind, number)
            found[kind].append(entry)
    return found


def _listed(value: Any) -> tuple[str, ...]:  # noqa: ANN401  # what YAML holds
    return (value,) if isinstance(value, str) else tuple(value)


def _letters(vocabulary: Vocabulary) -> dict[str, str]:
    """Each class of the ontology of ours to one letter."""
    names = sorted(
        {kind.classname for kind in vocabulary.kinds.values()} | {name for iri in vocabulary.superclasses if (name := _local(iri.value))}
    )
    return {name: chr(0x0100 + number) for number, name in enumerate(names)}


def _below(vocabulary: Vocabulary, letters: Mapping[str, str]) -> dict[str, list[str]]:
    """Each class to the letters of itself and of its sub-classes."""
    below = {name: [letter] for name, letter in letters.items()}
    for iri, supers in vocabulary.superclasses.items():
        name = _local(iri.value)
        for above in supers:
            if name in letters and (upper := _local(above.value)):
                below.setdefault(upper, []).append(letters[name])
    return below


def _local(iri: str) -> str:
    return iri.rpartition("#")[2] or iri.rpartition("/")[2]
