"""What decisions say of rules, reviewers and documents, as a page and on the shell: each figure is what it is called."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from graph import vocabulary
from graph.decisions import events, log
from graph.decisions.events import Event
from graph.decisions.figures import ENOUGH_REVIEWED, ENOUGH_SHARED
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from graph.errors import RuleError
from graph.extraction import rulebook
from graph.extraction.rules import Rules
from tests.few_rules import RULES
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.cli import cli
from webapp.review.measures import stated

SignIn = Callable[[str], Reviewer]


def judged(by: str, right: int, wrong: int, rule: str = "member-of") -> list[Event]:
    """Decisions of a reviewer on what a rule proposed: the first ones right, the others wrong."""
    made = []
    for number in range(right + wrong):
        target = End(reference=f"body/{KEY}-{number}", name=f"Agency {number}", kind="public-agency")
        claim = ClaimRecord.of(KEY, End(reference="country/ESP", name="Spain"), "memberOf", target)
        found = EvidenceRecord(quote="so", start=0, end=2, sentences=(f"{KEY}-{number}",), rule=rule, version="1", confidence=0.5)
        made.append(events.new("accept" if number < right else "reject", by, events.now(), profile=KEY, claim=claim, evidence=found))
    return made


def cells(page: str, head: str) -> str:
    """The text of the row with this head."""
    found = re.search(rf'<tr><th scope="row">(?:<code>)?{re.escape(head)}(?:</code>)?</th>(.*?)</tr>', page, re.DOTALL)
    assert found, page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split())


def record(ana: Reviewer, folder: Path, made: list[Event]) -> str:
    """The page when these are recorded."""
    log.record(folder / "decisions", made)
    ana.office.follow()
    assert ana.office.table(KEY)
    return ana.page("/review/figures")


def test_where_nothing_is_reviewed_the_page_has_priors_and_calls_them_so(ana: Reviewer) -> None:
    page = ana.page("/review/figures")
    for words in ("Nothing is reviewed yet", "No two reviewers have judged", f"{len(RULES)} rules of which nothing is reviewed"):
        assert words in page
    assert page.count('<span class="quiet">prior 0.90</span>') == len(RULES)
    assert "measured</span>" not in page


def test_a_confidence_is_a_prior_until_twenty_are_reviewed_and_then_measured(folder: Path, ana: Reviewer) -> None:
    page = record(ana, folder, judged("ana", 17, 2))
    assert cells(page, "member-of") == "17 2 0 0 0.89 (0.69 to 0.97) 0.90 prior 1 more to measure it"
    assert "measured</span>" not in page
    page = record(ana, folder, judged("ana", 18, 2)[17:18] + judged("ana", 18, 2)[19:])
    assert cells(page, "member-of") == "18 2 0 0 0.90 (0.70 to 0.97) 0.70 measured"
    assert f"until {ENOUGH_REVIEWED} of its proposals are reviewed" in page


def test_disputed_proposals_stand_apart(sign_in: SignIn, ana: Reviewer) -> None:
    card = ana.card("co-drives")
    ana.decide("accept", card)
    sign_in("ben").decide("reject", card)
    page = ana.page("/review/figures")
    assert cells(page, "co-drives") == "0 0 1 0 none yet 0.90 prior 20 more to measure it"


def test_reviewers_agree_by_a_number_or_the_page_says_why_there_is_none(folder: Path, ana: Reviewer) -> None:
    page = record(ana, folder, [*judged("ana", 5, 4), *judged("ben", 4, 5)])
    assert cells(page, "ana, ben") == f"4 1 0 4 none: ana and ben share 9 judgements, and {ENOUGH_SHARED} are needed"
    page = record(ana, folder, [*judged("ana", 6, 4), *judged("ben", 4, 6)])
    assert "none" not in cells(page, "ana, ben")


def test_coverage_is_told_for_each_document_and_section(ana: Reviewer) -> None:
    ana.decide("accept", ana.card("co-drives"))
    page = ana.page("/review/figures")
    total = len(ana.office.table(KEY).laid.proposals)
    assert re.search(rf'<code>{KEY}</code></th><td class="number">1</td><td class="number">{total}</td>', page)
    assert f"<summary>Sections of {KEY}</summary>" in page
    assert cells(page, "<bdi>Participation in European/ international networks, working groups, etc.</bdi>").startswith("1 ")


def test_what_is_not_read_is_told_and_left_out(folder: Path, ana: Reviewer) -> None:
    (folder / "profiles" / "broken-2018-cse.txt").write_bytes(b"\xff\xfe\x00")
    ana.office.follow()
    page = ana.page("/review/figures")
    assert "Without 1 profile that is still being read or cannot be read." in page
    assert "<code>broken-2018-cse</code>" not in page


def test_a_rule_of_a_hostile_name_is_words(folder: Path, ana: Reviewer) -> None:
    page = record(ana, folder, judged("ana", 1, 0, "<script>alert(1)</script>" + "x" * 275))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_rules_that_cannot_be_read_are_told_and_the_rest_goes_on(folder: Path, ana: Reviewer) -> None:
    ana.decide("accept", ana.card("co-drives"))
    (folder / "rules/en/relations.yaml").write_text("rules: [", encoding="utf-8")
    page = ana.page("/review/figures")
    assert "no valid YAML" in page
    assert "1 0 0 0 1.00" in cells(page, "co-drives")


def test_the_priors_are_those_of_the_compiled_rules(folder: Path, data: Path) -> None:
    compiled = Rules(rulebook.read(folder / "rules", "en"), vocabulary.load())
    assert stated(folder / "rules") == {rule.id: rule.confidence for rule in compiled.rules}
    assert stated(data / "rules")["hosts-people"] == 0.6


def test_where_languages_state_different_priors_the_mean_counts(tmp_path: Path) -> None:
    for language, confidence in (("en", "0.6"), ("es", "0.8")):
        (tmp_path / language).mkdir()
        for name in rulebook.FILES:
            (tmp_path / language / f"{name}.yaml").write_text("{}", encoding="utf-8")
        (tmp_path / language / "relations.yaml").write_text(f"rules: [{{id: leads, confidence: {confidence}}}]", encoding="utf-8")
    assert stated(tmp_path) == {"leads": pytest.approx(0.7)}
    (tmp_path / "es/relations.yaml").write_text("rules: [{id: leads, confidence: much}]", encoding="utf-8")
    with pytest.raises(RuleError, match="'leads' has the confidence 'much'"):
        stated(tmp_path)


def run(folder: Path, *arguments: str) -> str:
    """What the command prints."""
    ended = CliRunner().invoke(cli, ["review", "figures", *arguments, "--data", str(folder)])
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def test_the_shell_tells_the_same(folder: Path) -> None:
    assert "nothing is reviewed that a rule proposed" in run(folder)
    log.record(folder / "decisions", [*judged("ana", 18, 2), *judged("ben", 3, 2)])
    told = run(folder)
    assert re.search(r"member-of +16 +2 +2 +0 +0\.89 \(0\.67 to 0\.97\) +0\.90 prior", told)
    assert "none: ana and ben share 5 judgements" in told
    assert re.search(rf"{KEY} +0 +8 +all of it", told)
    found = json.loads(run(folder, "--json"))
    rules = {rule["rule"]: rule for rule in found["rules"]}
    assert (rules["member-of"]["confidence_is"], rules["member-of"]["disputed"]) == ("prior", 2)
    assert rules["co-drives"] == {
        "rule": "co-drives", "right": 0, "wrong": 0, "disputed": 0, "refused": 0, "precision": None, "interval": None, "prior": 0.9, "confidence": 0.9, "confidence_is": "prior",
    }  # fmt: skip
    assert found["agreements"][0]["kappa"] is None
    assert "share 5 judgements" in found["agreements"][0]["reason"]
    assert found["documents"][0]["proposed"] == sum(section["proposed"] for section in found["documents"][0]["sections"]) == 8
    log.record(folder / "decisions", judged("ben", 18, 2))
    assert json.loads(run(folder, "--json"))["rules"][0]["confidence_is"] == "measured"


def test_nobody_reads_it_without_a_session(desk: Flask) -> None:
    assert Reviewer(desk).client.get("/review/figures").location == "/review?next=/review/figures"
