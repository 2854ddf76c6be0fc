"""Rules on sentences: which relation between whom, and whether it is asserted, denied, planned or past."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.dates import StatedDate
from graph.extraction.clauses import Clauses
from graph.extraction.cues import Cue, Cues, Decision
from graph.extraction.dates import Dated, DateReader
from graph.extraction.discourse import Context, is_group, is_undertaking
from graph.extraction.mentions import Mention, Read
from graph.extraction.readings import Relation, decided
from graph.extraction.registry import Entity
from graph.extraction.render import OPEN, UNKNOWN, Piece, Rendered, Renderer, joined
from graph.extraction.rulebook import Rulebook
from graph.extraction.rules import Frame, Rule, Rules
from graph.vocabulary import Vocabulary

_UNKNOWN_KIND = 0.8
_CARRIED = 0.8
_PRACTICE, _GROUP, _PAIR = "$practice", "$group", "$pair"


@dataclass(frozen=True)
class Near:
    """A rule that nearly fired, for explanations.

    Args:
        rule: the rule.
        pattern: its pattern.
        missing: words of which the sentence has none; empty where only the order or the ends did not fit.
    """

    rule: str
    pattern: str
    missing: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Told:
    """What a sentence says of how its relations are meant.

    Args:
        cues: its cues.
        clauses: its clauses.
        dates: its dates, each with the piece at which it stands.
        alternatives: numbers of the signs of which one or the other is meant: `A or B`.
    """

    cues: Sequence[Cue]
    clauses: Clauses
    dates: Sequence[tuple[Dated, int]]
    alternatives: frozenset[str]

    def near(self, start: int, end: int) -> Sequence[Dated]:
        """The dates that count for a match: those in its clauses, and in what makes up a whole with them.

        Args:
            start: first piece of the match.
            end: last piece, exclusive.
        """
        if not self.dates:
            return ()
        wanted = self.clauses.wholes_of(start, end)
        return [dated for dated, place in self.dates if self.clauses.own[place] in wanted]


class RelationFinder:
    """Applies the rules of one language to sentences.

    Args:
        book: the files of the language.
        vocabulary: relations and classes.
    """

    def __init__(self, book: Rulebook, vocabulary: Vocabulary) -> None:
        """Compile rules, cues and dates once."""
        language = book["language"]
        self.rules = Rules(book, vocabulary)
        self.cues = Cues(book["cues"])
        self.dates = DateReader(language)
        self.renderer = Renderer(book, self.rules.letters, self.rules.verbs)

    def find(self, read: Read, context: Context, intro: Read | None = None) -> list[Relation]:
        """The relations that a sentence says, one for each subject, relation and object.

        Args:
            read: the sentence.
            context: what it may leave unsaid.
            intro: the line that introduces the list of which the sentence is an item.
        """
        rendered = self.renderer.render(read, context.registry)
        found = list(self._matches(read, rendered, context))
        if intro is not None and rendered.groups:
            before = self.renderer.render(intro, context.registry)
            both, border = _after(before, rendered)
            found += self._matches(read, both, context, border)
        return decided(found, self.rules.weaker)

    def near(self, read: Read, context: Context, most: int = 8) -> list[Near]:
        """Rules that have all words but one group, or all words and did not fit; those that lack least first."""
        words = frozenset(piece.text for piece in self.renderer.render(read, context.registry).pieces)
        found: list[tuple[int, Near]] = []
        for rule in self.rules.rules:
            for frame in rule.frames:
                lacking = [need for need in frame.pattern.needs if need.isdisjoint(words)]
                if len(lacking) <= 1 and len(lacking) < len(frame.pattern.needs):
                    missing = tuple(sorted(lacking[0])[:6]) if lacking else ()
                    found.append((len(lacking), Near(rule.id, frame.pattern.source, missing)))
        return [near for _, near in sorted(found, key=lambda pair: (pair[0], pair[1].rule))][:most]

    def _matches(self, read: Read, rendered: Rendered, context: Context, border: int | None = None) -> Iterator[Relation]:
        if not rendered.groups or self.cues.asks(rendered.pieces):
            return
        words = {piece.text[1] if piece.text[0] == OPEN else piece.text for piece in rendered.pieces}
        told: Told | None = None
        for rule, frame in self.rules.candidates(words):
            for match in frame.pattern.regex.finditer(rendered.text):
                numbers = match.groupdict()
                ends = [numbers.get("s"), numbers.get("o")]
                if border is not None and not _straddles(ends, border, begins_before=match.start() < rendered.offset_of(border)):
                    continue
                told = self._told(read, rendered) if told is None else told
                first, last = rendered.piece_at(match.start()), rendered.piece_at(match.end() - 1) + 1
                decision = self.cues.decide(
                    rendered.pieces,
                    told.cues,
                    first,
                    last,
                    is_apposed=frame.is_apposed,
                    is_past=frame.is_past,
                    clauses=told.clauses,
                )
                if decision == Decision() and not told.alternatives.isdisjoint(ends):
                    decision = Decision("affirmed", "possible")
                dates = told.near(first, last)
                decision = self._decision(rule, frame, decision, dates, context)
                for subject, object_, weight, note in self._ends(rule, frame, rendered, ends, context, read):
                    bounds = self._bounds(rule, dates)
                    yield Relation(
                        subject.number,
                        rule.relation,
                        object_.number,
                        read,
                        decision,
                        round(rule.confidence * weight, 3),
                        rule.id,
                        note,
                        *bounds,
                        implied=_implied(frame, ends),
                        is_object_implied=ends[1] is None,
                        stretch=range(first - len(rendered.pieces), last - len(rendered.pieces)),
                    )

    def _told(self, read: Read, rendered: Rendered) -> Told:
        """The cues, clauses and dates of a sentence; a date in a name, "the Plan of 2014", says nothing of the sentence."""
        pieces = rendered.pieces
        cues = self.cues.find(pieces)
        starts = [token.start for token in read.tokens]
        places = [(dated, _piece_of(pieces, bisect(starts, dated.start) - 1)) for dated in self.dates.find(read.plain.text)]
        either = {
            piece.text[2:-1]
            for piece in pieces
            if piece.text[0] == OPEN
            and piece.end <= len(read.tokens)
            and len(rendered.groups[int(piece.text[2:-1])]) > 1
            and any(token.low in self.cues.alternatives for token in read.tokens[piece.start : piece.end])
        }
        dates = [(dated, place) for dated, place in places if pieces[place].text[0] != OPEN]
        return Told(cues, self.cues.clauses(pieces, cues), dates, frozenset(either))

    def _ends(
        self, rule: Rule, frame: Frame, rendered: Rendered, ends: Sequence[str | None], context: Context, read: Read
    ) -> Iterator[tuple[Entity, Entity, float, str]]:
        if (named := [end for end in ends if end is not None]) and self._is_another_named(frame, rule, rendered, context, int(named[0])):
            return
        subjects = self._end(ends[0], frame.subject, rendered, context, rule.subjects, read)
        objects = self._end(ends[1], frame.object, rendered, context, rule.objects, read)
        if frame.object == _PAIR:
            others = self._end(ends[0], "", rendered, context, rule.objects | rule.subjects, read)
            yield from _pairs(subjects, others)
            return
        for subject, weight, note in subjects:
            if subject.is_people:
                continue
            for object_, other, second in objects:
                if object_.is_people and not rule.names_people:
                    continue
                if subject.number != object_.number and subject.name != object_.name:
                    yield subject, object_, weight * other, "; ".join(words for words in (note, second) if words)

    def _end(
        self, number: str | None, implicit: str, rendered: Rendered, context: Context, letters: frozenset[str], read: Read
    ) -> list[tuple[Entity, float, str]]:
        if number is None:
            entity = self._implied_end(implicit, rendered, context, letters) if implicit else None
            if entity is None or self._letter(entity) not in letters:
                return []
            return [(entity, _CARRIED, f"{implicit.removeprefix('$')} is taken to be {entity.name}")]
        found: list[tuple[Entity, float, str]] = []
        for mention in rendered.groups[int(number)]:
            entity = context.registry[mention.entity]
            letter = self._letter(entity)
            if letter not in letters or self._is_struck(read, mention):
                continue
            weight = mention.penalty * (_UNKNOWN_KIND if letter == UNKNOWN else 1.0)
            note = (
                f"“{read.words(mention.start, mention.end)}” is taken to be {entity.name}"
                if mention.method in ("short", "pronoun") and mention.end <= len(read.tokens)
                else ""
            )
            found.append((entity, weight, note))
        return found

    def _implied_end(self, implicit: str, rendered: Rendered, context: Context, letters: frozenset[str]) -> Entity | None:
        """The end that is left unsaid; of groups the one that the sentence itself has named last, if it names one."""
        if implicit == _GROUP:
            named = [context.registry[mention.entity] for group in rendered.groups for mention in group]
            fitting = [entity for entity in named if is_group(context, entity) and self._letter(entity) in letters]
            if len(fitting) == 1:
                return fitting[0]
        return None if implicit == _PAIR else context.implicit(implicit)

    def _is_another_named(self, frame: Frame, rule: Rule, rendered: Rendered, context: Context, known: int) -> bool:
        """Whether a sentence that would leave the practice unsaid names something else of which the rule may speak."""
        if _PRACTICE not in (frame.subject, frame.object) or context.practice is None:
            return False
        letters = rule.subjects if frame.subject == _PRACTICE else rule.objects
        others = [context.registry[mention.entity] for number, group in enumerate(rendered.groups) if number != known for mention in group]
        return any(
            entity is not context.practice and self._letter(entity) in letters and is_undertaking(context, entity) for entity in others
        )

    def _letter(self, entity: Entity) -> str:
        return self.rules.letters.get(entity.classname, UNKNOWN)

    @staticmethod
    def _is_struck(read: Read, mention: Mention) -> bool:
        if mention.end > len(read.tokens):
            return False
        start, end = read.tokens[mention.start].start, read.tokens[mention.end - 1].end
        return any(mark.kind == "struck" and mark.start <= start and end <= mark.end for mark in read.plain.marks)

    @staticmethod
    def _decision(rule: Rule, frame: Frame, decision: Decision, dates: Sequence[Dated], context: Context) -> Decision:  # noqa: PLR0911  # one answer a case
        """What cues, tense and dates say together."""
        if frame.polarity or frame.modality not in ("", "asserted"):
            return Decision(frame.polarity or decision.polarity, frame.modality or decision.modality, decision.reason)
        if frame.is_nominal:
            return Decision()
        if rule.is_event and decision == Decision("affirmed", "past"):
            return Decision()
        year = context.year
        if decision == Decision() and not rule.is_event and _is_over(dates, year, is_past=frame.is_past or frame.is_perfect):
            return Decision("affirmed", "past")
        if decision.modality == "past" and year and any(date.role == "until" and int(date.date.stated[:4]) >= year for date in dates):
            return Decision(decision.polarity)
        if decision == Decision():
            if year and any(date.role in ("from", "at") and int(date.date.stated[:4]) > year for date in dates):
                return Decision("affirmed", "planned")
            if (
                frame.is_past
                and frame.modality != "asserted"
                and not (rule.is_event or rule.lasts)
                and (frame.was or not rule.starts)
                and context.is_template
            ):
                return Decision("affirmed", "past")
        return decision

    @staticmethod
    def _bounds(rule: Rule, dates: Sequence[Dated]) -> tuple[StatedDate | None, StatedDate | None]:
        wanted = ("from", "at") if rule.is_event or rule.starts else ("from",)
        since = next((date.date for role in wanted for date in dates if date.role == role), None)
        until = None if rule.is_event else next((date.date for date in dates if date.role == "until"), None)
        return since, until


def _is_over(dates: Sequence[Dated], year: int | None, *, is_past: bool) -> bool:
    """Whether a stretch of time ended before the year of the document; where that is open, the verb tells."""
    ends = max((int(date.date.stated[:4]) for date in dates if date.role == "until"), default=None)
    if ends is None or any(date.role == "from" and int(date.date.stated[:4]) > ends for date in dates):
        return False
    return is_past if year is None else ends < year


def _piece_of(pieces: Sequence[Piece], token: int) -> int:
    """The piece in which a token of the sentence stands; of an introducing line before it nothing counts."""
    return next((number for number in range(len(pieces) - 1, -1, -1) if pieces[number].start <= token), 0)


def _pairs(
    subjects: Sequence[tuple[Entity, float, str]], objects: Sequence[tuple[Entity, float, str]]
) -> Iterator[tuple[Entity, Entity, float, str]]:
    """Each two of several that are named together, once, in the order of their names in the sentence."""
    places = {entity.number: place for place, (entity, _, _) in enumerate(objects)}
    for subject, weight, note in subjects:
        for object_, other, second in objects:
            is_later = places.get(subject.number, -1) < places[object_.number]
            if is_later and subject.name != object_.name and not (subject.is_people or object_.is_people):
                yield subject, object_, weight * other, "; ".join(words for words in (note, second) if words)


def _implied(frame: Frame, ends: Sequence[str | None]) -> str:
    """The end that the words leave unsaid, empty if there is none."""
    return next((name for name, end in zip((frame.subject, frame.object), ends, strict=True) if end is None), "")


def _straddles(ends: Sequence[str | None], border: int, *, begins_before: bool) -> bool:
    """Whether one end is the first of the item, and the other stands in the introducing line or is left unsaid by it."""
    numbers = [int(end) for end in ends if end is not None]
    if len(numbers) < len(ends):
        return numbers == [border] and begins_before
    return min(numbers) < border and max(numbers) == border


def _after(intro: Rendered, item: Rendered) -> tuple[Rendered, int]:
    """An introducing line and an item as one text; the number from which on the signs are the item's."""
    border = len(intro.groups)
    pieces: list[Piece] = list(intro.pieces)
    if not pieces or pieces[-1].text != ":":
        pieces.append(Piece(":", 0, 0))
    for piece in item.pieces:
        text = piece.text
        if text.startswith(OPEN):
            text = f"{text[:2]}{int(text[2:-1]) + border}{text[-1]}"
        pieces.append(Piece(text, piece.start, piece.end))
    return joined(pieces, [*intro.groups, *item.groups]), border
