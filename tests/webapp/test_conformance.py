"""The command that runs the W3C suites tells what passes, what the engine does otherwise, and what the service has broken."""

from pathlib import Path

import pytest

from tests import conformance

MANIFEST = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
<> mf:include ( <small/manifest.ttl> ) .
"""
SMALL = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
<> mf:entries ( <#right> <#wrong> <#syntax> ) .
<#right> a mf:QueryEvaluationTest ; mf:name "right" ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <right.srx> .
<#wrong> a mf:QueryEvaluationTest ; mf:name "wrong" ; mf:action [ qt:query <q.rq> ; qt:data <d.ttl> ] ; mf:result <wrong.srx> .
<#syntax> a mf:NegativeSyntaxTest11 ; mf:name "syntax" ; mf:action <bad.rq> .
"""
RESULT = """<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="o"/></head>
<results><result><binding name="o"><bnode>x</bnode></binding></result><result><binding name="o"><uri>{}</uri></binding></result></results></sparql>"""
PROTOCOL = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
<#query_get> a mf:ProtocolTest . <#query_unheard_of> a mf:ProtocolTest . <#update_post_form> a mf:ProtocolTest .
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite of three tests, of which one expects what is wrong."""
    files = {
        "manifest-all.ttl": MANIFEST,
        "small/manifest.ttl": SMALL,
        "small/q.rq": "SELECT ?o { <s> ?p ?o }",
        "small/d.ttl": "<s> <p> <o>, [] .",
        "small/right.srx": RESULT.format((tmp_path / "small" / "o").as_uri()),
        "small/wrong.srx": RESULT.format("https://example.org/other"),
        "small/bad.rq": "SELECT ?o {",
        "protocol/manifest.ttl": PROTOCOL,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_each_test_of_a_suite_gets_its_verdict(suite: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert conformance.main(suite) == 1  # a protocol test has no row
    told = capsys.readouterr().out
    assert "2 passed, 1 as the engine" in told
    assert "as the engine: small/q.rq (wrong)" in told
    assert "protocol tests without a row: query_unheard_of" in told


def test_what_the_service_changes_is_broken(suite: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conformance.Service, "ask", lambda *_: (200, b'{"head":{"vars":[]},"results":{"bindings":[]}}'))
    assert conformance.main(suite) == 1
    assert "3 broken" in capsys.readouterr().out
