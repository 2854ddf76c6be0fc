"""What a request asks for, checked against a model; what cannot be used is refused in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, get_origin
from urllib.parse import urlencode

from flask import abort, redirect, request
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from werkzeug.datastructures import MultiDict

Given = TypeVar("Given", bound=BaseModel)
_LONGEST = 80
"""Letters of a value that are repeated where it is refused."""


def read(kind: type[Given], args: MultiDict[str, str]) -> Given:
    """The parameters of a request; 400 in words for those that cannot be used.

    Args:
        kind: the model; a parameter that is a list may be given more than once.
        args: what the request gives.
    """
    refuse_others(kind, args)
    fields = _fields(kind)
    try:
        return kind.model_validate({name: values if _is_list(fields[name]) else values[0] for name, values in args.lists()})
    except ValidationError as error:
        abort(400, f"{refusal(kind, error)} The parameters are {', '.join(fields)}.")


def lead_on(written: Callable[[str, str], tuple[str, str]]) -> None:
    """308 to the same address as it is written now, where it gives a parameter as it was written once.

    Args:
        written: name and value of a parameter, as they are written now.
    """
    lead_to([written(name, value) for name, value in request.args.items(multi=True)])


def lead_to(now: Sequence[tuple[str, str]]) -> None:
    """308 to the same address with its parameters as they are written now, where it gives others.

    Args:
        now: names and values.
    """
    if list(now) != list(request.args.items(multi=True)):
        abort(redirect(f"{request.path}?{urlencode(now)}", 308))


def refusal(kind: type[BaseModel], error: ValidationError) -> str:
    """What is wrong with the first parameter that cannot be used, and what is expected of it.

    Args:
        kind: the model, whose descriptions say what is expected.
        error: what it found.
    """
    told = error.errors(include_url=False, include_context=False)[0]
    if not told["loc"]:
        return f"{_reason(told)}."
    name = str(told["loc"][0])
    if told["type"] != "string_pattern_mismatch":
        return f"{name}: {_reason(told)}."
    field = next(field for own, field in kind.model_fields.items() if name in (own, field.alias))
    return f"{name}: {str(told['input'])[:_LONGEST]!r} cannot be used; it is {(field.description or 'written otherwise').replace('`', '')}."


def refuse_others(kind: type[BaseModel], args: MultiDict[str, str]) -> None:
    """400 for a parameter that there is not, or that is given more than once and is no list.

    Args:
        kind: the model.
        args: what the request gives.
    """
    fields = _fields(kind)
    for name, values in args.lists():
        if name not in fields:
            abort(400, f"{name}: there is no such parameter. The parameters are {', '.join(fields)}.")
        if len(values) > 1 and not _is_list(fields[name]):
            abort(400, f"{name} is given more than once; give it once.")


def _fields(kind: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in kind.model_fields.items()}


def _is_list(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is list


def _reason(told: Mapping[str, Any]) -> str:
    return str(told["msg"]).removeprefix("Value error, ").rstrip(".").lower()
