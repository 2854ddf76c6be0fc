"""What is refused before anything parses it, and that looking takes no longer than the query is long."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.config import Config
from webapp.live import limits
from webapp.pool import guard
from webapp.pool.guard import refusal
from webapp.pool.tokens import tokens

LIMITS = limits(Config())
PIECES = [
    "%",
    "?",
    ":",
    "@",
    "a-",
    "1.",
    "'''",
    '"""a',
    '"\n',
    "<",
    "<a",
    "#",
    "\\",
    "'\\",
    '"""\\',
    "é",
    "[",
    "''",
    "a..",
    "\"'",
    "SERVICE",
    "service:",
]


@pytest.mark.cases("guard")
def test_a_query_is_refused_with_a_reason_or_let_through(case: dict[str, str]) -> None:
    reason = refusal(case["query"], LIMITS)
    assert reason is None if not case["says"] else reason and case["says"] in reason


def test_half_of_a_pair_of_characters_is_refused() -> None:
    assert refusal('SELECT * { ?s ?p "\ud800" }', LIMITS)


@given(st.text() | st.lists(st.sampled_from([*PIECES, "{", "}", "(", ")", "SELECT", "\n", " "])).map("".join))
def test_any_text_can_be_judged(query: str) -> None:
    refusal(query, LIMITS)


@pytest.mark.parametrize("piece", PIECES)
def test_each_character_belongs_to_one_token_at_most(piece: str) -> None:
    query = piece * (LIMITS.query_bytes // len(piece.encode()))
    assert sum(len(token.text) for token in tokens(query)) <= len(query)


@given(
    st.lists(st.sampled_from([*PIECES, "{", "}", "(", ")", "+", "||", "FILTER", "select", "INSERT", "a", "\n", " "])).map("".join),
    st.integers(1, 8),
)
def test_a_query_that_is_small_at_a_glance_is_small(query: str, most: int) -> None:
    """What is let through without being cut into tokens is what would be let through with it."""
    limits = replace(LIMITS, depth=most, terms=most)
    if refusal(query, limits) is None:
        found = list(tokens(query))
        assert guard._too_much(found, limits) is None  # noqa: SLF001  # the slower way
        assert not guard._is_update(found)  # noqa: SLF001
