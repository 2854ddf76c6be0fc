"""What publishing would change, and a publication: a process of its own, one at a time, that leaves a good release alone if it fails."""

import os
import re
import signal
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask

from graph import cache, inputs
from graph.decisions import events, log
from graph.decisions.events import Event
from graph.decisions.records import ClaimRecord
from graph.release import Releases
from graph.text import sha256
from tests.conftest import Keep
from tests.webapp.review.conftest import KEY, Reviewer
from tests.webapp.review.small import with_release
from webapp import create_app
from webapp.config import Config
from webapp.review.effect import Compared, Standing, effect, released
from webapp.review.later import later
from webapp.review.publisher import Publication, Publisher

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "effects.yaml").read_text(encoding="utf-8"))
PATIENCE = 240


def standing(told: str) -> Standing:
    """A claim of a case."""
    document, key, state, edge, *evidence = told.split()
    subject, relation, target = edge.split(",") if edge != "-" else ("", "", "")
    return Standing(
        document if "/" in document else f"profile/{document}",
        key,
        key,
        state,
        (subject, relation, target) if subject else None,
        evidence=frozenset("".join(evidence or "e").split("+")),
    )


def side(given: dict[str, Any]) -> Compared:
    """One side of a case."""
    other = {(f"profile/{name.split()[0]}", name.split()[1]): state for name, state in given.get("other", {}).items()}
    parts = {name: given[name] for name in ("merges", "complete", "files") if name in given}
    return Compared(given.get("profiles", ["a"]), [standing(one) for one in given["claims"]], other=other, **parts)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_effect_is(case: dict[str, Any]) -> None:
    found = effect(side(case["release"]), side(case["desk"]), case["desk"].get("unread", ()))
    told: dict[str, list[str]] = {
        name: [f"{one.claim.key}: {one.how}" for one in getattr(found, name)] for name in ("new", "gone", "changed")
    }
    told |= {name: [",".join(edge) for edge in getattr(found, name)] for name in ("edges_added", "edges_removed")}
    told |= {name: [" ".join(pair) for pair in getattr(found, name)] for name in ("merged", "split")}
    told |= {name: list(values) for name, values in vars(found).items() if name not in told}
    assert {name: values for name, values in told.items() if values} == case["expect"]
    assert found.is_empty is (not case["expect"])


@pytest.fixture
def own(data: Path, keep: Keep) -> Path:
    """A small data folder, and a release of it."""
    return keep("publishing", lambda folder: with_release(data, folder))


@pytest.fixture
def desk(own: Path) -> Iterator[Flask]:
    """The application over that release, instead of the shipped one."""
    made = create_app(Config(data=own / "data", releases=own / "releases", reviewers=own / "reviewers.json"))
    yield made
    made.extensions["room"].close()
    made.extensions["live"].close()


def publisher(reviewer: Reviewer) -> Publisher:
    """What publishes."""
    found = reviewer.app.extensions["room"].publisher
    assert isinstance(found, Publisher)
    return found


