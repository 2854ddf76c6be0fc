"""Merges on which reviewers disagree: where they wait, who says what of them and why, and what ends them."""

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.withdrawal import Withdrawal, withdraw
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.cli import cli
from webapp.review import acts
from webapp.review.disputes import disputes

LEAS, EUROPOL, INTERPOL = f"body/{KEY}-spanish-leas", "body/europol", "body/interpol"
PAGE = f"/review/actors/merge?actor={LEAS}&other="


@pytest.fixture
def ben(sign_in: Callable[[str], Reviewer]) -> Reviewer:
    """Somebody else."""
    return sign_in("ben")


@pytest.fixture
def both(ana: Reviewer, ben: Reviewer) -> Reviewer:
    """Ana merges two actors, and Ben says that they are not the same; each with a reason."""
    ana.post("/review/actors/pair", act="merge", actor=LEAS, other=EUROPOL, note="one letterhead")
    ben.post("/review/actors/pair", act="split", actor=LEAS, other=EUROPOL, note="two <b>laws</b>")
    return ana


def test_it_waits_in_the_queue_before_all_claims_with_both_sides_and_their_reasons(both: Reviewer) -> None:
    page = both.page("/review/queue")
    section = page[page.index('id="merges"') : page.index('class="batch-bar"')]
    assert page.index('id="merges"') < page.index('name="card"')
    assert "What <bdi>Spanish LEAs</bdi> is" in section
    assert "<b>ana</b>: <bdi>Spanish LEAs</bdi> is <bdi>Europol</bdi>" in section
    assert "“<bdi>one letterhead</bdi>”" in section
    assert "<b>ben</b>: <bdi>Spanish LEAs</bdi> is not <bdi>Europol</bdi>" in section
    assert "“<bdi>two &lt;b&gt;laws&lt;/b&gt;</bdi>”" in section
    assert f'href="{PAGE}{EUROPOL}"' in unescape(section)


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ("?reason=dispute", True),
        (f"?profile={KEY}", True),
        ("?reason=recheck", False),
        ("?rule=anything", False),
    ],
)
def test_it_is_shown_where_disputes_are_asked_for(both: Reviewer, query: str, is_shown: bool) -> None:  # noqa: FBT001
    assert ('id="merges"' in both.page(f"/review/queue{query}")) == is_shown


def test_the_pages_of_both_actors_say_that_it_is_disputed_who_says_what_and_why(both: Reviewer) -> None:
    page = both.page(f"{PAGE}{EUROPOL}")
    section = page[page.index('id="dispute-1"') : page.index('class="sides"')]
    assert '<span class="state disputed">disputed</span>' in section
    assert "“<bdi>one letterhead</bdi>”" in section
    assert "“<bdi>two &lt;b&gt;laws&lt;/b&gt;</bdi>”" in section
    assert page.count("(disputed, so that nothing is merged)") == 2
    assert 'id="dispute-1"' not in both.page(f"{PAGE}{INTERPOL}")


def test_two_merges_with_different_actors_are_shown_with_each_other(ana: Reviewer, ben: Reviewer) -> None:
    ana.post("/review/actors/pair", act="merge", actor=LEAS, other=EUROPOL)
    ben.post("/review/actors/pair", act="merge", actor=LEAS, other=INTERPOL)
    for other in (EUROPOL, INTERPOL):
        page = ana.page(f"{PAGE}{other}")
        section = page[page.index('id="dispute-1"') : page.index('class="sides"')]
        assert ("is <bdi>Europol</bdi>" in section, "is <bdi>INTERPOL</bdi>" in section) == (True, True)


def test_two_that_others_would_make_one_are_disputed_with_who_holds_them_apart(ana: Reviewer, ben: Reviewer) -> None:
    unit = f"collective/{KEY}-law-enforcement-agencies"
    ana.post("/review/actors/pair", act="merge", actor=LEAS, other=EUROPOL)
    ana.post("/review/actors/pair", act="split", actor=LEAS, other=unit, note="some of them are of other countries")
    assert ana.office.redirects[LEAS] == EUROPOL
    ben.post("/review/actors/pair", act="merge", actor=unit, other=EUROPOL)
    assert (ana.office.redirects[LEAS], ana.office.redirects[unit]) == (LEAS, unit)
    page = ana.page("/review/queue")
    section = page[page.index('id="merges"') : page.index('class="batch-bar"')]
    assert section.count("some of them are of other countries") == 2
    assert "2 merges of actors on which reviewers disagree" in ana.page("/review")


