"""What the shapes would refuse says so before anybody accepts it, is asked once, and counts neither for nor against its rule."""

import json
import re
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from graph import vocabulary
from graph.dates import StatedDate
from graph.decisions.records import ClaimRecord, End
from graph.validation.admissible import Known
from tests.webapp.review.conftest import KEY, Reviewer
from tests.webapp.review.test_queue import boxes, send, told
from webapp.cli import cli
from webapp.review import admission
from webapp.review.admission import Admission
from webapp.review.places import key_of

WIDE = "wide-2019-cse"
TEXT = """Spain has signed Europol.

Spain is a member of Europol.

Spain cooperates with INTERPOL.
"""
RULE = {"id": "signs", "relation": "signed", "subject": ["State"], "object": ["Body"], "patterns": ["{s} has signed {o}"]}
"""A rule that takes any body for a treaty."""
SAYS = "Europol: This object is no treaty"
WORDS = vocabulary.load()
SPAIN, CYCLE = End(reference="country/ESP", name="Spain"), End(reference="group/empact-cycle-2014-2017", name="EMPACT 2014-2017")


@pytest.fixture
def wide(folder: Path, ana: Reviewer) -> Reviewer:
    """A profile of which one proposal cannot be accepted."""
    path = folder / "rules/en/relations.yaml"
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**values, "rules": [*values["rules"], RULE]}, allow_unicode=True), encoding="utf-8")
    (folder / "profiles" / f"{WIDE}.txt").write_text(TEXT, encoding="utf-8")
    ana.office.follow()
    assert ana.office.table(WIDE)
    return ana


def row(page: str, value: str) -> str:
    """The row of the queue whose box sends this."""
    return unescape(next(row for row in page.split("<tr>") if f'value="{value}"' in row))


def test_its_card_says_why_and_offers_everything_but_to_accept(wide: Reviewer) -> None:
    card, fine = wide.card("signed Europol", WIDE), wide.card("member of Europol", WIDE)
    page = unescape(wide.page(f"/review/sentence/{WIDE}/{key_of(card)}"))
    assert re.search(rf"Cannot be accepted as it stands: <bdi>{SAYS}[^<]+</bdi> Correct or reject it\.", page)
    assert 'value="accept"' not in page
    assert 'data-key="a"' not in page
    for words in ('value="reject" class="no" data-key="r"', 'value="correct"'):
        assert words in page
    other = wide.page(f"/review/sentence/{WIDE}/{key_of(fine)}")
    assert "Cannot be accepted" not in other
    assert 'data-key="a"' in other


def test_the_queue_says_so_and_does_not_accept_it_with_others(wide: Reviewer) -> None:
    page = wide.page(f"/review/queue?profile={WIDE}")
    value = f"{WIDE}/{wide.card('signed Europol', WIDE).id}"
    assert f"Cannot be accepted as it stands: <bdi>{SAYS}" in row(page, value)
    assert "(cannot be accepted as it stands)" in row(page, value)
    assert page.count("annot be accepted as it stands") == 2
    after = told(send(wide, "accept", boxes(page), profile=WIDE))
    assert "2 accepted. 1 could not be decided:" in after
    assert f"cannot stand: {SAYS}" in after
    assert [event.act for event in wide.events] == ["accept", "accept"]
    assert "1 rejected." in told(send(wide, "reject", [value]))


def run(folder: Path, *arguments: str) -> str:
    """What `liaison review` prints."""
    ended = CliRunner().invoke(cli, ["review", *arguments, "--data", str(folder)])
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def test_the_shell_says_so(folder: Path, wide: Reviewer) -> None:
    listed, short = run(folder, "queue", WIDE), wide.office.table(WIDE).short[wide.card("signed Europol", WIDE).id]
    assert listed.count("cannot be accepted as it stands: ") == 1
    assert f"cannot be accepted as it stands: {SAYS}" in run(folder, "explain", short)
    by_id = {card["id"]: card for card in json.loads(run(folder, "queue", WIDE, "--json"))}
    assert [bool(card["obstacles"]) for id_, card in by_id.items() if id_ != short] == [False, False]
    assert by_id[short]["obstacles"][0].startswith(SAYS)


