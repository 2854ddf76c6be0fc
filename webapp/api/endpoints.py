"""The addresses of the JSON endpoints: parameters checked, lists in pages, a tag for each answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Response, abort, request
from pydantic import BaseModel, ValidationError

from webapp.api import answers, models
from webapp.api.blueprint import blueprint
from webapp.live import Serving, current
from webapp.resources import known
from webapp.validators import is_fresh

Given = TypeVar("Given", bound=BaseModel)
_DESCRIBED = '</api/openapi.json>; rel="service-desc"'


@blueprint.get("/api/search")
def search() -> Response:
    """Things by name, the best first."""
    given = _read(models.SearchParameters)
    return _listed(given, models.Hits, lambda serving: answers.hits(serving, given))


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
    node, given = known(current(), f"{kind}/{key}"), _read(models.EdgesParameters)
    return _listed(given, models.Edges, lambda serving: answers.edges(serving, node, given))


@blueprint.get("/api/sentences")
def sentences() -> Response:
    """The sentences of the documents in reading order, each with the claims that rest on it."""
    given = _read(models.SentencesParameters)
    return _listed(given, models.Sentences, lambda serving: answers.sentences(serving, given))


def _listed(given: models.Paged, gives: type[models.Listed], found: Callable[[Serving], Sequence[BaseModel]]) -> Response:
    serving = current()
    parameters = request.args.to_dict() | {"offset": str(given.offset + given.limit)}
    following = f"{request.path}?{urlencode(parameters)}"

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


def _read(kind: type[Given]) -> Given:
    """The parameters of the request; 400 in words for those that cannot be used."""
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        abort(400, f"{repeated[0]} is given more than once; give it once.")
    try:
        return kind.model_validate(request.args.to_dict())
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False)[0]
        name = ".".join(map(str, told["loc"]))
        abort(400, f"{name}: {_reason(told)}. The parameters are {', '.join(kind.model_fields)}.")


def _no_others() -> None:
    if request.args:
        abort(400, "This address takes no parameters.")


def _reason(told: Mapping[str, Any]) -> str:
    return "there is no such parameter" if told["type"] == "extra_forbidden" else str(told["msg"]).rstrip(".").lower()
