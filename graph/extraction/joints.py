"""What goes on with a name: more capitals, "of the", "and", a comma, what a plan is against, its years."""

import re
from collections.abc import Sequence

from graph.extraction.nouns import TITLED, Nouns
from graph.extraction.rulebook import Source
from graph.extraction.tokens import Token

_YEARS = re.compile(r"(?:19|20)\d{2}(?:[/-]\d{2,4})?$")
_DASH = ("-", "\u2013", "\u2014", "/")
_DATED = ("national-strategy", "action-plan", "programme", "project", "publication")
"""Kinds to whose names years belong."""
_JOINING = ("public-agency", "working-group", "ministry", "network", "office", "police-unit", "police-force")
"""Kinds whose names may hold an `and` before their noun: `Cyber and Information Security Agency`."""
_WHOLES = ("ministry", "police-force", "police-unit", "public-agency", "research-institute", "prosecution-service")
"""Kinds of bodies that have units with names of their own."""
_PAIR = 2
_LONGEST_TOPIC = 4
_LONGEST_OPEN = 3
"""Words of a name before its `and`, where the noun comes behind it: `European Cybercrime Training and Education Group`."""
_LONGEST_COMPLEMENT = 6


class Joints:
    """Tells how far a name goes, by the words of one language.

    Args:
        language: its file `language.yaml`.
        leading: nouns that stand at the beginning of a name and before all that belongs to it.
        nouns: its nouns.
    """

    def __init__(self, language: Source, leading: Sequence[str], nouns: Nouns) -> None:
        """Fold the lists once."""
        self._nouns, self._leading = nouns, frozenset(leading)
        self._articles = language.word_set("articles")
        self._calendar = language.word_set("months", "days")
        self._connectors = language.word_set("connectors")
        self._of_titles = language.word_set("connectors_of_titles")
        self._of_nouns = language.word_set("connectors_behind_nouns")
        self._of_plans = language.word_set("connectors_of_plans")
        self._before_years = language.word_set("connectors_before_years")
        self._coordinators = language.word_set("coordinators")
        self._possessive = language.word_set("possessive")
        self._numbers = language.word_set("number_words")
        self._inside = language.word_set("inside_leading_nouns")
        self._before_wholes = language.word_set("before_wholes")
        self._parts = language.word_set("parts")
        self._numbered = language.word_set("numbered_nouns")
        self._adjectives = language.word_set("adjectives_behind_nouns")
        self._going_on = language.word_set("words_that_go_on")
        self._in_titles = language.word_set("small_words_of_titles")
        small = ("opaque", "determiners", "openers", "articles")
        self._small = language.word_set(*small)

    def extent(self, found: Sequence[Token], start: int, longest: int) -> int:
        """Where a name ends that begins at a token, exclusive.

        Args:
            found: the tokens of the sentence.
            start: where the name begins.
            longest: tokens after which it ends in any case.
        """
        end, complement = start + 1, False
        while end < len(found) and end - start < longest:
            length = self._length(found, start, end, complement=complement)
            if not length:
                break
            complement = complement or (found[end].low in self._nouns.complements and not found[end].is_capital)
            end += length
        return self._with_years(found, start, self._with_complement(found, start, end))

    def _length(self, found: Sequence[Token], start: int, at: int, *, complement: bool) -> int:
        """How many tokens go on with a name, 0 if it ends before a token."""
        token = found[at]
        is_own = token.is_word and (token.is_capital or self._is_number(found, start, at)) and token.low not in self._calendar
        if is_own or self._is_adjective(found, start, at):
            return 1
        if token.text == "." and found[at - 1].low in self._numbers and at + 1 < len(found) and found[at + 1].text[0].isdigit():
            return 2
        if token.low in self._connectors and (complement or token.low not in self._articles):
            length = self._connected(found, at)
            if length and not self._ends_before(found, start, at) and not self._is_of_whole(found, start, at, at + length - 1):
                return length
        if token.low in self._possessive and (run := self._run(found, at + 1)):
            return 1 + run
        if token.text in (",", "&") or token.low in self._coordinators:
            return self._enumerated(found, start, at, complement=complement)
        return self._topic(found, at)

    def _topic(self, found: Sequence[Token], at: int) -> int:
        """How many tokens the topic of a leading noun takes with the word before it: `EMPACT priority on synthetic drugs`."""
        end = at + 1
        if found[at].low not in self._inside or found[at - 1].low not in self._leading:
            return 0
        if end < len(found) and found[end].is_word and found[end].is_capital:
            return 1
        if end < len(found) and found[end].low in self._of_plans:
            first = end = end + 1
            while end < len(found) and end - first < _LONGEST_TOPIC and found[end].is_word and found[end].low not in self._small:
                end += 1
            return end - at if end > first else 0
        return 0

    def _is_number(self, found: Sequence[Token], start: int, end: int) -> bool:
        """Whether a number goes on with a name: `Europol 2020`, `No. 181/2014` after the noun of a law, or right behind it."""
        before = found[end - 1].low
        is_numbered = (before == "." or before in self._numbers) and end - start > 1
        return found[end].text[0].isdigit() and (is_numbered or before in self._numbered)

    def _is_adjective(self, found: Sequence[Token], start: int, at: int) -> bool:
        """Whether an adjective in small letters goes on with a name whose noun stands before it: `Red europea de Prevención`."""
        goes_on = at + 1 < len(found) and (found[at + 1].is_capital or found[at + 1].low in self._nouns.complements)
        return at - start == 1 and found[at].low in self._adjectives and goes_on and bool(self._nouns.head_of([found[start].low])[0])

    def _connected(self, found: Sequence[Token], at: int) -> int:
        """How many tokens a connector takes with it up to the next capital, 0 if none follows."""
        end = at + 1
        while end < len(found) and end - at <= _PAIR and (found[end].low in self._connectors or found[end].low in self._articles):
            end += 1
        if end < len(found) and found[end].is_word and found[end].is_capital and found[end].low not in self._calendar:
            return end - at + 1
        return 0

    def _ends_before(self, found: Sequence[Token], start: int, at: int) -> bool:
        """Whether a name ends before a connector that belongs to the sentence: `Malta in the EUCPN`, but not `Face to Face`."""
        connector = found[at].low
        if found[at - 1].low in self._going_on or (at + 1 < len(found) and found[at - 1].low == found[at + 1].low):
            return False
        head, _ = self._nouns.head_of(_low(found, start, at))
        if connector in self._of_titles:
            return self._nouns.heads.get(tuple(head.split())) not in TITLED
        return connector in self._of_nouns and not head

    def _is_of_whole(self, found: Sequence[Token], start: int, at: int, after: int) -> bool:
        """Whether the name of a part ends and that of the whole begins: `Cyber Crime Unit of the Malta Police Force`."""
        if found[at].low not in self._before_wholes or found[at - 1].low not in self._parts or at - start <= 1:
            return False
        run = self._run(found, after)
        head, kind = self._nouns.head_of(_low(found, after, after + run))
        return kind in _WHOLES and (run > 1 or kind == "ministry") and not self._nouns.is_weak(head)

    def _enumerated(self, found: Sequence[Token], start: int, at: int, *, complement: bool) -> int:
        """How many tokens an `and` or a comma inside a name takes with it, 0 if the name ends before it.

        "Ministry of Education, Youth and Sports" goes on; "Ministry of Justice, Europol and Eurojust" ends. A part that has a
        noun of its own names something of its own.
        """
        run = self._run(found, at + 1)
        if not run:
            return self._titled_on(found, start, at, complement=complement)
        words, after = _low(found, start, at), _low(found, at + 1, at + 1 + run)
        head, other = self._nouns.head_of(words)[0], self._nouns.head_of(after)[0]
        if head and head == words[0] and head in self._leading and at - start > 1:
            return 0 if other else 1 + run
        if not complement and other and len(after) > 1 and self._is_open(found, start, at, head):
            kind = self._nouns.head_of(words + after)[1]
            return 1 + run if kind in _JOINING and not found[start].is_acronym else 0
        if not complement or not head or other or any(token.is_acronym for token in found[at + 1 : at + 1 + run]):
            return 0
        return 1 + run if found[at].low in self._coordinators else self._series(found, at, run)

    def _titled_on(self, found: Sequence[Token], start: int, at: int, *, complement: bool) -> int:
        """How many tokens a title goes on behind an `and` with an article: `Plan against Trafficking and the Exploitation of …`."""
        if not complement or found[at].low not in self._coordinators or at + 1 >= len(found) or found[at + 1].low not in self._articles:
            return 0
        run = self._run(found, at + 2)
        is_title = self._nouns.head_of(_low(found, start, at))[1] in TITLED
        return 2 + run if run and is_title and not self._nouns.head_of(_low(found, at + 2, at + 2 + run))[0] else 0

    def _is_open(self, found: Sequence[Token], start: int, at: int, head: str) -> bool:
        """Whether a name still waits for its noun before an `and`."""
        return (not head or at - start == 1) and found[at].low in self._coordinators and at - start <= _LONGEST_OPEN

    def _series(self, found: Sequence[Token], at: int, run: int) -> int:
        """How many tokens the rest of an enumeration takes that begins with a comma and ends with an `and`: `, Youth and Sports`."""
        end = at + 1 + run
        while end < len(found) and found[end].text == ",":
            more = self._run(found, end + 1)
            if not more and found[min(end + 1, len(found) - 1)].low in self._coordinators:
                more = 1 + self._run(found, end + 2)
            if more < 1:
                break
            end += 1 + more
        last = self._run(found, end + 1) if end < len(found) and found[end].low in self._coordinators else 0
        if last and not self._nouns.head_of(_low(found, end + 1, end + 1 + last))[0]:
            return end + 1 + last - at
        return 0

    def _run(self, found: Sequence[Token], at: int) -> int:
        """How many capitals follow one another from a token on."""
        end = at
        while end < len(found) and found[end].is_word and found[end].is_capital and found[end].low not in self._calendar:
            end += 1
        return end - at

    def _with_complement(self, found: Sequence[Token], start: int, end: int) -> int:
        """The name of a plan or strategy with what it is against or for: `Action Plan against juvenile and gang crime`."""
        if self._nouns.head_of(_low(found, start, end))[1] not in TITLED or end - start == 1:
            return end
        if end + 1 >= len(found) or found[end].low not in self._of_plans:
            return end
        at = end + 1
        while (
            at < len(found)
            and at - end <= _LONGEST_COMPLEMENT
            and found[at].is_word
            and not found[at].is_capital
            and (found[at].low not in self._small or self._is_passed(found[at].low))
        ):
            at += 1
        while at > end and self._is_passed(found[at - 1].low):
            at -= 1
        return at if at > end + 1 and not found[end + 1].text[0].isdigit() else end

    def _is_passed(self, word: str) -> bool:
        """Whether the part of a title in small letters goes on behind a small word."""
        return word in self._coordinators or word in self._in_titles

    def _with_years(self, found: Sequence[Token], start: int, end: int) -> int:
        """The name with the years that belong to it: `Strategy for 2016-2020`, `Action Plan 2024`."""
        if self._nouns.head_of(_low(found, start, end))[1] not in _DATED:
            return end
        at = end + 1 if end < len(found) and (found[end].low in self._before_years or found[end].text == "(") else end
        if at >= len(found) or not _YEARS.match(found[at].text):
            return end
        last = at + 1
        if last + 1 < len(found) and found[last].text in _DASH and found[last + 1].text[0].isdigit():
            last += 2
        if found[at - 1].text == "(":
            return last + 1 if last < len(found) and found[last].text == ")" else end
        return last


def _low(found: Sequence[Token], start: int, end: int) -> list[str]:
    return [token.low for token in found[start:end]]
