"""The key of a new profile: one that every system can keep as a name, and that takes nothing from another profile."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from graph.decisions import events, log
from graph.decisions.events import Event, ends_of
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from graph.decisions.redirects import ACTORS, owner
from graph.errors import LiaisonError, SettingError
from webapp.cli import cli
from webapp.review.intake import Targets, checked

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "keys.yaml").read_text(encoding="utf-8"))
WORDS = EvidenceRecord(quote="so", start=0, end=2, sentences=("a-1",))
SPAIN = End(reference="country/ESP", name="Spain")


def decision(first: str, second: str) -> Event:
    """What people decided of an actor: of a profile, or that it is another one."""
    if "/" in first:
        pair = [End(reference=one, name=one, kind="public-agency") for one in (first, second)]
        return events.new("merge", "ana", events.now(), actor=pair[0], other=pair[1])
    claim = ClaimRecord.of(first, SPAIN, "cooperatesWith", End(reference=second, name=second, kind="public-agency"))
    return events.new("accept", "ana", events.now(), profile=first, claim=claim, evidence=WORDS)


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A data folder with the facts alone."""
    made = tmp_path / "own"
    made.mkdir()
    for name in ("authority", "rules"):
        (made / name).symlink_to(data / name)
    return made


def put(case: Mapping[str, Any], folder: Path) -> list[Event]:
    """Lay out what a case says lies there; the decisions."""
    for name in case.get("files", ()):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("there before")
    for profile, reference in case.get("sidecars", {}).items():
        actor = {"key": reference, "kind": "practice", "label": "Campaign", "quote": "Campaign"}
        (folder / "claims").mkdir(exist_ok=True)
        (folder / f"claims/{profile}.yaml").write_text(yaml.safe_dump({"profile": profile, "actors": [actor]}))
    decided = [decision(first, second) for first, second in case.get("decided", ())]
    log.record(folder / "decisions", decided)
    return decided


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_key_is_taken_or_refused_with_the_reason(case: Mapping[str, Any], own: Path) -> None:
    decided, key = put(case, own), case["key"]
    if refused := case.get("refused"):
        with pytest.raises(SettingError) as told:
            Targets(own, checked(key), ".md").check()
        assert str(told.value).startswith(refused) or str(told.value).endswith(refused)
        assert str(told.value).endswith(".")
        return
    Targets(own, checked(key), ".md").check()
    before = {event.profile for event in decided if event.profile}
    for reference in {end.reference for event in decided for end in ends_of(event) if end.reference.startswith(ACTORS)}:
        assert owner(reference, before | {key}) == owner(reference, before)


def test_the_command_refuses_it_and_writes_nothing(own: Path, tmp_path: Path) -> None:
    put(next(case for case in CASES if case["name"] == "an actor of another profile begins with the key"), own)
    (tmp_path / "annex.md").write_text("Spain is a member of Europol.\n")
    ended = CliRunner().invoke(cli, ["add", str(tmp_path / "annex.md"), "--key", "spain-2018-cse-annex", "--data", str(own)])
    assert isinstance(ended.exception, LiaisonError)
    assert "would take it over; choose another one, such as spain-2018-cse-annex-2." in str(ended.exception)
    assert not (own / "profiles").exists()


def test_the_name_of_a_withdrawn_actor_is_not_told(own: Path) -> None:
    put({"decided": [["spain-2018-cse", "body/spain-2018-cse-annex-secret-board"]]}, own)
    with pytest.raises(SettingError) as told:
        Targets(own, "spain-2018-cse-annex", ".md").check()
    assert "secret" not in str(told.value)