def ended(reviewer: Reviewer) -> str:
    """The page once no publication is under way."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not reviewer.client.get("/review/publish/state").json["waits"]:
            return unescape(reviewer.page("/review/publish"))
        time.sleep(0.3)
    pytest.fail("the publication does not end")


def current(reviewer: Reviewer) -> str | None:
    """Id of the release that is current."""
    return Releases(reviewer.app.extensions["config"].releases).current_id()


def record(reviewer: Reviewer, *made: Event) -> None:
    """Write decisions, whatever the page would say of them."""
    log.record(reviewer.app.extensions["config"].data / "decisions", made)
    reviewer.office.follow()
    assert reviewer.office.table(KEY)


def test_a_release_of_the_desk_itself_changes_nothing(ana: Reviewer) -> None:
    page = ana.page("/review/publish")
    assert "Nothing would change." in page
    assert "Publish all the same" in page
    assert "since that release" not in page


def test_the_page_shows_what_a_decision_would_change_and_publishing_does_it(ana: Reviewer) -> None:
    card = ana.card("co-drives")
    ana.decide("accept", card)
    page = ana.page("/review/publish")
    assert "1 decision since that release: ana 1" in page
    assert re.search(r"Claims that would stand <span class=\"count\">1</span>", page)
    assert re.search(r"Edges that the graph would have more <span class=\"count\">1</span>", page)
    assert "Spain co-drives EMPACT project on child sexual exploitation" in page
    assert f"/review/sentence/{KEY}/" in page
    before = current(ana)
    assert ana.post("/review/publish").location == "/review/publish"
    running = ana.client.get("/review/publish")
    assert "Refresh" not in running.headers
    assert "http-equiv" not in running.text
    assert '<a class="go" href="/review/publish">Look again</a>' in running.text
    assert 'data-state="/review/publish/state"' in running.text
    assert "Under way for" in running.text
    assert ana.client.get("/review/publish/state").json == {"waits": True, "told": ""}
    assert "is publishing already" in ana.post("/review/publish", 422).text
    page = ended(ana)
    after = current(ana)
    assert after != before
    assert f"as release {after}." in page
    assert "Look again" not in page
    assert f"as release {after}." in ana.client.get("/review/publish/state").json["told"]
    assert f"against release <code>{after}</code>" in page, "the server has moved to it"
    assert "Nothing would change." in page
    release = Releases(ana.app.extensions["config"].releases).current()
    claims = {one.key: one for one in released(release.view, release.iris)[0]}
    assert claims[card.unit.claim].state == "accepted"
    assert claims[card.unit.claim].edge == ("country/ESP", "coDrives", card.claim.object.reference)
    assert claims[card.unit.claim].evidence == {card.id}
    ana.decide("reject", ana.card("co-drives"))
    page = ana.page("/review/publish")
    assert "Claims that would stand no longer" in page
    assert "accepted → rejected" in page


def test_a_build_that_a_shape_refuses_is_told_with_the_claim_and_leaves_the_release(ana: Reviewer) -> None:
    card, before = ana.card("co-drives"), current(ana)
    made = ClaimRecord.of(KEY, card.claim.object, "signed", card.claim.subject)
    record(ana, events.new("add", "ben", events.now(), profile=KEY, claim=made, evidence=card.evidence))
    ana.post("/review/publish")
    page = ended(ana)
    assert "Nothing was published" in page
    assert "the former release stays" in page
    assert "Only a state or a body can bind itself" in page
    reasons = page[page.index("Why nothing was published") : page.index("What the build said")]
    assert re.search(rf'<a href="/review/sentence/{KEY}/[^"]+"><bdi>EMPACT', reasons), "the claim has a way to its sentence"
    assert current(ana) == before


def test_a_side_car_that_cannot_be_read_is_told(ana: Reviewer) -> None:
    folder, before = ana.app.extensions["config"].data, current(ana)
    (folder / "claims").mkdir()
    (folder / "claims" / f"{KEY}.yaml").write_text(f"profile: {KEY}\nclaims:\n  - claim: nonsense\n", encoding="utf-8")
    publisher(ana).start("ana")
    while (latest := publisher(ana).latest) and latest.is_running:
        time.sleep(0.2)
    assert latest
    assert latest.outcome.startswith("Nothing was published")
    assert f"{KEY}.yaml" in latest.reasons[0]
    assert current(ana) == before


def test_a_build_that_is_killed_is_told_and_can_be_repeated(ana: Reviewer) -> None:
    ana.decide("accept", ana.card("co-drives"))
    before = current(ana)
    ana.post("/review/publish")
    os.kill(pid(ana), signal.SIGKILL)
    assert "The build was killed (signal 9)" in ended(ana)
    assert current(ana) == before
    ana.post("/review/publish")
    assert "Published in " in ended(ana)
    assert current(ana) != before


def pid(reviewer: Reviewer) -> int:
    """The id of the process that builds."""
    run = publisher(reviewer)._run  # noqa: SLF001  # to end it, and to look at it, by its id
    assert run
    return run.process.pid


def held_open(number: int) -> Iterator[str]:
    """What a process has open; it opens and closes files while one looks."""
    for path in Path(f"/proc/{number}/fd").iterdir():
        with suppress(FileNotFoundError):
            yield str(path.readlink())


def test_the_process_comes_last_shares_no_socket_and_ends_with_the_server(ana: Reviewer) -> None:
    ana.post("/review/publish")
    number, until = pid(ana), time.monotonic() + PATIENCE
    while os.getpriority(os.PRIO_PROCESS, number) == os.getpriority(os.PRIO_PROCESS, 0):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert [path for path in held_open(number) if path.startswith("socket:")] == []
    publisher(ana).close()
    latest = publisher(ana).latest
    assert latest
    assert latest.outcome.startswith("The build was ended after")
    assert not Path(f"/proc/{number}").exists()
    assert (ana.app.extensions["config"].releases / cache.PUBLISHING).is_file()
    assert "the server is ending" in ana.post("/review/publish", 422).text


def test_of_very_many_lines_only_the_last_are_read(ana: Reviewer) -> None:
    path = ana.app.extensions["config"].releases / cache.PUBLISHING
    with path.open("wb") as lines:
        lines.truncate(2**28)
        lines.seek(2**28)
        lines.write(b"\nthe end\n")
    tracemalloc.start()
    told = publisher(ana)._lines()  # noqa: SLF001  # what is shown while a build runs
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (told[-1], peak < 2**24) == ("the end", True)


def test_the_process_ends_however_the_server_does(ana: Reviewer) -> None:
    ana.post("/review/publish")
    run = publisher(ana)._run  # noqa: SLF001
    assert run
    assert run.process.stdin
    run.process.stdin.close()  # as the kernel does with what a killed process held
    assert run.process.wait(PATIENCE) == -signal.SIGTERM


def test_a_folder_that_cannot_be_written_is_said_so(ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    page = ana.page("/review/publish")
    assert "nothing can be published from here" in page
    assert "<button>Publish" not in page
    assert "cannot be written" in ana.post("/review/publish", 422).text


def test_a_profile_that_a_build_would_refuse_to_drop_is_named(ana: Reviewer) -> None:
    (ana.app.extensions["config"].data / "profiles" / f"{KEY}.txt").write_bytes(b"\xff\xfe")
    ana.office.follow()
    with pytest.raises(Exception, match="UTF-8"):
        ana.office.table(KEY)
    page = ana.page("/review/publish")
    assert f"{KEY} can no longer be read" in page
    assert "Profiles with another document" in page


def test_a_publication_needs_a_form_of_this_session(ana: Reviewer) -> None:
    assert ana.client.post("/review/publish").status_code == 403
    assert publisher(ana).latest is None


@pytest.mark.parametrize(
    ("status", "lines", "told"),
    [
        (None, ["authority   3 actors"], "Under way for 2 s."),
        (0, ["release     3f9a1c2b4d5e with 9 triples is the current one"], "Published in 2.0 s, as release 3f9a1c2b4d5e."),
        (0, [], "Published in 2.0 s."),
        (1, ["liaison: a: b.", ""], "Nothing was published, after 2.0 s; the former release stays."),
        (1, ["Traceback"], "The build failed (status 1) after 2.0 s; the former release stays. Report its last lines."),
        (-9, ["liaison"], "The build was killed (signal 9) after 2.0 s; the former release stays. Publish again."),
        (-15, [], "The build was ended after 2.0 s; the former release stays. Publish again."),
    ],
)
def test_how_a_publication_fares_is_said_in_a_sentence(status: int | None, lines: list[str], told: str) -> None:
    assert Publication("ana", "2026-11-25T09:00:00+00:00", 2.0, status, lines).outcome == told


def event(number: int, at: str = "2026-11-25T09:00:00.000000Z") -> Event:
    """A decision."""
    return events.new("complete", f"r{number}", at, profile=KEY, text_hash=f"{number:064x}")


@pytest.fixture
def decided(tmp_path: Path) -> Callable[..., list[str]]:
    """Tells who decided since a release that has the first `known` decisions of a file that holds all of them."""

    def tell(content: Callable[[list[Event]], bytes], known: int, total: int, built: str = "2026-11-25T10:00:00+00:00") -> list[str]:
        made = [event(number) for number in range(total)]
        path = tmp_path / "decisions" / f"{KEY}.jsonl"
        path.parent.mkdir()
        path.write_bytes(b"".join(one.line for one in made[:known]))
        before = inputs.Inputs(tmp_path, (), ()).hashes
        path.write_bytes(content(made))
        return [one.by for one in later(path.parent, made, before, built)]

    return tell


def lines(made: list[Event]) -> bytes:
    """A file to which lines were added."""
    return b"".join(one.line for one in made)


@pytest.mark.parametrize(("known", "total", "told"), [(0, 0, []), (2, 2, []), (2, 4, ["r2", "r3"]), (0, 2, ["r0", "r1"])])
def test_what_stands_behind_what_a_release_has_read_came_later(
    known: int, total: int, told: list[str], decided: Callable[..., list[str]]
) -> None:
    assert decided(lines, known, total) == told, "whatever the clock said"


def test_a_line_that_was_cut_off_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "decisions" / f"{KEY}.jsonl"
    path.parent.mkdir()
    cut, fresh = b'{"format": 1', event(1)
    path.write_bytes(cut + b"\n" + fresh.line)
    assert later(path.parent, [fresh], {f"decisions/{KEY}.jsonl": sha256(cut)}, "2030-01-01T00:00:00+00:00") == [fresh]


def test_where_another_file_was_put_in_its_place_the_times_decide(decided: Callable[..., list[str]]) -> None:
    assert decided(lambda made: lines(made[::-1]), 1, 3) == []


def test_of_a_file_in_another_order_what_is_younger_than_the_release_came_later(decided: Callable[..., list[str]]) -> None:
    assert decided(lambda made: lines(made[::-1]), 1, 3, built="2026-11-25T08:59:59+00:00") == ["r0", "r1", "r2"]


def test_a_file_that_the_release_has_not_read_is_all_new(tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / f"{KEY}.jsonl").write_bytes(event(1).line)
    assert later(tmp_path / "decisions", [event(1)], {}, "2030-01-01T00:00:00+00:00") == [event(1)]


@pytest.mark.parametrize(("ago", "is_coming"), [(1.0, True), (60.0, False)])
def test_a_release_that_the_server_cannot_open_is_not_waited_for_without_end(
    ago: float, *, is_coming: bool, ana: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["release     0123456789ab with 3 triples is the current one"]
    monkeypatch.setattr(Publisher, "latest", Publication("ana", "2026-11-25T09:00:00+00:00", 2.0, 0, lines, ago))
    monkeypatch.setattr(Releases, "current_id", lambda _: "0123456789ab")
    assert ana.client.get("/review/publish/state").json["waits"] is is_coming
    assert ("<button>Publish" in ana.page("/review/publish")) is not is_coming
