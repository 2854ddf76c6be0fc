"""What a request asks, by the SPARQL 1.1 Protocol: the query, and the data set where the request names one."""

from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import parse_qsl

from flask import Request, abort
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from webapp.pool import Dataset

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_MOST_PARAMETERS = 100


@dataclass(frozen=True)
class Asked:
    """What a request asks.

    Args:
        query: the query, None if the request brings none.
        dataset: the data set, None if the request names none; it wins over FROM in the query.
        parameters: name and value of each parameter, in order.
    """

    query: str | None
    dataset: Dataset | None
    parameters: tuple[tuple[str, str], ...]

    @property
    def format(self) -> str:
        """The parameter `format`, empty without one."""
        return next((value for name, value in self.parameters if name == "format"), "")


def read(request: Request) -> Asked:
    """Read a GET, a POST of a form, or a POST of a query.

    Anything else ends in 400 or 415, with a sentence that says how to send a query.
    """
    kind = request.mimetype if request.method == "POST" else ""
    if kind == UPDATE:
        _bad("This endpoint is read-only; it takes no update.")
    if kind not in ("", FORM, DIRECT):
        abort(UnsupportedMediaType.code, f"Send the query as {FORM} or as {DIRECT}.")
    parameters = _parameters(request.get_data() if kind == FORM else request.query_string)
    names = {name: [value for key, value in parameters if key == name] for name, _ in parameters}
    if "update" in names:
        _bad("This endpoint is read-only; it takes no update.")
    given = [_text(request.get_data())] if kind == DIRECT else names.get("query", [])
    if len(given) > 1:
        _bad("Send one query at a time.")
    if not given and request.method == "POST":
        _bad(f"The request holds no query; send it as the parameter `query` of a form, or as {DIRECT}.")
    default, named = names.get("default-graph-uri", []), names.get("named-graph-uri", [])
    dataset = Dataset(tuple(default), tuple(named)) if default or named else None
    return Asked(given[0] if given else None, dataset, parameters)


def _parameters(encoded: bytes) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(parse_qsl(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS))
    except UnicodeDecodeError:
        _bad("The parameters are not UTF-8.")
    except ValueError:
        _bad(f"The request has more than {_MOST_PARAMETERS} parameters.")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        _bad(f"The query is not UTF-8: byte {error.start + 1} cannot be read.")


def _bad(message: str) -> NoReturn:
    abort(BadRequest.code, message)
