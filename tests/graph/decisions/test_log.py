"""The files: what was acknowledged is there, whatever happens; whoever reads never waits."""

import errno
import fcntl
import json
import os
import resource
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from graph.decisions import events, log
from graph.decisions.events import LONGEST_LINE, Event, parse
from graph.errors import DecisionError
from tests.graph.decisions.making import PROFILE, act, claim, pair

FAULTS = Path(__file__).parent / "faults.py"
ROOT = Path(__file__).parents[3]
FIRST, SECOND, THIRD = act("accept", "ana", 1), act("reject", "ben", 2), act("accept", "cyd", 3)
FILE = f"{PROFILE}.jsonl"


def test_what_was_recorded_is_read_in_order_of_time(tmp_path: Path) -> None:
    merge = pair("merge", "ana", 0, "spanish-police", "es-cnp")
    log.record(tmp_path / "decisions", [THIRD, FIRST])
    log.record(tmp_path / "decisions", [SECOND, merge])
    found = log.read(tmp_path / "decisions")
    assert found.events == (merge, FIRST, SECOND, THIRD)
    assert (found.lines, found.repeated, found.aside) == (4, 0, ())
    assert found.of(PROFILE) == (FIRST, SECOND, THIRD)
    assert sorted(path.name for path in (tmp_path / "decisions").iterdir()) == ["_actors.jsonl", FILE]


def test_where_nobody_decided_nothing_is_read(tmp_path: Path) -> None:
    assert log.read(tmp_path / "decisions") == log.Recorded()
    (tmp_path / FILE).write_bytes(b"\n \n\r\n")
    assert log.read(tmp_path) == log.Recorded()


def test_an_event_recorded_again_is_one_event(tmp_path: Path) -> None:
    log.record(tmp_path, [FIRST])
    log.record(tmp_path, [FIRST, SECOND])
    found = log.read(tmp_path)
    assert (found.events, found.lines, found.repeated) == ((FIRST, SECOND), 3, 1)


def test_a_spoilt_line_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    long = b'{"note":"' + b"x" * (3 * LONGEST_LINE) + b'"}\n'
    (tmp_path / FILE).write_bytes(FIRST.line + b"{}\n\n" + long + SECOND.line[:30])
    log.record(tmp_path, [THIRD])
    found = log.read(tmp_path)
    assert found.events == (FIRST, THIRD)
    assert [error.line for error in found.aside] == [2, 4, 5]
    assert all(error.path == str(tmp_path / FILE) and not error.stops for error in found.aside)
    assert found.lines == 5


def test_nothing_that_was_written_before_is_ever_changed(tmp_path: Path) -> None:
    spoilt = FIRST.line + b"what is this?\n" + SECOND.line[:-1]
    (tmp_path / FILE).write_bytes(spoilt)
    log.record(tmp_path, [THIRD])
    assert (tmp_path / FILE).read_bytes() == spoilt + b"\n" + THIRD.line
    assert log.read(tmp_path).events == (FIRST, SECOND, THIRD)


def test_a_kill_at_any_file_operation_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, str(FAULTS), str(tmp_path)], capture_output=True, text=True, check=False, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.returncode == 0, done.stderr
    children = json.loads(done.stdout)
    died = {child["died"] for child in children[:-1]}
    assert {"open", "flock", "write", "fsync", "close"} <= died
    assert len(children) > 20
    for child in children:
        folder = tmp_path / str(child["point"])
        assert child["status"] == (9 if child["died"] else 0)
        found = log.read(folder)
        assert {event.id for event in found.events} >= set(child["promised"])
        assert len(found.aside) == (child["died"] == "write"), "half a line is told, and nothing else"
        later = act("reject", "dan", 9)
        log.record(folder, [later])
        after = log.read(folder)
        assert set(after.events) == {*found.events, later}
        assert len(after.aside) == len(found.aside)


