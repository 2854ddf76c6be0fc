"""What publishing would change, and a publication: a process of its own, one at a time, that leaves a good release alone if it fails."""

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask

from graph import cache
from graph.build import build
from graph.decisions import events
from graph.release import Releases
from tests.webapp.review.conftest import KEY, Reviewer
from webapp import create_app
from webapp.config import Config
from webapp.review.effect import Effect, Standing, effect, released_claims

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "effects.yaml").read_text(encoding="utf-8"))
PATIENCE = 120


def standing(told: str) -> Standing:
    """A claim of a case."""
    document, key, state, edge = told.split()
    subject, relation, target = edge.split(",") if edge != "-" else ("", "", "")
    return Standing(
        document if "/" in document else f"profile/{document}", key, key, state, (subject, relation, target) if subject else None
    )


def told(found: Effect) -> dict[str, list[str]]:
    """An effect as a case tells it; what is empty is left out."""
    parts = {name: [one.claim.key for one in getattr(found, name)] for name in ("new", "gone", "changed")}
    parts |= {name: [",".join(edge) for edge in getattr(found, name)] for name in ("edges_added", "edges_removed")}
    parts |= {name: list(getattr(found, name)) for name in ("profiles_added", "profiles_gone")}
    return {name: values for name, values in parts.items() if values}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_effect_is(case: dict[str, Any]) -> None:
    desk = {key: [standing(one) for one in claims] for key, claims in case["desk"].items()}
    found = effect(desk, [standing(one) for one in case["released"]], case.get("held", ["a"]), case.get("here", ["a"]))
    assert told(found) == case["expect"]
    assert found.is_empty is (not case["expect"])


@pytest.fixture
def published(folder: Path, kept: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application over a release of the small folder itself."""
    releases = tmp_path / "own"
    (releases / "cache").mkdir(parents=True)
    kept.mkdir(exist_ok=True)
    (releases / "cache" / "extractions").symlink_to(kept)
    build(folder, releases, tell=lambda _: None)
    made = create_app(Config(data=folder, releases=releases, reviewers=tmp_path / "reviewers.json"))
    yield made
    made.extensions["room"].close()
    made.extensions["live"].close()


@pytest.fixture
def reviewer(published: Flask) -> Reviewer:
    """Somebody before that release."""
    made = Reviewer(published, "ana")
    assert made.office.table(KEY)
    return made


def ended(reviewer: Reviewer) -> str:
    """The page once no publication is under way."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        answer = reviewer.client.get("/review/publish")
        if "Refresh" not in answer.headers:
            return answer.text
        time.sleep(0.5)
    pytest.fail("the publication does not end")


def test_a_release_of_the_desk_itself_changes_nothing(reviewer: Reviewer) -> None:
    page = reviewer.page("/review/publish")
    assert "Nothing would change." in page
    assert "Publish all the same" in page


def test_the_page_shows_what_a_decision_would_change_and_publishing_does_it(reviewer: Reviewer) -> None:
    card = reviewer.card("co-drives")
    reviewer.decide("accept", card)
    page = reviewer.page("/review/publish")
    assert "1 decision since that release: ana 1" in page
    assert re.search(r"Claims that would stand <span class=\"count\">1</span>", page)
    assert re.search(r"Edges that the graph would have more <span class=\"count\">1</span>", page)
    assert f"/review/sentence/{KEY}/" in page
    config = reviewer.app.extensions["config"]
    before = Releases(config.releases).current_id()
    assert reviewer.post("/review/publish").location == "/review/publish"
    running = reviewer.client.get("/review/publish")
    assert running.headers.get("Refresh") == "2"
    assert "is publishing already" in reviewer.post("/review/publish", 422).text
    page = ended(reviewer)
    assert "Published in " in page
    release = Releases(config.releases).current()
    assert release.id != before
    claims = {one.key: one for one in released_claims(release.view, release.iris)}
    assert claims[card.unit.claim].state == "accepted"
    assert claims[card.unit.claim].edge == ("country/ESP", "coDrives", card.claim.object.reference)
    time.sleep(1.1)  # the server looks once a second
    assert release.id in reviewer.page("/review/publish")


def test_a_build_that_is_refused_leaves_the_release_and_says_why(reviewer: Reviewer, folder: Path) -> None:
    (folder / "claims").mkdir(exist_ok=True)
    (folder / "claims" / f"{KEY}.yaml").write_text(f"profile: {KEY}\nclaims:\n  - claim: nonsense\n", encoding="utf-8")
    releases = Releases(reviewer.app.extensions["config"].releases)
    before = releases.current_id()
    reviewer.app.extensions["room"].publisher.start("ana")
    publisher = reviewer.app.extensions["room"].publisher
    until = time.monotonic() + PATIENCE
    while publisher.latest.is_running and time.monotonic() < until:
        time.sleep(0.2)
    assert publisher.latest.outcome.startswith("Nothing was published")
    assert any(f"{KEY}.yaml" in line for line in publisher.latest.lines)
    assert releases.current_id() == before


def test_a_build_that_is_killed_is_told_and_can_be_repeated(reviewer: Reviewer) -> None:
    reviewer.decide("accept", reviewer.card("co-drives"))
    releases = Releases(reviewer.app.extensions["config"].releases)
    before = releases.current_id()
    reviewer.post("/review/publish")
    process = reviewer.app.extensions["room"].publisher._run.process  # noqa: SLF001  # to end it by its id
    os.kill(process.pid, signal.SIGKILL)
    assert "ended from outside (signal 9)" in ended(reviewer)
    assert releases.current_id() == before
    reviewer.post("/review/publish")
    assert "Published in " in ended(reviewer)
    assert releases.current_id() != before


def test_a_publication_ends_with_the_server(reviewer: Reviewer) -> None:
    reviewer.post("/review/publish")
    publisher = reviewer.app.extensions["room"].publisher
    publisher.close()
    assert not publisher.latest.is_running
    assert (reviewer.app.extensions["config"].releases / cache.PUBLISHING).is_file()


def test_decisions_of_the_second_of_the_release_count_as_later(reviewer: Reviewer) -> None:
    built = reviewer.app.extensions["live"].serving().release.manifest["built"]
    card = reviewer.card("co-drives")
    at = f"{built[:19]}.000000Z"
    reviewer.office.record([events.new("accept", "ben", at, profile=KEY, claim=card.claim, evidence=card.evidence)])
    assert "1 decision since that release: ben 1" in reviewer.page("/review/publish")
