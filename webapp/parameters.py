"""What a request asks for, checked against a model; what cannot be used is refused in words."""

from collections.abc import Mapping
from typing import Any, TypeVar, get_origin

from flask import abort
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict

Given = TypeVar("Given", bound=BaseModel)


def read(kind: type[Given], args: MultiDict[str, str]) -> Given:
    """The parameters of a request; 400 in words for those that cannot be used.

    Args:
        kind: the model; a parameter that is a list may be given more than once.
        args: what the request gives.
    """
    fields = {field.alias or name: field for name, field in kind.model_fields.items()}
    lists = {name for name, field in fields.items() if get_origin(field.annotation) is list}
    for name, values in args.lists():
        if len(values) > 1 and name not in lists:
            abort(400, f"{name} is given more than once; give it once.")
    try:
        return kind.model_validate({name: values if name in lists else values[0] for name, values in args.lists()})
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False)[0]
        abort(400, f"{told['loc'][0]}: {_reason(told)}. The parameters are {', '.join(fields)}.")


def _reason(told: Mapping[str, Any]) -> str:
    return (
        "there is no such parameter"
        if told["type"] == "extra_forbidden"
        else str(told["msg"]).removeprefix("Value error, ").rstrip(".").lower()
    )
