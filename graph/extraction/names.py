"""Names that no list holds: runs of capitals with an institution's noun, acronyms, names that the document sets off.

What kind of thing a name names is told by its noun ("Ministry", "Network", "Convention"). A name without such a noun is
found too, but its kind is open; whether it names an actor is decided by what is said of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.extraction.plain import Plain
from graph.extraction.rulebook import Rulebook
from graph.extraction.tokens import Token, words_of
from graph.vocabulary import Vocabulary

_YEARS = re.compile(r"(?:19|20)\d{2}(?:[/-]\d{2,4})?$")
_DASH = ("-", "\u2013", "\u2014", "/")
_QUOTES = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", '"': '"', "\u2018": "\u2019", "\u00ab": "\u00bb", "\u2019": "\u2019"}
_TITLED = ("treaty", "legal-act", "national-strategy", "action-plan", "declaration", "programme", "campaign", "conference")
"""Kinds whose names go on behind an `in` or a `to`, as titles do."""
_CALLED = ("operation", "project", "campaign", "working-group", "programme", "taskforce")
"""Kinds whose noun stands before a name in quotes: `JIT "Heron"`, `Operation **Ghost**`."""
_JOINING = ("public-agency", "working-group", "ministry", "network", "office", "police-unit")
"""Kinds whose names may hold an `and` before their noun: `Cyber and Information Security Agency`."""
_PAIR = 2
_LONGEST_COMPLEMENT = 6
_LONGEST = 16
_LONGEST_TITLE = 9
POSSESSIVE = ("'s", "\u2019s", "'", "\u2019")
_NUMBER_WORDS = ("no", "nr", "n\u00b0", "n")


@dataclass(frozen=True)
class Candidate:
    """A name in a sentence.

    Args:
        start: first token.
        end: last token, exclusive.
        head: its noun, folded; empty where it has none.
        kind: concept of its kind, by its noun; empty where it has none.
        is_title: whether the document sets it off, by marks or quotes.
    """

    start: int
    end: int
    head: str
    kind: str
    is_title: bool = False


class NameFinder:
    """Finds names by the rules of one language.

    Args:
        book: its rules.
        vocabulary: the kinds that there are.
    """

    def __init__(self, book: Rulebook, vocabulary: Vocabulary) -> None:
        """Fold the lists once."""
        language, names = book["language"], book["names"]
        self.articles = frozenset(language.words("articles"))
        self.openers = frozenset(language.words("openers")) | self.articles
        self._adjectives = frozenset(language.words("opening_adjectives"))
        self._calendar = frozenset(language.words("months") + language.words("days"))
        self._connectors = frozenset(language.words("connectors"))
        self._complements = frozenset(language.words("connectors_that_begin_a_complement"))
        self._coordinators = frozenset(language.words("coordinators"))
        self._ordinals = frozenset(language.words("ordinals"))
        self._small = frozenset(language.words("opaque")) | frozenset(language.words("determiners")) | self.openers
        self.concepts = {kind.concept: kind.classname for kind in vocabulary.kinds.values()}
        self.heads: dict[tuple[str, ...], str] = {
            words_of(head): kind for kind, heads in names.lists("heads").items() for head in heads if kind in self.concepts
        }
        self.heads |= {
            words_of(plural): kind for words, kind in list(self.heads.items()) if (plural := book["language"].plural(" ".join(words)))
        }
        self._weak = frozenset(names.words("weak_heads"))
        self._alone = frozenset(names.words("names_by_themselves"))
        self._leading = frozenset(names.words("leading_heads"))
        self._common = {
            words_of(head): kind for kind, heads in names.lists("common_heads").items() for head in heads if kind in self.concepts
        }
        self._none = frozenset(words_of(name) for name in names.words("no_actors"))

    def find(self, plain: Plain, found: Sequence[Token]) -> list[Candidate]:
        """The names in a sentence, leftmost first, none inside another.

        Args:
            plain: the sentence.
            found: its tokens.
        """
        titles = self._titles(plain, found)
        out: list[Candidate] = []
        at = 0
        while at < len(found):
            title = titles.get(at)
            name = title or self._name(found, at)
            if name is None:
                at += 1
                continue
            if words_of(" ".join(token.text for token in found[name.start : name.end])) not in self._none:
                out.append(name)
            at = name.end
        return out

    def head_of(self, words: Sequence[str]) -> tuple[str, str]:
        """The noun of a name, and the kind that it tells; both empty where it has none.

        The noun stands before the first complement ("Ministry of …") or at the end; a longer noun counts before a shorter one.
        """
        stop = next((number for number, word in enumerate(words) if number and word in self._complements), len(words))
        after = next((number for number, word in enumerate(words) if number > stop and word in self._complements), len(words))
        whole = next((tuple(words[:end]) for end in (4, 3) if tuple(words[:end]) in self.heads), None)
        if whole is not None and not any(tuple(words[:stop][-size:]) in self.heads for size in (2,)):
            return " ".join(whole), self.heads[whole]
        own = self.heads.get((words[stop - 1],), "") if stop else ""
        if after - stop > _PAIR and own not in _TITLED and (kind := self.heads.get((words[after - 1],))) in _TITLED:
            return words[after - 1], str(kind)
        for last in range(stop, 0, -1):
            for first in range(max(0, last - 4), last):
                if kind := self.heads.get(tuple(words[first:last])):
                    return " ".join(words[first:last]), kind
            if last < stop and not any(words[last].startswith(digit) for digit in "0123456789"):
                break
        return next(((" ".join(words[:end]), kind) for end in (3, 2, 1) if (kind := self.heads.get(tuple(words[:end])))), ("", ""))

    def _name(self, found: Sequence[Token], start: int) -> Candidate | None:  # noqa: C901, PLR0912  # the one place that says what goes on with a name
        first = found[start]
        if not self._begins(found, start):
            return None
        end, complement = start + 1, False
        while end < len(found) and end - start < _LONGEST:
            token = found[end]
            if token.is_word and (token.is_capital or self._is_number(found, start, end)) and token.low not in self._calendar:
                end += 1
            elif token.text == "." and found[end - 1].low in _NUMBER_WORDS and end + 1 < len(found) and found[end + 1].text[0].isdigit():
                end += 2
            elif (
                token.low in self._connectors
                and (complement or token.low not in self.articles)
                and (length := self._connected(found, end))
                and not self._ends_before(found, start, end)
            ):
                complement = complement or token.low in self._complements
                end += length
            elif token.low in POSSESSIVE and (run := self._run(found, end + 1)):
                end += 1 + run
            elif token.text in (",", "&") or token.low in self._coordinators:
                length = self._enumerated(found, start, end, complement=complement)
                if not length:
                    break
                end += length
            else:
                break
        end = self._with_years(found, start, self._with_complement(found, start, end))
        if start and found[start - 1].low in self._ordinals and self.head_of([token.low for token in found[start:end]])[0]:
            start -= 1
        words = [token.low for token in found[start:end]]
        head, kind = self.head_of(words)
        if (
            not head
            and end < len(found)
            and (kind := self._common.get((found[end].low,), ""))
            and (end - start > 1 or first.is_acronym or start)
        ):
            return Candidate(start, end + 1, found[end].low, kind)
        if end - start == 1:
            if kind == "government" and head in self._alone:
                return Candidate(start, end, head, kind)
            if head and head in words and not first.is_acronym:
                return None
            if (start == 0 or (not found[start - 1].is_word and found[start - 1].text not in "(,")) and not first.is_acronym and not head:
                return Candidate(start, end, "", "") if any(letter.isdigit() for letter in first.text) or "." in first.text else None
        return Candidate(start, end, head, kind)

    def _begins(self, found: Sequence[Token], start: int) -> bool:
        token = found[start]
        if not token.is_word or not token.is_capital or token.text[0].isdigit() or token.low in self._calendar:
            return False
        if token.low in self.openers and not (token.is_acronym and len(token.text) > 1):
            return False
        after = found[start + 1] if start + 1 < len(found) else None
        goes_on = after is not None and after.is_word and after.is_capital
        if token.low in self._adjectives and not goes_on:
            return False
        is_first = start == 0 or (not found[start - 1].is_word and found[start - 1].text not in ("(", ",", "/", "'", "\u2019"))
        if is_first and after is not None and after.low in self._connectors and not token.is_acronym:
            return self.heads.get((token.low,)) == "government" or (bool(self.heads.get((token.low,))) and not self.is_weak(token.low))
        return len(token.text) > 1

    def _is_number(self, found: Sequence[Token], start: int, end: int) -> bool:
        """Whether a number goes on with a name: `Europol 2020`, `No. 181/2014` after the noun of a law."""
        token = found[end]
        return token.text[0].isdigit() and found[end - 1].low in (*_NUMBER_WORDS, ".") and end - start > 1

    def _connected(self, found: Sequence[Token], at: int) -> int:
        """How many tokens a connector takes with it up to the next capital, 0 if none follows."""
        end = at + 1
        while end < len(found) and end - at <= _PAIR and (found[end].low in self._connectors or found[end].low in self.articles):
            end += 1
        if end < len(found) and found[end].is_word and found[end].is_capital and found[end].low not in self._calendar:
            return end - at + 1
        return 0

    def _ends_before(self, found: Sequence[Token], start: int, at: int) -> bool:
        """Whether a name ends before a connector that belongs to the sentence: `Malta in the EUCPN`, `DJSOC to EMPACT`."""
        connector = found[at].low
        head, _ = self.head_of([token.low for token in found[start:at]])
        if connector in ("in", "to", "i", "a", "per", "v", "no"):
            return self.heads.get(tuple(head.split())) not in _TITLED
        return connector in ("for", "on", "against") and not head

    def _enumerated(self, found: Sequence[Token], start: int, at: int, *, complement: bool) -> int:  # noqa: PLR0911  # one answer a case
        """How many tokens an `and` or a comma inside a name takes with it, 0 if the name ends before it.

        "Ministry of Education, Youth and Sports" goes on; "Ministry of Justice, Europol and Eurojust" ends. A part that has a
        noun of its own names something of its own.
        """
        words = [token.low for token in found[start:at]]
        head, _ = self.head_of(words)
        run = self._run(found, at + 1)
        if run and head and head == words[0] and head in self._leading and at - start > 1:
            return 1 + run if not self.head_of([token.low for token in found[at + 1 : at + 1 + run]])[0] else 0
        if not run:
            return 0
        after = [token.low for token in found[at + 1 : at + 1 + run]]
        other, _ = self.head_of(after)
        if (
            not complement
            and (not head or at - start == 1)
            and found[at].low in self._coordinators
            and other
            and len(after) > 1
            and at - start <= _PAIR
        ):
            kind = self.head_of(words + after)[1]
            return 1 + run if kind in _JOINING and not found[start].is_acronym else 0
        if not complement or not head or other or any(token.is_acronym for token in found[at + 1 : at + 1 + run]):
            return 0
        if found[at].low in self._coordinators:
            return 1 + run
        end = at + 1 + run
        while end < len(found) and found[end].text == ",":
            more = self._run(found, end + 1) or (
                1 + self._run(found, end + 2) if found[min(end + 1, len(found) - 1)].low in self._coordinators else 0
            )
            if more < 1:
                break
            end += 1 + more
        closes = end < len(found) and found[end].low in self._coordinators and self._run(found, end + 1)
        if closes and not self.head_of([token.low for token in found[end + 1 : end + 1 + self._run(found, end + 1)]])[0]:
            return end + 1 + self._run(found, end + 1) - at
        return 0

    def _run(self, found: Sequence[Token], at: int) -> int:
        """How many capitals follow one another from a token on."""
        end = at
        while end < len(found) and found[end].is_word and found[end].is_capital and found[end].low not in self._calendar:
            end += 1
        return end - at

    def _with_complement(self, found: Sequence[Token], start: int, end: int) -> int:
        """The name of a plan or strategy with what it is against or for: `Action Plan against juvenile and gang crime`."""
        if self.head_of([token.low for token in found[start:end]])[1] not in _TITLED or end - start == 1:
            return end
        if end + 1 >= len(found) or found[end].low not in self._complements or found[end].low == "in" or found[end].low == "of":
            return end
        at = end + 1
        while (
            at < len(found)
            and at - end <= _LONGEST_COMPLEMENT
            and found[at].is_word
            and not found[at].is_capital
            and (found[at].low not in self._small or found[at].low in self._coordinators)
        ):
            at += 1
        while at > end and found[at - 1].low in self._coordinators:
            at -= 1
        return at if at > end + 1 and not found[end + 1].text[0].isdigit() else end

    def _with_years(self, found: Sequence[Token], start: int, end: int) -> int:
        """The name with the years that belong to it: `Strategy for 2016-2020`, `Action Plan 2024`."""
        if self.head_of([token.low for token in found[start:end]])[1] not in (
            "national-strategy",
            "action-plan",
            "programme",
            "project",
            "publication",
        ):
            return end
        at = end + 1 if end < len(found) and found[end].low in ("for", "of", "(") else end
        if at >= len(found) or not _YEARS.match(found[at].text):
            return end
        last = at + 1
        if last + 1 < len(found) and found[last].text in _DASH and found[last + 1].text[0].isdigit():
            last += 2
        if found[at - 1].text == "(":
            return last + 1 if last < len(found) and found[last].text == ")" else end
        return last

    def _titles(self, plain: Plain, found: Sequence[Token]) -> Mapping[int, Candidate]:
        """What marks or quotes set off, by first token: at most nine words that begin with a capital."""
        spans = [(mark.start, mark.end) for mark in plain.marks if mark.kind in ("strong", "emphasis")]
        for number, token in enumerate(found):
            if closing := _QUOTES.get(token.text):
                close = next((other for other in found[number + 1 : number + 2 + _LONGEST_TITLE] if other.text in closing), None)
                if close and (number == 0 or found[number - 1].end < token.start or token.text != "\u2019"):
                    spans.append((token.end, close.start))
        out: dict[int, Candidate] = {}
        for start, end in spans:
            inside = [number for number, token in enumerate(found) if start <= token.start and token.end <= end]
            while inside and found[inside[-1]].text in ".,:;":
                inside.pop()
            if not inside or len(inside) > _LONGEST_TITLE or not (found[inside[0]].is_capital or found[inside[0]].text == "#"):
                continue
            before = inside[0] - 2 if inside[0] and found[inside[0] - 1].text in _QUOTES else inside[0] - 1
            if before >= 0 and found[before].is_capital and self.heads.get((found[before].low,)) in _CALLED:
                out[before] = Candidate(
                    before,
                    inside[-1] + 1 + (found[inside[0] - 1].text in _QUOTES),
                    found[before].low,
                    self.heads[(found[before].low,)],
                    is_title=True,
                )
                continue
            words = [found[number].low for number in inside]
            head, kind = self.head_of(words)
            out[inside[0]] = Candidate(inside[0], inside[-1] + 1, head, kind, is_title=True)
        return out

    def is_weak(self, head: str) -> bool:
        """Whether a noun alone does not make a name the name of an actor."""
        return head in self._weak
