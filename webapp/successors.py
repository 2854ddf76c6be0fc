"""Addresses that name what was merged: the same address with what has taken its place."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from werkzeug.datastructures import MultiDict

from graph.retirement import PROFILE
from webapp.live import Serving

_SAFE = "/~@,"
_KINDS = ("country", "topic")
"""Parameters that take keys of the kind that they are named after."""
_REFERENCE = re.compile(r"[a-z]+/[A-Za-z0-9-]+")


def renewed(serving: Serving, path: str, args: MultiDict[str, str]) -> str:
    """The address with successors in place of what they have succeeded; empty where nothing in it was succeeded.

    Args:
        serving: the release.
        path: the part of the address before the question mark.
        args: its parameters; a value names a thing where it is a reference or begins with one, as in `body/europol@120,-40`, or is the key of a country or a topic, as the name of the parameter says.
    """
    retired = serving.release.manifest.get("retired", {})
    given = [(name, value) for name, values in args.lists() for value in values]
    found = [(name, _of_parameter(name, value, retired)) for name, value in given]
    if found == given:
        return ""
    return f"{path}?{'&'.join(f'{quote(name)}={quote(value, safe=_SAFE)}' for name, value in dict.fromkeys(found))}"


def _of_parameter(name: str, value: str, retired: Mapping[str, Mapping[str, str]]) -> str:
    """A value as `_renewed` gives it; a key stays one."""
    if name not in _KINDS or "/" in value:
        return _renewed(value, retired)
    kind, _, key = _renewed(f"{name}/{value}", retired).partition("/")
    return key if kind == name else value


def _renewed(value: str, retired: Mapping[str, Mapping[str, str]]) -> str:
    """A value with the last successor of what it names; a withdrawn document has none, whatever its notice says."""
    named = _REFERENCE.match(value)
    reference = named[0] if named else ""
    seen: Sequence[str] = [reference]
    while (notice := retired.get(reference)) and notice["successor"] and not reference.startswith(PROFILE):
        if notice["successor"] in seen:
            return value
        reference = notice["successor"]
        seen = [*seen, reference]
    return reference + value[named.end() :] if named else value
