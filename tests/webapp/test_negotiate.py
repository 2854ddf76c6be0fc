"""Which format a client gets: the rows of `cases/accept.csv`, and `?format=`."""

import pytest
from flask import Request
from werkzeug.exceptions import NotAcceptable
from werkzeug.test import EnvironBuilder

from webapp.negotiate import not_acceptable, prefers_html, wanted
from webapp.pool.answers import GRAPHS, RESULTS


def request(accept: str = "", query: str = "") -> Request:
    """A request with this header and these parameters."""
    return Request(EnvironBuilder(headers={"Accept": accept} if accept else {}, query_string=query).get_environ())


@pytest.mark.cases("accept")
def test_the_quality_of_a_type_is_that_of_the_most_specific_range(case: dict[str, str]) -> None:
    results, graph = (wanted(request(case["accept"]), formats.values(), next(iter(formats.values()))) for formats in (RESULTS, GRAPHS))
    assert (results.name if results else "") == case["results"]
    assert (graph.name if graph else "") == case["graph"]
    assert prefers_html(request(case["accept"])) == (case["html"] == "yes")


@pytest.mark.parametrize("name", ["csv", "text/csv"])
def test_the_parameter_format_wins_over_the_header(name: str) -> None:
    asked = request("text/html, application/sparql-results+json", f"format={name}")
    assert wanted(asked, RESULTS.values(), RESULTS["json"]) == RESULTS["csv"]
    assert not prefers_html(asked)


def test_an_unknown_format_is_none() -> None:
    assert wanted(request(query="format=doc"), RESULTS.values(), RESULTS["json"]) is None


def test_what_exists_is_listed() -> None:
    with pytest.raises(NotAcceptable, match=r"text/turtle \(\?format=ttl\)"):
        not_acceptable(GRAPHS.values())
