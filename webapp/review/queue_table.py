"""All that waits as one table, the most urgent first whatever its profile, of which several are accepted or rejected at once."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from operator import itemgetter
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from graph.decisions import acting, queue
from graph.decisions.events import Event
from graph.decisions.queue import Card, Rank
from graph.errors import LiaisonError, SettingError
from webapp.paging import PAGE, Part
from webapp.review import acts, lookup
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.disputes import Dispute, disputes
from webapp.review.office import Office
from webapp.review.places import Piece, key_of, marked
from webapp.review.room import room
from webapp.review.sentence import being_read, repeats, told_of
from webapp.review.table import Table

REASONS = ("dispute", "recheck", "uncertainty")
_ACTS = ("accept", "reject")
_DONE = {"accept": "accepted", "reject": "rejected", "undo": "undone"}
_FILTERS = ("profile", "reason", "rule", "page")
_NEAR, _BETWEEN = 45, 100
"""Letters of a quote that are shown on each side of a name, and that stand between two names without being cut."""
_REASONS_SECONDS = 0.5
"""How long an answer looks for the reasons why claims could not be decided; of the others it tells that they were not."""
_LAYING_SECONDS = 0.3
"""How long an answer waits for profiles to be laid out anew; the others are read in the background."""


@dataclass(frozen=True)
class WaitingClaim:
    """What waits, as the table shows it.

    Args:
        card: the claim on its words.
        words: the claim in words.
        quote: the words, cut between the names, these marked.
        why: who is for it and who against, where somebody is.
        link: the page of its sentence.
        seen: what the form repeats of the words.
        confidence: how sure its rule is; None where no rule proposed it.
        sureness: whether that is measured or a prior, in words.
        obstacles: why it cannot be accepted as it stands, in the words of the shapes; mostly nothing.
    """

    card: Card
    words: str
    quote: Sequence[Piece]
    why: str
    link: str
    seen: str
    confidence: float | None
    sureness: str
    obstacles: Sequence[str]

    @property
    def value(self) -> str:
        """What its box sends."""
        return f"{self.card.unit.profile}/{self.card.id}"


@dataclass(frozen=True)
class Wanted:
    """What is looked at; what is empty is not asked for.

    Args:
        profile: key of a profile.
        reason: why it waits.
        rule: the rule that proposed it.
    """

    profile: str = ""
    reason: str = ""
    rule: str = ""

    def of(self, table: Table) -> Iterator[tuple[Rank, Sequence[Card]]]:
        """What waits in a profile and is wanted, by how urgent it is."""
        for rank, cards in table.ranks:
            if self.reason in ("", cards[0].waits):
                yield rank, [card for card in cards if card.evidence.rule == self.rule] if self.rule else cards


def urgent(ranks: Iterable[tuple[Rank, Sequence[Card]]], part: Part) -> list[Card]:
    """A part of what waits in several profiles, the most urgent first; only what is in it is looked at one by one.

    Args:
        ranks: what waits by how urgent it is, profile by profile in the order of their keys.
        part: which part.
    """
    found: list[Card] = []
    passed = 0
    for _, cards in sorted(ranks, key=itemgetter(0)):
        found += cards[max(part.begin - passed, 0) : max(part.end - passed, 0)]
        passed += len(cards)
    return found


@blueprint.get("/queue")
def queue_table() -> str | AnyResponse:
    """A part of what waits."""
    args, by = request.args, signed_in().handle
    wanted = Wanted(*(args.get(name, "").strip() for name in ("profile", "reason", "rule")))
    with room().office() as office:
        if wanted.profile and office.table_if_quick(wanted.profile) is None:
            return being_read(wanted.profile)
        done, refused, now = told_of(args, office), _refused(args, by, office), office.snapshot()
    known = now.profiles
    tables = {key: table for key in ([wanted.profile] if wanted.profile else sorted(known)) if (table := now.shown(key))}
    ranks = [one for table in tables.values() for one in wanted.of(table)]
    part = Part.of(args.get("page", ""), sum(len(cards) for _, cards in ranks))
    cards = urgent(ranks, part)
    obstacles = acts.obstacles(cards, now)
    rows = [_row(card, tables[card.unit.profile], now, obstacles.get(card.unit, ())) for card in cards]
    rules = sorted(frozenset().union(*(table.rules for table in tables.values())))
    return render_template(
        "review/queue.html", rows=rows, part=part, chosen=wanted, rules=rules, reasons=REASONS, known=known, unread=len(now.unread), done=done,
        refused=refused, counted=_counted(done), most=PAGE, disputes=_disputes(wanted, part, now),
    )  # fmt: skip


def _disputes(wanted: Wanted, part: Part, office: Office) -> Sequence[Dispute]:
    """The merges that are disputed, before all claims; no rule proposes one."""
    is_shown = part.number == 1 and not wanted.rule and wanted.reason in ("", "dispute")
    return disputes(office, wanted.profile) if is_shown else ()


@blueprint.post("/batch")
def batch() -> AnyResponse:
    """Accept or reject what is selected; what cannot be decided is told afterwards, and the rest is recorded all the same."""
    form, by, act, note = request.form, signed_in().handle, request.form.get("act", ""), request.form.get("note", "").strip()
    selected = list(dict.fromkeys(form.getlist("card")))
    acts.noted(note)
    _check(act, selected)
    repeats(form, *(f"seen:{one}" for one in selected))
    words = {one: form.get(f"seen:{one}") for one in selected}
    with room().office() as office:
        cards = _Cards(office)
        if act == "accept":
            acts.obstacles(cards.found(selected), office)  # asked of all at once
        tried = {one: _decided(act, one, by, note, cards, words[one]) for one in selected}
        made = [event for event in tried.values() if isinstance(event, Event)]
        changed = [one for one in selected if not isinstance(tried[one], Event) and cards.has_changed(one, words[one])]
        if made:
            office.record(made)
            _lay([event.profile or "" for event in made], office)
    refused = [one for one, event in tried.items() if not isinstance(event, Event) and one not in changed]
    told = {"done": ",".join(event.id for event in made), "act": act, "refused": ",".join(refused), "changed": ",".join(changed)}
    given = {name: value for name, value in ({name: form.get(name, "") for name in _FILTERS} | told).items() if value}
    return redirect(f"{url_for('review.queue_table')}?{urlencode(given, safe=',/')}", 303)


def _check(act: str, selected: Sequence[str]) -> None:
    """What is asked for as a whole.

    Raises:
        SettingError: it cannot be done.
    """
    message = ""
    if not act:
        message = "nothing was decided; press one of the buttons, since the key Enter alone decides nothing."
    elif act not in _ACTS:
        message = f"{act!r} is no act on several claims; it is accept or reject."
    elif not selected:
        message = "no claim is selected; tick the box of each one that is meant, and send it again."
    elif len(selected) > PAGE:
        message = f"{len(selected):,} claims are selected; {PAGE} are the most at once, so send them in several parts."
    if message:
        raise SettingError(message)


class _Cards:
    """The cards of a data folder by what the boxes send.

    Args:
        office: the data folder.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self._found: dict[str, dict[str, Card] | LiaisonError] = {}

    def __getitem__(self, value: str) -> Card:
        """The card.

        Raises:
            LiaisonError: there is none, or its profile cannot be read.
        """
        profile, _, id_ = value.rpartition("/")
        if profile not in self._found:
            try:
                self._found[profile] = {card.id: card for card in self.office.ready(profile).cards}
            except LiaisonError as error:
                self._found[profile] = error
        cards = self._found[profile]
        if isinstance(cards, LiaisonError):
            raise cards
        return cards.get(id_) or lookup.card_of(id_, self.office, profile)

    def found(self, values: Iterable[str]) -> list[Card]:
        """The cards that are there, of many."""
        found = []
        for value in values:
            with suppress(LiaisonError):  # why one is not there is told where it is decided on
                found.append(self[value])
        return found

    def has_changed(self, value: str, words: str | None) -> bool:
        """Whether a card is there, with other words than the form repeats."""
        return any(words not in (None, acts.seen(card)) for card in self.found([value]))