def test_log_and_figures_tell_of_it(both: Reviewer) -> None:
    assert both.page("/review/log").count("disputed, so that nothing is merged") == 2
    assert "1 merge of actors</a> is disputed" in both.page("/review/figures")


@pytest.mark.parametrize("hidden", ["merge", "split"])
def test_a_side_with_withdrawn_words_is_not_shown_and_still_counts(
    hidden: str, folder: Path, ana: Reviewer, ben: Reviewer, tmp_path: Path
) -> None:
    words = "Spain co-drives the CSE EMPACT Group in Europol."
    for act, who in (("merge", ana), ("split", ben)):
        who.post("/review/actors/pair", act=act, actor=LEAS, other=EUROPOL, note=words if act == hidden else "one letterhead")
    withdraw(Withdrawal(f"profile/{KEY}", "asked for", "2026-11-25", words), folder, tmp_path / "other", tell=lambda _: None)
    ana.office.follow()
    (dispute,) = disputes(ana.office)
    assert [event.note for event in dispute.said] == ["one letterhead"]
    assert [acts.became(event, ana.office) for event in ana.events] == ["disputed, so that nothing is merged"] * 2


def test_a_split_from_the_other_end_says_that_it_is_disputed(ana: Reviewer, ben: Reviewer) -> None:
    ana.post("/review/actors/pair", act="merge", actor=LEAS, other=EUROPOL)
    ben.post("/review/actors/pair", act="split", actor=EUROPOL, other=LEAS)
    split = ben.events[-1]
    assert (acts.now(split, ben.office), acts.became(split, ben.office)) == ("disputed, so that nothing is merged",) * 2


@pytest.mark.usefixtures("both")
def test_the_shell_tells_of_it_to_programs_as_well(folder: Path) -> None:
    shown = CliRunner().invoke(cli, ["review", "queue", KEY, "--json", "--limit", "1", "--data", str(folder)])
    claim, dispute = json.loads(shown.stdout)
    assert claim["claim"]
    assert (dispute["waits"], dispute["actor"], dispute["name"]) == ("dispute", LEAS, "Spanish LEAs")
    assert [(one["by"], one["act"], one["note"]) for one in dispute["said"]] == [
        ("ana", "merge", "one letterhead"),
        ("ben", "split", "two <b>laws</b>"),
    ]


@pytest.mark.usefixtures("both")
def test_the_shell_tells_of_it(folder: Path) -> None:
    shown = CliRunner().invoke(cli, ["review", "queue", KEY, "--data", str(folder)])
    assert f"dispute  what {LEAS} (Spanish LEAs) is; decide with merge or split" in shown.output
    assert "one letterhead" in shown.output
    figures = CliRunner().invoke(cli, ["review", "figures", "--data", str(folder)])
    assert f"disputed merges: 1, of {LEAS}" in figures.output


@pytest.mark.parametrize("way", ["undo", "other"])
def test_who_gives_in_ends_it(both: Reviewer, ben: Reviewer, way: str) -> None:
    split = both.events[-1]
    if way == "undo":
        ben.post("/review/undo", event=split.id)
    else:
        ben.post("/review/actors/pair", act="merge", actor=LEAS, other=EUROPOL)
    assert both.office.redirects[LEAS] == EUROPOL
    assert disputes(both.office) == []
    assert 'id="merges"' not in both.page("/review/queue")
    assert "No merge of actors is disputed." in both.page("/review/figures")


def test_what_no_build_could_apply_is_refused_in_a_dispute_as_well(both: Reviewer, ben: Reviewer) -> None:
    for who in (both, ben):
        told = who.post("/review/actors/pair", 422, act="merge", actor=EUROPOL, other=LEAS).text
        assert "the authority files hold it" in told
    assert [event.act for event in both.events] == ["merge", "split"]