def limited(folder: Path, size: int) -> tuple[bool, int]:
    """Record two decisions where no file may grow beyond a size: whether it was refused, and the file's size then."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        log.record(folder, [SECOND, THIRD])
    except DecisionError:
        return True, (folder / FILE).stat().st_size
    return False, (folder / FILE).stat().st_size


def test_a_full_disk_loses_nothing_and_leaves_no_half_line(tmp_path: Path) -> None:
    log.record(tmp_path, [FIRST])
    whole = (tmp_path / FILE).stat().st_size
    sizes = [whole, whole + 1, whole + len(SECOND.line), whole + len(SECOND.line) + 1, whole + len(SECOND.line) + len(THIRD.line)]
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        refused = [pool.submit(limited, tmp_path, size).result() for size in sizes]
    assert refused[:-1] == [(True, whole)] * (len(sizes) - 1)
    assert not refused[-1][0]
    assert log.read(tmp_path).events == (FIRST, SECOND, THIRD)
    assert log.read(tmp_path).aside == ()


@pytest.mark.parametrize("failing", ["write", "fsync"])
def test_a_device_that_fails_is_told_and_nothing_is_acknowledged(failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log.record(tmp_path, [FIRST])

    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, failing, fail)
        with pytest.raises(DecisionError, match=r"No space left on device.*is not recorded; make room"):
            log.record(tmp_path, [SECOND])
    assert log.read(tmp_path).events == (FIRST,)
    log.record(tmp_path, [SECOND])
    assert log.read(tmp_path).events == (FIRST, SECOND)


def some(writer: int) -> list[Event]:
    """Record forty decisions, one after the other."""
    folder = Path(os.environ["DECISIONS"])
    events = [act("accept", f"writer-{writer}", minute) for minute in range(40)]
    for event in events:
        log.record(folder, [event])
    return events


def test_four_writers_at_once_lose_nothing_and_a_reader_sees_only_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECISIONS", str(tmp_path))
    seen = [0]
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        waiting = [pool.submit(some, writer) for writer in range(4)]
        while not all(future.done() for future in waiting):
            found = log.read(tmp_path)
            assert [error.line for error in found.aside] in ([], [found.lines])
            seen.append(len(found.events))
        written = {event for future in waiting for event in future.result()}
    assert set(log.read(tmp_path).events) == written
    assert len(written) == 160
    assert seen == sorted(seen)


def test_what_was_written_before_a_file_that_cannot_be_is_told_and_what_was_not(tmp_path: Path) -> None:
    names = ("a-2018-x", "b-2018-x", "c-2018-x")
    first, second, third = (events.new("complete", "ana", events.now(), profile=name, text_hash="a" * 64) for name in names)
    (tmp_path / second.file).mkdir()
    told = (
        rf"is not recorded \(recorded: 1 decision of {first.file}; not recorded: 1 decision of {second.file}, 1 decision of {third.file}\)"
    )
    with pytest.raises(DecisionError, match=told):
        log.record(tmp_path, [third, second, first])
    (tmp_path / second.file).rmdir()
    assert [event.id for event in log.read(tmp_path).events] == [first.id]


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    log.record(tmp_path, [FIRST])
    with (tmp_path / FILE).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert log.read(tmp_path).events == (FIRST,)


def test_a_writer_waits_for_another_one_and_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log.record(tmp_path, [FIRST])
    with (tmp_path / FILE).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        monkeypatch.setattr(log, "PATIENCE", 0.05)
        with pytest.raises(DecisionError, match="another program has held the file"):
            log.record(tmp_path, [SECOND])
        monkeypatch.setattr(log, "PATIENCE", 10.0)
        threading.Timer(0.1, fcntl.flock, (held, fcntl.LOCK_UN)).start()
        log.record(tmp_path, [SECOND])
    assert log.read(tmp_path).events == (FIRST, SECOND)


def test_a_file_that_is_replaced_while_it_is_written_to_gets_the_line_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log.record(tmp_path, [FIRST])
    shutil.copy(tmp_path / FILE, tmp_path / "pulled")
    sync = os.fsync

    def replacing(handle: int) -> None:
        if (tmp_path / "pulled").exists():
            (tmp_path / "pulled").replace(tmp_path / FILE)
        sync(handle)

    monkeypatch.setattr(os, "fsync", replacing)
    log.record(tmp_path, [SECOND])
    assert log.read(tmp_path).events == (FIRST, SECOND)


def test_a_decision_that_is_too_long_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    assert act("accept", "ana", 1, note="ü" * 2_000)
    with pytest.raises(ValueError, match="note"):
        act("accept", "ana", 1, note="ü" * 2_001)
    long = parse(FIRST.line, tmp_path / FILE, 1).model_copy(update={"note": "x" * LONGEST_LINE})
    with pytest.raises(DecisionError, match="65,536 bytes"):
        log.record(tmp_path / "decisions", [SECOND, long])
    assert not (tmp_path / "decisions").exists()


def test_the_longest_decision_fits_on_a_line(tmp_path: Path) -> None:
    fullest = {"sentences": tuple(f"{PROFILE}-{n:012x}-99" for n in range(20)), "prefix": "𝄞" * 64, "suffix": "𝄞" * 64, "rule": "𝄞" * 300}
    on = THIRD.evidence.model_copy(
        update=fullest | {"quote": "\U0001f600" * 3_000, "passage": "\U0001f600" * 6_000, "end": THIRD.evidence.start + 3_000}
    )  # type: ignore[union-attr]
    event = act("correct", "a" * 40, 1, on=on, replacement=claim("leads"), note="\u0001" * 2_000)
    assert len(event.line) <= LONGEST_LINE
    log.record(tmp_path, [event])
    assert log.read(tmp_path).events == (event,)


def test_a_file_that_cannot_be_opened_stops(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(DecisionError, match="cannot be opened") as found:
        log.read(tmp_path)
    assert found.value.stops