def _decided(act: str, value: str, by: str, note: str, cards: _Cards, words: str | None = None) -> Event | str:
    """The decision on one card, or why there can be none."""
    try:
        card = cards[value]
        acts.check_seen(card, words)
        return acts.accepted(card, by, cards.office, note) if act == "accept" else acting.reject(card, by, note)
    except LiaisonError as error:
        return str(error)


def _lay(profiles: Sequence[str], office: Office) -> None:
    """Lay out anew what was decided on, as far as that is quick, so that the next page shows it as it is."""
    begin = time.monotonic()
    for key in dict.fromkeys(profiles):
        if time.monotonic() - begin > _LAYING_SECONDS:
            return
        with suppress(LiaisonError):  # what was decided is recorded; the list of profiles says what is wrong
            office.table_if_quick(key)


def _refused(args: MultiDict[str, str], by: str, office: Office) -> list[str]:
    """Why each of those that an address names could not be decided; it says so of itself, so that no address can put words here."""
    act, named = args.get("act", ""), _named(args, "refused")
    if act not in _ACTS:
        return []
    cards = _Cards(office)
    changed = [
        f"the words of “{queue.said(card.claim, office.vocabulary)}” in {card.unit.profile} have changed since the page was shown; "
        "read those of today, and decide on them."
        for card in cards.found(_named(args, "changed"))
    ]
    begin, tried = time.monotonic(), list[Event | str]()
    while len(tried) < len(named) and time.monotonic() - begin <= _REASONS_SECONDS:
        tried.append(_decided(act, named[len(tried)], by, "", cards))
    told = [one if isinstance(one, str) else f"a claim of {one.profile} was not decided; try again." for one in tried]
    rest = len(named) - len(tried)
    return [*changed, *told, *([f"{rest} more could not be decided; look at the sentence of each, which says why."] if rest else [])]