@pytest.mark.parametrize(
    ("words", "act", "counts"),
    [
        ("signed Europol", "reject", "0 0 0 1 none yet"),
        ("signed Europol", "correct", "0 1 0 0 0.00"),
        ("member of Europol", "reject", "0 1 0 0 0.00"),
    ],
    ids=["rejected since it could not be accepted", "corrected all the same", "rejected although it could be accepted"],
)
def test_only_who_was_free_to_accept_counts_against_the_rule(words: str, act: str, counts: str, wide: Reviewer) -> None:
    card = wide.card(words, WIDE)
    wide.decide(act, card, **({"relation": "cooperatesWith"} if act == "correct" else {}))
    assert wide.office.table(WIDE)
    found = re.search(rf"<code>{card.evidence.rule}</code></th>(.*?)</tr>", wide.page("/review/figures"), re.DOTALL)
    assert found
    assert " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()).startswith(counts)


def claim(since: str | None = None, relation: str = "memberOf") -> ClaimRecord:
    """A claim on a group that has ended."""
    return ClaimRecord.of(KEY, SPAIN, relation, CYCLE, **{"from": since})


ENDED = Known({"country/ESP": "State", CYCLE.reference: "Collaboration"}, {CYCLE.reference: (StatedDate("2014"), StatedDate("2017"))})
OPEN = Known(ENDED.classes, {CYCLE.reference: (StatedDate("2014"), None)})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many claims the shapes were asked of, each time."""
    found: list[int] = []
    ask: Callable[..., Sequence[Sequence[str]]] = admission.obstacles

    def counted(claims: Sequence[ClaimRecord], *others: object) -> Sequence[Sequence[str]]:
        found.append(len(claims))
        return ask(claims, *others)

    monkeypatch.setattr(admission, "obstacles", counted)
    return found


def test_the_shapes_are_asked_once_of_all_at_a_time(asked: list[int]) -> None:
    kept = Admission(WORDS)
    first = kept.obstacles([claim(), claim("2019"), claim()], ENDED)
    assert [bool(one) for one in first] == [False, True, False]
    assert kept.obstacles([claim("2019"), claim()], ENDED) == [first[1], first[0]]
    assert asked == [2]


def test_they_are_asked_again_once_something_is_known_of_an_end(asked: list[int]) -> None:
    kept = Admission(WORDS)
    assert kept.obstacles([claim("2019")], ENDED) != kept.obstacles([claim("2019")], OPEN) == [()]
    assert asked == [1, 1]


def test_answers_are_not_kept_without_end(asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "_MOST", 2)
    kept = Admission(WORDS)
    for relation in ("memberOf", "leads", "drives", "memberOf"):
        assert kept.obstacles([claim(relation=relation)], ENDED) == [()]
    assert asked == [1, 1, 1, 1]


def test_a_page_does_not_ask_of_what_was_laid_out_in_the_background(wide: Reviewer, asked: list[int]) -> None:
    room = wide.app.extensions["room"]
    room._try(WIDE)  # noqa: SLF001  # what the thread that reads does
    before = len(asked)
    wide.page(f"/review/queue?profile={WIDE}")
    wide.page(f"/review/sentence/{WIDE}/{key_of(wide.card('signed Europol', WIDE))}")
    assert asked[before:] == []


def test_a_merge_after_which_a_claim_could_not_stand_is_refused(ana: Reviewer) -> None:
    ana.decide("accept", ana.card("relationships with a lot of NGOs"))
    assert ana.office.table(KEY)
    answer = ana.post("/review/actors/pair", 422, act="merge", actor=f"body/{KEY}-spanish-leas", other="topic/cse")
    assert re.search(
        r"it cannot be recorded\. spain-2018-cse: “Spanish LEAs cooperates with NGOs” stands and could not any more: ", answer.text
    )
    assert [event.act for event in ana.events] == ["accept"]


def test_an_undo_that_would_bring_back_what_cannot_stand_is_refused(ana: Reviewer) -> None:
    card = ana.card("a lot of NGOs")
    ana.decide("accept", card)
    ana.decide("reject", card)
    rejected = ana.events[-1]
    ana.post("/review/actors/pair", act="merge", actor=f"body/{KEY}-spanish-leas", other="topic/cse")
    merged = ana.events[-1]
    assert "Only an actor works together with another" in ana.post("/review/undo", 422, event=rejected.id).text
    assert ana.events[-1] == merged
    ana.post("/review/undo", event=merged.id)
    ana.post("/review/undo", event=rejected.id)
    assert next(one for one in ana.office.table(KEY).cards if one.id == card.id).state == "accepted"
