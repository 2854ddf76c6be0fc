"""`/paths`: a form, the paths as a drawing and as lists, and the same as files."""

from collections.abc import Callable

from flask import Response, abort, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, NotAcceptable, NotFound, ServiceUnavailable

from webapp import parameters
from webapp.gone import Departed, departed
from webapp.live import Serving, current
from webapp.pages.asking import written_some
from webapp.pages.blueprint import blueprint
from webapp.pages.families import FAMILIES
from webapp.pages.paths import exports
from webapp.pages.paths.drawing import drawing
from webapp.pages.paths.ends import only, successor
from webapp.pages.paths.finding import MISSING, Answer, find, label, suggested
from webapp.pages.paths.steps import standing
from webapp.pages.paths.wanted import AVOIDED, LISTS, MOST_HOPS, MOST_PATHS, PathsParameters
from webapp.validators import is_fresh

_ENDS = ("from", "to")
_FORMATS: dict[str, tuple[str, str, Callable[[Serving, Answer], bytes | str]]] = {
    "ttl": ("text/turtle", "Turtle", exports.turtle),
    "csv": ("text/csv", "Table of hops (CSV)", exports.table),
    "txt": ("text/plain", "List to cite (text)", exports.listing),
}
"""Endings of the files, with their media types, their names for readers, and what makes them."""


@blueprint.get("/paths")
def paths() -> Response:
    """The form and, where it is filled in, the paths; what cannot be answered is said above the form."""
    serving, args = current(), _filled()
    if serving.adjacency is None:
        abort(ServiceUnavailable.code, MISSING)
    if not all(args.get(name) for name in _ENDS):
        return make_response(_page(serving, args))
    try:
        answer = find(serving, parameters.read(PathsParameters, args))
    except (BadRequest, NotFound, Departed) as error:
        response = make_response(_page(serving, args, problem=error.description or "", instead=_instead(serving, args)), error.code)
        response.headers.extend([header for header in error.get_headers() if header[0] == "Link"])
        return response
    return make_response(_page(serving, args, answer))


@blueprint.get("/paths.<form>")
def exported(form: str) -> Response:
    """The paths as a file."""
    if form not in _FORMATS:
        abort(
            NotAcceptable.code,
            f"Paths exist as {', '.join(f'{media_type} (/paths.{name})' for name, (media_type, _, _) in _FORMATS.items())}.",
        )
    media_type, _, make = _FORMATS[form]
    serving, given = current(), parameters.read(PathsParameters, _filled())
    response = Response(mimetype=media_type)
    response.headers["Link"] = f'<{given.address()}>; rel="alternate"; type="text/html"'
    if is_fresh(response, serving.release.id, request.full_path):
        return response
    answer = find(serving, given, is_whole=True)
    for end in (answer.source, answer.target):
        only(end)
    response.set_data(make(serving, answer))
    return response


def _filled() -> MultiDict[str, str]:
    """What the address gives; a form sends its empty fields as well, which say nothing."""
    return MultiDict((name, value.strip()) for name, value in request.args.items(multi=True) if value.strip())


def _instead(serving: Serving, args: MultiDict[str, str]) -> str:
    """The address with what has taken the place of an end that is here no longer; empty where nothing has."""
    gone = {name: reason for name in _ENDS if (reason := departed(serving, args[name]))}
    later = {name: place for name, reason in gone.items() if (place := successor(reason))}
    if not later or len(later) < len(gone):
        return ""
    return parameters.read(
        PathsParameters, MultiDict([*((n, v) for n, v in args.items(multi=True) if n not in later), *later.items()])
    ).address()


def _page(serving: Serving, args: MultiDict[str, str], answer: Answer | None = None, *, problem: str = "", instead: str = "") -> str:
    shown = answer.ways if answer else ()
    claims = [
        serving.iris.thing(f"claim/{key}") for key in dict.fromkeys(c.key for way in shown for step in way.steps for c in step.claims)
    ]
    return render_template(
        "paths.html",
        answer=answer,
        problem=problem,
        instead=instead,
        values={name: _value(args, answer, name) for name in _ENDS},
        args=args,
        chosen={name: args.getlist(name) for name in LISTS},
        suggested=suggested(serving),
        families=FAMILIES,
        avoided=AVOIDED,
        most_paths=MOST_PATHS,
        most_hops=MOST_HOPS,
        defaults={name: field.default for name, field in PathsParameters.model_fields.items()},
        drawing=drawing(shown),
        standing=standing,
        formats=_FORMATS,
        citation=exports.citation(serving, answer) if answer and answer.found else "",
        queries=[written_some(name, serving.iris, claims) for name in ("claims", "evidence")] if claims else [],
    )


def _value(args: MultiDict[str, str], answer: Answer | None, name: str) -> str:
    """What stands in the field of an end: its name where it is known, else what was given."""
    if answer is None:
        return args.get(name, "")
    return label(answer.source if name == "from" else answer.target)
