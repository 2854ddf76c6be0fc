"""What is refused before anything parses it.

Oxigraph's parser and planner recurse: some thousand nested brackets or operators in a row end the process. A worker
that ends so is replaced, but it costs time; these limits let honest queries in and keep the rest out.
"""

import re
from collections.abc import Collection, Mapping
from itertools import accumulate

from webapp.pool.question import Limits
from webapp.pool.tokens import BRACKETS, OPERATORS, PATTERNS, Token, tokens

_SPACE = r"(?:\s|\#[^\r\n]*+)*+"
_NAME = r"(?:\\.|[^\s<>{}\#\\])"
_SERVICE = re.compile(
    rf"SERVICE (?= {_SPACE} (?:SILENT {_SPACE})?+ (?: (?:<[^<>]*+>|{_NAME}{{1,500}}+) {_SPACE} \{{ | {_NAME}{{501}} ) )",
    re.VERBOSE | re.IGNORECASE,
)
"""Looked for in the text as it is, strings and comments included, so that no disguise as one of these helps."""
_NAMED = re.compile(
    rf"(?P<before> SERVICE {_SPACE} (?:SILENT {_SPACE})?+ ) <(?P<address>[^<>]*+)> (?= {_SPACE} \{{ )", re.VERBOSE | re.IGNORECASE
)
"""SERVICE with an address that is written out; any other form is refused."""
_IN_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_VARIABLE = re.compile(r"[?$]\w*+\Z")
_READ_ONLY = "This endpoint is read-only; it takes SELECT, ASK, CONSTRUCT and DESCRIBE."
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_LONGEST_NAME = 100
_STEPS = {"open": 1, "close": -1}


def excess(query: str, limits: Limits) -> str | None:
    """Why a query is too long to be looked at, None if it is not."""
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > limits.query_bytes:
        return f"The query has {size:,} bytes; the longest that is taken has {limits.query_bytes:,} (query_bytes). Ask it in parts."
    return None


def refusal(query: str, limits: Limits, services: Collection[str] = ()) -> str | None:
    """Why a query is not even parsed, None if it may be.

    Args:
        query: SPARQL.
        limits: what it may cost.
        services: addresses that it may ask with SERVICE.
    """
    if reason := _never(query, services):
        return reason
    if _is_small(query.upper(), limits):
        return None
    found = list(tokens(query))
    return _READ_ONLY if _is_update(found) else _too_much(found, limits)


def relayed(query: str, services: Mapping[str, str]) -> str:
    """The query with every address after SERVICE replaced by the one that stands for it.

    Args:
        query: SPARQL that was not refused.
        services: addresses that it may ask, and what stands for each.
    """
    return _NAMED.sub(
        lambda found: found["before"] + f"<{services[found['address']]}>" if found["address"] in services else found[0], query
    )


def _is_small(capitals: str, limits: Limits) -> bool:
    """Whether a query, given in capitals, is within the limits and no update, even if every sign and word in it counted.

    Most are, and need not be cut into tokens.
    """
    if sum(map(capitals.count, BRACKETS)) > limits.depth or any(word in capitals for word in _UPDATES):
        return False
    return sum(map(capitals.count, (*OPERATORS, *PATTERNS))) <= limits.terms


def _never(query: str, services: Collection[str]) -> str | None:
    if _IN_NO_TEXT.search(query):
        return "The query holds a character that no text may hold (NUL, or half of a pair)."
    asked = [
        _NAMED.match(query, found.start())
        for found in _SERVICE.finditer(query)
        if not _VARIABLE.search(query, max(found.start() - _LONGEST_NAME, 0), found.start())
    ]
    if asked and not services:
        return "SERVICE is not offered: this endpoint asks no other. Ask the other one from your own client and join the answers there."
    if any(named is None or named["address"] not in services for named in asked):
        return f"SERVICE may ask only these, each written out between angle brackets: {' '.join(f'<{address}>' for address in services)}"
    return None


def _too_much(found: list[Token], limits: Limits) -> str | None:
    depth = max(accumulate((_STEPS.get(token.kind, 0) for token in found), initial=0))
    if depth > limits.depth:
        return f"The query nests {depth:,} brackets; at most {limits.depth:,} are taken (query_depth)."
    terms = sum(token.kind in ("operator", "pattern") for token in found)
    if terms > limits.terms:
        return f"The query has {terms:,} operators and patterns; at most {limits.terms:,} are taken (query_terms)."
    return None


def _is_update(found: list[Token]) -> bool:
    """Whether the first word after the prefixes is one of SPARQL Update."""
    words = (token for token in found if token.kind in ("name", "pattern") and ":" not in token.text)
    first = next((word.keyword for word in words if word.keyword not in ("PREFIX", "BASE")), "")
    return first in _UPDATES
