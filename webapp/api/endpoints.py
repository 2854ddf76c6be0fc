"""The addresses of the JSON endpoints: parameters checked, lists in pages, a tag for each answer."""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from flask import Response, abort, request
from pydantic import BaseModel

from webapp import parameters
from webapp.api import answers, models
from webapp.api.blueprint import blueprint
from webapp.live import Serving, current
from webapp.pages.comparison.asked import read as asked_for
from webapp.pages.explorer.state import State
from webapp.pages.explorer.views import lead_on, state_of, view_of
from webapp.pages.paths.wanted import PathsParameters
from webapp.pages.search import as_written_now
from webapp.resources import known
from webapp.validators import is_fresh

_DESCRIBED = '</api/openapi.json>; rel="service-desc"'


@blueprint.get("/api/search")
def search() -> Response:
    """Things by name and sentences by their words, the best first."""
    parameters.lead_on(as_written_now)
    given = parameters.read(models.SearchParameters, request.args)
    return _listed(given, models.Hits, lambda serving: answers.hits(serving, given))


@blueprint.get("/api/suggest")
def suggest() -> Response:
    """What somebody may mean who is still typing, by kind."""
    given = parameters.read(models.SuggestParameters, request.args)
    serving = current()
    return _sent(serving, lambda: answers.suggestions(serving, given))


@blueprint.get("/api/things/<kind>/<key>")
def thing(kind: str, key: str) -> Response:
    """What the release says of a thing, apart from its edges."""
    _no_others()
    serving = current()
    reference = f"{kind}/{key}"
    node = known(serving, reference)
    return _sent(serving, lambda: answers.thing(serving, node, reference))


@blueprint.get("/api/things/<kind>/<key>/edges")
def edges(kind: str, key: str) -> Response:
    """The supported claims of a thing, each with the words that it rests on."""
    node, given = known(current(), f"{kind}/{key}"), parameters.read(models.EdgesParameters, request.args)
    return _listed(given, models.Edges, lambda serving: answers.edges(serving, node, given))


@blueprint.get("/api/paths")
def paths() -> Response:
    """The shortest paths between two things, the best first, each hop with its claims and their words."""
    given = parameters.read(PathsParameters, request.args)
    return _sent(current(), lambda: answers.paths(current(), given))


@blueprint.get("/api/things/<kind>/<key>/expansions")
def expansions(kind: str, key: str) -> Response:
    """The relations of a thing, counted by kind: what the explorer would show if it were expanded."""
    _no_others()
    serving, reference = current(), f"{kind}/{key}"
    known(serving, reference)
    return _sent(serving, lambda: answers.expansions(serving, reference))


@blueprint.get("/api/explore")
def explored() -> Response:
    """What the explorer shows under the same parameters: the actors with their places, the claims between them with their words, and how much is not shown."""
    lead_on()
    parameters.refuse_others(State, request.args)
    view = view_of(current(), state_of(request.args))
    return _sent(view.serving, lambda: answers.explored(view))


@blueprint.get("/api/sentences")
def sentences() -> Response:
    """The sentences of the documents in reading order, each with the claims that rest on it."""
    given = parameters.read(models.SentencesParameters, request.args)
    return _listed(given, models.Sentences, lambda serving: answers.sentences(serving, given))


@blueprint.get("/api/compare")
def compare() -> Response:
    """Two to four countries, years or documents side by side, each cell with its state and its claims."""
    given, serving = parameters.read(models.CompareParameters, request.args), current()
    asked = asked_for(given.of, str(given.year or ""), given.topic, str)
    for reference in [*(thing.reference for thing in asked.things), *([asked.topic] if asked.topic else [])]:
        known(serving, reference)
    if asked.twice:
        abort(400, f"of: {asked.twice[0]} is given more than once; give it once.")
    return _sent(serving, lambda: answers.comparison(serving, asked))


def _listed(given: models.Paged, gives: type[models.Listed], found: Callable[[Serving], Sequence[BaseModel]]) -> Response:
    serving = current()
    following_page = request.args.to_dict() | {"offset": str(given.offset + given.limit)}
    following = f"{request.path}?{urlencode(following_page)}"

    def page() -> BaseModel:
        every = found(serving)
        more = given.offset + given.limit < len(every)
        items = every[given.offset : given.offset + given.limit]
        return gives.model_validate(
            {"release": serving.release.id, "total": len(every), "items": items, "next": following if more else None}
        )

    return _sent(serving, page)


def _sent(serving: Serving, make: Callable[[], BaseModel]) -> Response:
    """A model as JSON; it is not made for a client that has it already."""
    response = Response(mimetype="application/json", headers={"Link": _DESCRIBED, "Cache-Control": "no-cache"})
    if not is_fresh(response, serving.release.id, request.full_path, is_weak=True):
        made = make()
        if following := getattr(made, "next", None):
            response.headers["Link"] = f'{_DESCRIBED}, <{following}>; rel="next"'
        response.set_data(made.model_dump_json())
    return response


def _no_others() -> None:
    if request.args:
        abort(400, "This address takes no parameters.")
