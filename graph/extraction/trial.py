"""The tests that stand beside the rules: sentences, and the relations that they must yield, all of them and no others.

    tests:
      - {text: "Spain will drive EMPACT CSE.", expect: ["Spain drives EMPACT CSE planned"]}
      - {text: "We host the secretariat.", country: ESP, expect: []}

An end may be given by any of its names, or some words of one that stand together. Behind the object stands how the relation is meant, unless it is asserted:
negated, planned, past, required, possible, review.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import RuleError
from graph.extraction.explanation import Explanation, Fired, Named, explain, manner, told
from graph.extraction.extractor import Reader
from graph.extraction.registry import Entity
from graph.extraction.rules import Rule
from graph.extraction.tokens import words_of

_MANNERS = ("negated", "planned", "past", "required", "possible", "review")
_FIELDS = {"text", "expect", "country"}


@dataclass(frozen=True)
class Expected:
    """A relation that a test expects.

    Args:
        line: as written.
        subject: words of a name of the subject.
        relation: local name.
        object: words of a name of the object.
        manner: how it is meant; empty if it is asserted.
    """

    line: str
    subject: tuple[str, ...]
    relation: str
    object: tuple[str, ...]
    manner: str

    def fits(self, item: Fired, names: Mapping[int, set[tuple[str, ...]]]) -> bool:
        """Whether a relation is the expected one.

        Args:
            item: what a rule found.
            names: number of each entity to the words of all its names.
        """
        return (
            self.relation == item.relation.name
            and self.manner == manner(item)
            and any(_stands_in(self.subject, name) for name in names[item.subject.number])
            and any(_stands_in(self.object, name) for name in names[item.object.number])
        )


@dataclass(frozen=True)
class Failure:
    """A test that does not hold.

    Args:
        rule: the rule beside which it stands.
        text: its sentence.
        missing: what was expected and not found.
        surplus: what was found and not expected.
    """

    rule: str
    text: str
    missing: tuple[str, ...]
    surplus: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """The failure for people."""
        yield f"{self.rule}: “{self.text}”"
        yield from (f"  expected, not found: {line}" for line in self.missing)
        yield from (f"  found, not expected: {line}" for line in self.surplus)


@dataclass(frozen=True)
class Trial:
    """What became of all tests of a language.

    Args:
        count: how many there are.
        failures: those that do not hold.
        untested: rules without a test.
    """

    count: int
    failures: tuple[Failure, ...]
    untested: tuple[str, ...]


def run(reader: Reader, abbreviations: frozenset[str], relations: Collection[str]) -> Trial:
    """All tests of a language.

    Args:
        reader: its rules.
        abbreviations: words that end in a dot and do not end a sentence.
        relations: local names of all relations.

    Raises:
        RuleError: a test is not written as one.
    """
    rules = reader.relations.rules.rules
    outcomes = [_failure(reader, rule, test, abbreviations, relations) for rule in rules for test in rule.tests]
    return Trial(len(outcomes), tuple(outcome for outcome in outcomes if outcome), tuple(rule.id for rule in rules if not rule.tests))


def _failure(
    reader: Reader, rule: Rule, test: Mapping[str, Any], abbreviations: frozenset[str], relations: Collection[str]
) -> Failure | None:
    text, lines, country = _checked(rule, test)
    expected = [_parsed(rule, line, relations) for line in lines]
    explanations = explain(reader, text, abbreviations, f"country/{country}" if country else None)
    found = [item for explanation in explanations for item in explanation.fired]
    names = _names(explanations)
    missing = tuple(one.line for one in expected if not any(one.fits(item, names) for item in found))
    surplus = tuple(told(item) for item in found if not any(one.fits(item, names) for one in expected))
    return Failure(rule.id, text, missing, surplus) if missing or surplus else None


def _checked(rule: Rule, test: Mapping[str, Any]) -> tuple[str, Sequence[str], str]:
    if isinstance(test, Mapping) and set(test) <= _FIELDS and isinstance(test.get("text"), str):
        lines, country = test.get("expect", []), test.get("country", "")
        if isinstance(lines, list) and all(isinstance(line, str) for line in lines) and isinstance(country, str):
            return test["text"], lines, country
    raise RuleError(rule.path, f"the rule {rule.id!r} has a test {test!r}", "write {text: a sentence, expect: [Subject relation Object]}")


def _parsed(rule: Rule, line: str, relations: Collection[str]) -> Expected:
    words = line.split()
    place = next((number for number, word in enumerate(words) if word in relations), 0)
    behind = words[place + 1 :]
    meant = behind.pop() if len(behind) > 1 and behind[-1] in _MANNERS else ""
    if not place or not behind:
        remedy = "write subject, relation and object, with the relation's local name"
        raise RuleError(rule.path, f"the rule {rule.id!r} has a test that expects {line!r}", remedy)
    return Expected(line, words_of(" ".join(words[:place])), words[place], words_of(" ".join(behind)), meant)


def _names(explanations: Sequence[Explanation]) -> dict[int, set[tuple[str, ...]]]:
    """All names of each entity: those that it has, and the words that speak of it."""
    names: dict[int, set[tuple[str, ...]]] = {}
    for explanation in explanations:
        for item in explanation.named:
            names.setdefault(item.entity.number, set()).update(map(words_of, _known_as(item)))
        for fired in explanation.fired:
            for entity in (fired.subject, fired.object):
                names.setdefault(entity.number, set()).update(map(words_of, _own(entity)))
    return names


def _known_as(item: Named) -> tuple[str, ...]:
    return (item.words, *_own(item.entity))


def _stands_in(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(name[start : start + len(words)] == words for start in range(len(name) - len(words) + 1))


def _own(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)