def _named(args: MultiDict[str, str], name: str) -> list[str]:
    return [one for one in args.get(name, "").split(",") if one][:PAGE]


def _counted(done: Sequence[tuple[Event, str]]) -> str:
    """How many decisions were recorded, in words."""
    counts = Counter(_DONE.get(event.act, event.act) for event, _ in done)
    return ", ".join(f"{number} {word}" for word, number in counts.items())


def _row(card: Card, table: Table, office: Office, obstacles: Sequence[str]) -> WaitingClaim:
    words, link = queue.said(card.claim, office.vocabulary), url_for("review.sentence", profile=card.unit.profile, key=key_of(card))
    pieces = marked((card.today or card.evidence).quote, [card.claim.subject, card.claim.object])
    why = queue.explained(card) if card.stances else ""
    return WaitingClaim(card, words, shortened(pieces), why, link, acts.seen(card), table.confidence(card), table.sureness(card), obstacles)


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """Words with names marked in them, cut where there is much between the names, before the first or behind the last.

    Args:
        pieces: the words as `marked` gives them.
    """
    found = []
    for number, piece in enumerate(pieces):
        if piece.numbers:
            found.append(piece)
            continue
        is_first, is_last = number == 0, number == len(pieces) - 1
        before, behind = (0 if is_first and not is_last else _NEAR), (0 if is_last and not is_first else _NEAR)
        found.append(Piece(_cut(piece.text, before, behind), ()))
    return found


def _cut(text: str, before: int, behind: int) -> str:
    """Words with their middle cut out, so many letters left at the beginning and at the end; whole where little would be gone."""
    if len(text) <= max(before + behind, _BETWEEN if before and behind else _NEAR) + _NEAR // 3:
        return text
    start = text[:before].rpartition(" ")[0] or text[:before]
    end = text[len(text) - behind :].partition(" ")[2] or text[len(text) - behind :] if behind else ""
    return f"{f'{start} ' if start else ''}…{f' {end}' if end else ''}"
