"""The JSON endpoints as OpenAPI 3.1, made from the models, and a page to read it on."""

import inspect
import json
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from flask import Response, redirect, render_template, request, url_for
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.wrappers import Response as AnyResponse

from graph import excerpt
from graph.store import View
from graph.versions import VERSION
from graph.void import RIGHTS
from webapp.api import endpoints, models
from webapp.api.blueprint import blueprint
from webapp.live import Serving, current
from webapp.negotiate import rank
from webapp.pages.comparison.whole import countries
from webapp.pages.explorer.state import State
from webapp.pages.paths.wanted import PathsParameters

_EXAMPLES: WeakKeyDictionary[View, dict[str, str]] = WeakKeyDictionary()
"""The examples of a release, found once."""
_SCHEMAS = "#/components/schemas/{model}"


@dataclass(frozen=True)
class Operation:
    """One endpoint.

    Args:
        path: its address, with its parts in braces.
        name: the function that answers, whose docstring says what it does.
        takes: its parameters; None if it takes none.
        gives: what it answers.
        example: what follows the path to make an address that answers, its parts filled from the release (`examples`).
    """

    path: str
    name: str
    takes: type[BaseModel] | None
    gives: type[BaseModel]
    example: str

    @property
    def summary(self) -> str:
        """What it does."""
        return inspect.getdoc(getattr(endpoints, self.name)) or ""

    @property
    def parts(self) -> list[str]:
        """The parts of its address that are given."""
        return [part.strip("{}") for part in self.path.split("/") if part.startswith("{")]

    @property
    def is_of_things(self) -> bool:
        """Whether it is about things that are named, which may be here no longer."""
        return bool(self.parts) or self.takes in (PathsParameters, State, models.CompareParameters)


OPERATIONS = (
    Operation("/api/search", "search", models.SearchParameters, models.Hits, "/api/search?q={name}&limit=1"),
    Operation("/api/suggest", "suggest", models.SuggestParameters, models.Suggestions, "/api/suggest?q={name}"),
    Operation("/api/things/{kind}/{key}", "thing", None, models.Thing, "/api/things/{body}"),
    Operation(
        "/api/things/{kind}/{key}/edges",
        "edges",
        models.EdgesParameters,
        models.Edges,
        "/api/things/{country}/edges?limit=1",
    ),
    Operation("/api/paths", "paths", PathsParameters, models.Paths, "/api/paths?from={country}&to={body}&limit=1"),
    Operation(
        "/api/things/{kind}/{key}/expansions",
        "expansions",
        None,
        models.Expansions,
        "/api/things/{body}/expansions",
    ),
    Operation("/api/explore", "explored", State, models.Explored, "/api/explore?actor={country}&most=5"),
    Operation(
        "/api/sentences",
        "sentences",
        models.SentencesParameters,
        models.Sentences,
        "/api/sentences?claimed=true&limit=1",
    ),
    Operation("/api/compare", "compare", models.CompareParameters, models.Comparison, "/api/compare?of={country}&of={other}"),
)


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    given: list[type[BaseModel]] = [models.Problem, models.Departure, *(operation.gives for operation in OPERATIONS)]
    _, schemas = models_json_schema([(model, "serialization") for model in given], ref_template=_SCHEMAS)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Liaison",
            "version": VERSION,
            "description": f"Who works with whom in crime prevention, and which sentence says so. For anything else there is SPARQL at /sparql. {RIGHTS}",
            "termsOfService": "/about#terms",
        },
        "servers": [{"url": "/"}],
        "paths": {operation.path: {"get": _described(operation)} for operation in OPERATIONS},
        "components": {"schemas": schemas["$defs"]},
    }


def _examples(serving: Serving) -> dict[str, str]:
    if serving.view not in _EXAMPLES:
        _EXAMPLES[serving.view] = examples(serving)
    return _EXAMPLES[serving.view]


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    response = Response(json.dumps(document(), ensure_ascii=False), mimetype="application/json")
    response.add_etag()
    response.make_conditional(request)
    return response


def examples(serving: Serving) -> dict[str, str]:
    """An address for each endpoint, about things that the release holds."""
    there = {reference.partition("/")[0]: reference for reference in excerpt.foremost(serving.view, serving.iris)}
    country, body = there.get("country", "country/ESP"), there.get("body", "body/europol")
    name = serving.index.label(body) or "Europol"
    other = next((reference for reference in countries(serving) if reference != country), country)
    filled = {"name": quote(name), "country": country, "body": body, "other": other}
    return {operation.name: operation.example.format_map(filled) for operation in OPERATIONS}


@blueprint.get("/api")
@blueprint.get("/api/")
@blueprint.get("/docs/")
def overview() -> AnyResponse:
    """The page with the endpoints."""
    return redirect("/docs", 308)


@blueprint.get("/docs")
def docs() -> Response:
    """The endpoints on a page, or as OpenAPI for programs."""
    accept = list(request.accept_mimetypes)
    if rank(accept, "application/json") > rank(accept, "text/html") or rank(accept, "application/openapi+json") > rank(accept, "text/html"):
        response = openapi()
    else:
        answer = render_template(
            "docs.html", operations=OPERATIONS, examples=_examples(current()), parameters=parameters, address=url_for("api.openapi")
        )
        response = Response(answer, mimetype="text/html")
    response.headers["Vary"] = "Accept"
    return response


def parameters(operation: Operation) -> list[dict[str, Any]]:
    """The parameters of an endpoint, as OpenAPI has them."""
    found: list[dict[str, Any]] = [
        {
            "name": part,
            "in": "path",
            "required": True,
            "description": _PARTS[part],
            "schema": {"type": "string", "pattern": "^[A-Za-z0-9-]+$"},
        }
        for part in operation.parts
    ]
    if operation.takes:
        schema = operation.takes.model_json_schema()
        for name, described in schema["properties"].items():
            about = {key: value for key, value in described.items() if key not in ("title", "description")}
            found.append(
                {
                    "name": name,
                    "in": "query",
                    "required": name in schema.get("required", []),
                    "description": described["description"],
                    "schema": about,
                }
            )
    return found


_PARTS = {"kind": "kind of the thing, as its IRI has it: `country`, `body`, `group` …", "key": "its key: `ESP`, `europol` …"}


def _described(operation: Operation) -> dict[str, Any]:
    problem, gone = ({"application/json": {"schema": {"$ref": _SCHEMAS.format(model=name)}}} for name in ("Problem", "Departure"))
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": parameters(operation),
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {"application/json": {"schema": {"$ref": _SCHEMAS.format(model=operation.gives.__name__)}}},
            },
            "304": {"description": "Nothing has changed since the answer that the client holds."},
            "400": {"description": "A parameter cannot be used.", "content": problem},
            **(
                {
                    "404": {"description": "The graph holds no such thing.", "content": problem},
                    "410": {"description": "The graph held it once; the message says since when it does not, and why.", "content": gone},
                }
                if operation.is_of_things
                else {}
            ),
        },
    }
