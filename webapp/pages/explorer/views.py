"""The addresses of the explorer: the page, and what is seen as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from flask import Response, abort, make_response, redirect, render_template, request
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from graph import store
from graph.excerpt import foremost
from webapp import parameters
from webapp.live import Serving, current
from webapp.pages.asking import ask, words
from webapp.pages.blueprint import blueprint
from webapp.pages.callings import callings
from webapp.pages.claims import Shown
from webapp.pages.ego.circle import KINDS
from webapp.pages.explorer import exports
from webapp.pages.explorer.acts import ACT, done
from webapp.pages.explorer.facets import facets
from webapp.pages.explorer.ground import Ground, among, counts, ground, with_evidence
from webapp.pages.explorer.legend import legend
from webapp.pages.explorer.picture import Picture, picture
from webapp.pages.explorer.question import question
from webapp.pages.explorer.seen import Actor, Seen, reading_label, seen
from webapp.pages.explorer.state import FIRST, MOST, PENDING, Point, Reading, State, as_written_now, read
from webapp.pages.facts import label_of
from webapp.pages.families import family_of
from webapp.resources import known
from webapp.successors import renewed
from webapp.validators import is_fresh

_FEW, _TOLD = 40, 24
"""Up to so many relations, the words of all stand in the table and on paper; of more, those of the first, and the rest are opened beside the drawing."""
STEPS = (FIRST, 150, MOST)
"""How many actors a reader can ask for by a link."""
_HITS = 12
_OF_PAGE = (ACT, "q")
"""Parameters that are no part of a state: what a button does, and what is searched for."""
_LONGEST_SEARCH = 200
_BEGINNINGS: WeakKeyDictionary[store.View, list[tuple[str, str]]] = WeakKeyDictionary()
"""Places to begin, by release; a release never changes."""


@dataclass(frozen=True)
class View:
    """What one address shows, worked out as far as it is asked for.

    Args:
        serving: the release.
        state: the state, in canonical form, of actors that are there.
    """

    serving: Serving
    state: State

    @cached_property
    def ground(self) -> Ground:
        """What the release says."""
        return ground(self.serving, self.state)

    @cached_property
    def seen(self) -> Seen:
        """What is seen of it."""
        found = seen(self.state, self.ground)
        if self.state.among != "shown":
            return found
        return seen(self.state, self.ground, among(self.serving, [actor.reference for actor in found.actors]))

    @cached_property
    def picture(self) -> Picture:
        """Where it stands."""
        return picture(self.seen)

    @property
    def query(self) -> str:
        """The SPARQL behind it."""
        return question(self.state, self.ground.topics, self.serving.iris)

    @property
    def title(self) -> str:
        """What it shows, in words."""
        names = [self.ground.labels[reference] for reference in self.state.actor]
        return f"{' and '.join(filter(None, [', '.join(names[:-1]), names[-1]]))} in the explorer" if names else "Explorer"


def lead_on() -> None:
    """308 where the address of this request is written as it was once."""
    parameters.lead_to(as_written_now(list(request.args.items(multi=True))))


def state_of(args: MultiDict[str, str]) -> State:
    """The state of an address, in canonical form; 400 in words for what cannot be used, 404 for an actor that nobody knows.

    Args:
        args: the parameters; empty ones are passed over, and of one that is no list the last one counts, as a form sends them.
    """
    own = {name: values for name, values in args.lists() if name not in _OF_PAGE}
    parameters.refuse_others(State, MultiDict({name: values[-1] for name, values in own.items()}))
    given = {name: kept for name, values in own.items() if (kept := [value for value in values if value])}
    try:
        return State.of(given).canonical
    except ValidationError as error:
        abort(400, parameters.refusal(State, error))


def view_of(serving: Serving, state: State) -> View:
    """What a state shows; 404 or 410 for an actor that is not there."""
    for reference in (*state.actor, *(read(item)[0] for item in state.expand), *state.hide, *state.countries, *state.topics):
        known_actor(serving, reference)
    return View(serving, state)


def known_actor(serving: Serving, reference: str) -> None:
    """404 or 410 for an actor that is not there."""
    if not reference.startswith("channel/"):
        known(serving, reference)
    elif not serving.view.holds(serving.iris.thing(reference)):
        abort(404, f"There is no channel called {reference}. Search for a name instead.")


@blueprint.get("/explore")
def explore() -> AnyResponse:
    """The explorer: what the address says, as a drawing, as a table, and with what can be done next."""
    lead_on()
    if address := renewed(current(), "/explore", request.args):
        return redirect(address, 303)
    state = state_of(request.args)
    if act := request.args.get(ACT, ""):
        after = done(state, act)
        if after is None:
            abort(400, f"{act!r} is nothing that the explorer can do.")
        return redirect(after.address, 303)
    wanted = request.args.get("q", "").strip()[:_LONGEST_SEARCH]
    response = make_response("")
    if is_fresh(response, current().release.id, request.full_path):
        return response
    response.set_data(_page(view_of(current(), state), wanted))
    return response


@blueprint.get("/explore.<any(svg, ttl, csv, gexf):ending>")
def explore_file(ending: str) -> AnyResponse:
    """Exactly what the explorer shows under the same parameters, as a file."""
    lead_on()
    if address := renewed(current(), f"/explore.{ending}", request.args):
        return redirect(address, 303)
    view = view_of(current(), state_of(request.args))
    if not view.state.actor:
        abort(400, "Name at least one actor: actor=country/ESP, for example.")
    headers = {"Content-Disposition": f"attachment; filename=liaison-explorer.{ending}"}
    response = Response(mimetype=exports.MEDIA_TYPES[ending], headers=headers)
    if not is_fresh(response, view.serving.release.id, request.full_path):
        response.set_data(_file(view, ending))
    return response


def _file(view: View, ending: str) -> str | bytes:
    if ending == "ttl":
        return exports.turtle(view.serving, view.seen)
    if ending != "svg":
        return exports.table(view.serving, view.seen, view.ground, ending)
    key = legend(view.picture)
    drawing = render_template(
        "explorer/drawing.html",
        picture=view.picture,
        said=view.state.said,
        link=lambda name: view.serving.iris.thing(name).value,
        is_file=True,
    )
    told = render_template("explorer/legend.html", legend=key, title=view.title, release=view.serving.release.id)
    return exports.svg(render_template("glyphs.html") + drawing + told, key.box, view.title)


def _page(view: View, wanted: str) -> str:
    serving, state = view.serving, view.state
    hits = callings(serving, wanted, KINDS) if wanted else None
    parts = {"state": state, "wanted": wanted, "hits": hits, "most_hits": _HITS, "steps": STEPS, "act": ACT}
    if not state.actor:
        return render_template("explorer/begin.html", **parts, begin=_beginnings(serving))
    told = with_evidence(serving, _told(view.seen.claims), state.shown)
    known_counts = counts(serving, [actor.reference for actor in view.seen.actors])
    return render_template(
        "explorer/explore.html",
        **parts,
        view=view,
        seen=view.seen,
        picture=view.picture,
        said=state.said,
        facets=facets(state, view.ground),
        labels=view.ground.labels,
        counts=known_counts,
        looked=_looked(view, known_counts),
        told={claim.key: claim for claim in told},
        exports=exports.TITLES,
        link=lambda name: f"/page/{name}",
        family_of=family_of,
        reading_label=reading_label,
    )


def _told(claims: Sequence[Shown]) -> list[Shown]:
    """The claims whose words stand in the table: the first of it, and all that nobody has reviewed, as they have no page."""
    most = _FEW if len(claims) <= _FEW else _TOLD
    return [claim for place, claim in enumerate(claims) if place < most or claim.review in PENDING]


@dataclass(frozen=True)
class Looked:
    """What is shown beside the drawing: an actor with what could be expanded, or what ties two actors with the words that say so.

    Args:
        actor: the actor, None where a claim is looked at or nothing is.
        counts: its claims by relation and side.
        claims: its claims that are seen, or those between the two actors.
        at: where the actor is drawn.
    """

    actor: Actor | None
    counts: Mapping[Reading, int]
    claims: Sequence[Shown]
    at: Point | None = None


def _looked(view: View, known_counts: Mapping[str, Mapping[Reading, int]]) -> Looked:
    """What the state looks at, as far as it is seen."""
    kind, _, key = view.state.look.partition("/")
    if kind != "claim":
        actor = next((actor for actor in view.seen.actors if actor.reference == view.state.look), None)
        own = [claim for claim in view.seen.claims if view.state.look in (claim.subject.reference, claim.object.reference)]
        at = next((mark.at for mark in view.picture.marks if mark.actor == actor), None)
        return Looked(actor, known_counts.get(view.state.look, {}), own if actor else (), at)
    line = next((line.claims for line in view.picture.lines if any(claim.key == key for claim in line.claims)), ())
    return Looked(None, {}, with_evidence(view.serving, line, view.state.shown))


def _beginnings(serving: Serving) -> list[tuple[str, str]]:
    """Places to begin: addresses with their names, about what the release says most of."""
    if serving.view in _BEGINNINGS:
        return _BEGINNINGS[serving.view]
    there = [(words(row, "label"), serving.iris.reference(words(row, "thing")) or "") for row in ask(serving, "connected").rows[:4]]
    most = [reference for reference in foremost(serving.view, serving.iris) if reference.partition("/")[0] in KINDS]
    names = {reference: label_of(ask(serving, "thing", thing=serving.iris.thing(reference)).rows, reference) for reference in most}
    found = [(f"/explore?actor={reference}", label) for reference, label in names.items()]
    if len(most) > 1:
        found.append((f"/explore?{'&'.join(f'actor={reference}' for reference in most)}", " and ".join(names.values())))
    _BEGINNINGS[serving.view] = [*found, *((f"/explore?actor={reference}", label) for label, reference in there)]
    return _BEGINNINGS[serving.view]
