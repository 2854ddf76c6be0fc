"""Actors that no file holds yet, and pairs of actors that may be one. Only people merge."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph.decisions import queue
from graph.decisions.events import Act, Event
from graph.decisions.records import LONGEST_NAME, End
from graph.decisions.redirects import ACTORS, owner, pair_of
from graph.errors import NothingNew, SettingError
from graph.text import fold
from webapp.paging import PAGE, Part
from webapp.review import acts, pairing, pairs
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.disputes import disputes, pairings
from webapp.review.likeness import Likely, Named, Names
from webapp.review.office import Office
from webapp.review.pairs import Pair
from webapp.review.room import room
from webapp.review.sentence import being_read, told_of
from webapp.review.table import Table

_ACTS: Mapping[str, Act] = {"merge": "merge", "split": "split"}


@dataclass(frozen=True)
class Unknown:
    """An actor that no file holds.

    Args:
        end: the actor.
        profile: the profile that names it.
        standing: how many of its claims stand.
        waiting: how many wait.
        suggestions: what it may be of the authority files.
    """

    end: End
    profile: str
    standing: int
    waiting: int
    suggestions: Sequence[Likely]


@blueprint.get("/actors")
def actors() -> str:
    """The actors that no file holds, and the pairs on which somebody decided."""
    wanted = request.args.get("q", "").strip()[:LONGEST_NAME]
    office = room().snapshot()
    found = unknown(_laid_out(office), office)
    names = _names(found, office)
    decided, unread = pairs.decided(office), len(office.unread)
    hits = [one for one in found if _fits(wanted, one.end)]
    part = Part.of(request.args.get("page", ""), len(hits))
    apart = _references(decided)
    rows = [(one, _likely(one, names, apart, office)) for one in hits[part.begin : part.end]]
    of_pairs = [pair for pair in decided if _fits(wanted, pair.actor, pair.other)]
    return render_template(
        "review/actors.html", rows=rows, part=part, looked=wanted, total=len(found), unread=unread, handle=signed_in().handle,
        pairs=of_pairs[:PAGE], rest=len(of_pairs[PAGE:]),
    )  # fmt: skip


@blueprint.get("/actors/merge")
def merge() -> str | AnyResponse:
    """Two actors beside each other, with what is claimed of each and what a merge would change; of one alone, what it may be."""
    names = [request.args.get(name, "").strip()[:LONGEST_NAME] for name in ("actor", "other")]
    with room().office() as office:
        if unread := _unread(names, office):
            return being_read(unread)
        now = office.snapshot()
    shown = _beside(*_two(names, now), now) if names[1] else _alone(now.end(names[0]), now)
    return render_template("review/merge.html", done=told_of(request.args, now), unread=len(now.unread), **shown)


@blueprint.post("/actors/pair")
def pair() -> AnyResponse:
    """Record that two actors are, or are not, the same, and show them again."""
    form, by = request.form, signed_in().handle
    names = [form.get(name, "").strip()[:LONGEST_NAME] for name in ("actor", "other")]
    act, note = _ACTS.get(form.get("act", "")), acts.noted(form.get("note", "").strip())
    if act is None:
        message = f"{form.get('act', '')!r} is no act on two actors; it is merge or split."
        raise SettingError(message)
    with room().office() as office:
        if unread := _unread(names, office):
            message = f"{unread} is still being read; send it again in a moment."
            raise SettingError(message)
        actor, other = _two(names, office)
        try:
            made = pairing.paired(act, (actor.reference, other.reference), by, office, note)
        except NothingNew:
            return redirect(url_for("review.merge", actor=actor.reference, other=other.reference, unchanged=act), 303)
        office.record([made])
    return redirect(url_for("review.merge", actor=actor.reference, other=other.reference, done=made.id), 303)


def _two(names: Sequence[str], office: Office) -> tuple[End, End]:
    """Two actors of references or names.

    Raises:
        SettingError: one is unknown, or both are the same.
    """
    actor, other = office.end(names[0]), office.end(names[1])
    if actor.reference == other.reference:
        message = f"both are {actor.reference}; name two actors that are different."
        raise SettingError(message)
    return actor, other


def _beside(actor: End, other: End, office: Office) -> dict[str, object]:
    """Two actors, with all that is needed to decide on them."""
    by, both = signed_in().handle, ((actor, other), (other, actor))
    claims = list(pairs.groups(_laid_out(office)))
    try:
        pairing.paired("split", (actor.reference, other.reference), by, office)
        problem = ""
    except SettingError as error:
        problem = str(error)
    return {
        "actor": actor, "other": other, "problem": problem, "history": _history(actor, other, office),
        "unchanged": _unchanged(actor, other, by, office),
        "disputes": [one for one in disputes(office) if one.is_about(actor.reference, other.reference)],
        "both": [pairs.side(one, two.reference, office, claims) for one, two in both],
        "directions": [pairs.direction(one, two, by, office, claims) for one, two in both],
    }  # fmt: skip


def _unchanged(actor: End, other: End, by: str, office: Office) -> str:
    """That who looks has said before of two actors what the address names, in a sentence; empty where that is not so."""
    act, pair = request.args.get("unchanged"), {actor.reference, other.reference}
    own = [one for one in pairings(office) if one.by == by and one.act == act and pair_of(one) == pair and not office.is_withdrawn(one)]
    return f"You have said this already, and nothing was changed: {acts.about(own[-1], office)}." if own else ""


def _alone(actor: End, office: Office) -> dict[str, object]:
    """One actor, with what it may be."""
    found = unknown(_laid_out(office), office)
    names, apart = _names(found, office), _references(pairs.decided(office))
    likely = [likely for one in found if one.end.reference == actor.reference for likely in _likely(one, names, apart, office)]
    profile = owner(actor.reference, office.profiles)
    return {"actor": actor, "other": None, "likely": likely, "actors": office.names(profile) if profile else []}


def _history(actor: End, other: End, office: Office) -> list[tuple[Event, str]]:
    """What was said of two actors, the latest first, each with what became of it."""
    wanted = {actor.reference, other.reference}
    said = (one for one in office.recorded.events if one.actor and one.other and {one.actor.reference, one.other.reference} == wanted)
    return [(event, acts.became(event, office)) for event in said if not office.is_withdrawn(event)][::-1]


def _laid_out(office: Office) -> list[Table]:
    return [table for key in office.profiles if (table := office.shown(key))]


def unknown(tables: Iterable[Table], office: Office) -> list[Unknown]:
    """The actors that no file holds and that are not merged, those of which most is claimed first.

    Args:
        tables: the profiles.
        office: the data folder.
    """
    ends: dict[str, End] = {}
    standing, waiting = Counter[str](), Counter[str]()
    suggestions: dict[str, list[Likely]] = {}
    for table in tables:
        held = {item.actor.reference for item in table.named}
        for group in pairs.groups([table]):
            for end in queue.ends_of([group.first]):
                if end.kind and end.reference not in held and end.reference not in office.redirects.targets:
                    ends.setdefault(end.reference, end)
                    standing[end.reference] += group.stands
                    waiting[end.reference] += bool(group.waits)
        for reference, found in table.laid.suggestions.items():
            suggestions[reference] = [Likely(one, office.name_of(one), reason) for one, reason in found]
    made = (
        Unknown(end, owner(reference, office.profiles) or "", standing[reference], waiting[reference], suggestions.get(reference, ()))
        for reference, end in ends.items()
        if standing[reference] or waiting[reference]
    )
    return sorted(made, key=lambda one: (-one.standing - one.waiting, one.end.name.casefold(), one.end.reference))


def _names(found: Iterable[Unknown], office: Office) -> Names:
    """The names of actors that no file holds, of those that are merged, and of those that files hold."""
    return Names([*(_named(one, office) for one in found), *_merged(office), *_held(office)], office.lexis, office.register.labels)


def _named(one: Unknown, office: Office) -> Named:
    return Named(one.end.name, one.end.reference, one.profile, home=_home(one.profile, office))


def _home(profile: str, office: Office) -> str:
    """The country of a document; empty where it is open, or the document is not read."""
    table = office.shown(profile)
    return table.laid.about.country or "" if table else ""


def _merged(office: Office) -> Iterator[Named]:
    """The names of actors that are merged into others; those into which they are merged are what is meant."""
    for source, event in office.redirects.merges.items():
        if event.actor and not office.is_withdrawn(event):
            final, profile = office.redirects[source], owner(source, office.profiles) or ""
            yield Named(event.actor.name, final, profile, _name_of(final, office), home=_home(profile, office))


def _held(office: Office) -> Iterator[Named]:
    """The names of actors of the authority files and of side-cars."""
    for name in office.facts.names:
        if name.of.startswith(ACTORS) and name.kind not in ("code", "adjective"):
            yield Named(name.text, name.of, "", country=office.facts.actors[name.of].country or "")
    for table in _laid_out(office):
        for item in table.named:
            actor = item.actor
            if actor.reference.startswith(ACTORS) and actor.reference not in office.redirects.targets:
                yield Named(actor.label, actor.reference, table.key, country=actor.country or "", home=_home(table.key, office))


def _name_of(reference: str, office: Office) -> str:
    """The name of an actor into which others are merged."""
    named = {end.reference: end.name for end in office.redirects.ends}
    held = office.name_of(reference)
    return held if held != reference else named.get(reference, reference)


def _likely(one: Unknown, names: Names, apart: Collection[frozenset[str]], office: Office) -> list[Likely]:
    """What an actor may be, without what somebody decided on; where names are alike, that is the reason."""
    found: dict[str, Likely] = {}
    for likely in (*names.like(_named(one, office)), *one.suggestions):
        found.setdefault(likely.reference, likely)
    return [likely for likely in found.values() if frozenset({one.end.reference, likely.reference}) not in apart]


def _references(decided: Iterable[Pair]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset({pair.actor.reference, pair.other.reference}) for pair in decided)


def _fits(wanted: str, *ends: End) -> bool:
    """Whether the name, reference or kind of an actor holds what is looked for."""
    looked = fold(wanted)
    return not looked or any(looked in fold(text) for end in ends for text in (end.name, end.reference, end.kind))


def _unread(names: Iterable[str], office: Office) -> str:
    """A profile that must be read before actors can be told of; empty if there is none. Any may have what is no reference."""
    unread = office.unread
    for name in names:
        profile = owner(name, office.profiles)
        if profile in unread and not office.table_if_quick(profile):
            return profile
        if name and not profile and unread and not office.is_known(name):
            return unread[0]
    return ""
