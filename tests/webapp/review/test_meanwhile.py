"""What holds while profiles are read anew, and while others look: counts do not jump, and no page waits or keeps others waiting."""

import re
import threading
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph import profiles
from graph.decisions import acting, log
from graph.decisions.events import Event
from graph.decisions.queue import Card
from graph.errors import DecisionError
from tests.webapp.review.conftest import KEY, Reviewer
from tests.webapp.review.test_queue import boxes, send, told
from webapp.review import pairs
from webapp.review import room as rooms
from webapp.review.office import Office

SignIn = Callable[[str], Reviewer]
PAIR = f"/review/actors/merge?actor=body/{KEY}-spanish-leas&other=body/europol"


@pytest.fixture
def slow(ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> Reviewer:
    """From the next change on, the rules take long, and nothing is read in the background."""
    assert ana.office.table(KEY)
    monkeypatch.setattr(Office, "is_quick", lambda self, key: self.laid_out(key) is not None)
    monkeypatch.setattr(ana.app.extensions["room"], "_begin_reading", lambda: None)
    return ana


def test_a_decision_does_not_have_its_document_read_again(ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ana.app.extensions["room"], "_begin_reading", lambda: None)
    card, reads, read = ana.card("co-drives"), list[str](), profiles.read
    monkeypatch.setattr(profiles, "read", lambda item, *more, **named: (reads.append(item.key), read(item, *more, **named))[1])
    ana.decide("accept", card)
    assert ana.office.table_if_quick(KEY)
    assert reads == []


def decided(reviewer: Reviewer, card: Card) -> None:
    """Another program records a decision."""
    log.record(reviewer.app.extensions["config"].data / "decisions", [acting.reject(card, "ben", "")])
    reviewer.office.follow()


def counted(page: str) -> int:
    """How many claims a page says wait."""
    found = re.search(r"([\d,]+) claims? waits?", page)
    assert found, page
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("address", ["/review", "/review/queue"])
def test_what_was_decided_no_longer_waits_and_the_rest_does(address: str, slow: Reviewer) -> None:
    before, cards = counted(slow.page(address)), slow.office.table(KEY).waiting
    assert before == len(cards)
    for number, card in enumerate(cards[:3], 1):
        decided(slow, card)
        assert slow.office.laid_out(KEY) is None
        assert counted(slow.page(address)) == before - number
    assert "still being read" in slow.page(address)


def test_a_batch_takes_away_its_own_rows_and_no_others(slow: Reviewer) -> None:
    rows = boxes(slow.page("/review/queue"))
    page = send(slow, "reject", rows[:3])
    assert told(page) == "3 rejected."
    assert boxes(page) == rows[3:]


def test_what_is_undone_waits_again(slow: Reviewer) -> None:
    card = slow.office.table(KEY).waiting[0]
    decided(slow, card)
    (event,) = slow.events
    undo = acting.undo(event, "ben", slow.office.recorded.events, slow.office.outcomes.fates, "")
    log.record(slow.app.extensions["config"].data / "decisions", [undo])
    slow.office.follow()
    shown = slow.office.shown(KEY)
    assert shown
    assert card.unit in {one.unit for one in shown.waiting}


def test_words_of_a_text_that_was_changed_are_not_shown_as_they_were(slow: Reviewer, folder: Path) -> None:
    decided(slow, slow.office.table(KEY).waiting[0])
    assert slow.office.shown(KEY)
    path = folder / "profiles" / f"{KEY}.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\nSpain supports Europol.\n", encoding="utf-8")
    slow.office.follow()
    assert slow.office.shown(KEY) is None


def test_nor_are_those_of_a_document_that_is_withdrawn(slow: Reviewer, folder: Path) -> None:
    decided(slow, slow.office.table(KEY).waiting[0])
    (folder / "profiles" / f"{KEY}.txt").unlink()
    slow.office.follow()
    assert slow.office.shown(KEY) is None


def test_what_is_read_anew_is_shown_as_it_is(ana: Reviewer) -> None:
    office = ana.office
    office.record([acting.reject(office.table(KEY).waiting[0], "ana", "")])
    former, now = office.shown(KEY), office.table(KEY)
    assert former
    assert former is not now is office.shown(KEY)
    assert [one.unit for one in former.waiting] == [one.unit for one in now.waiting]
    assert now.left == frozenset()


@pytest.mark.parametrize("name", ["decide", "complete", "add", "batch"])
def test_nothing_waits_for_the_rules(name: str, slow: Reviewer) -> None:
    card = slow.office.table(KEY).waiting[0]
    decided(slow, card)
    forms: dict[str, dict[str, str]] = {
        "decide": {"act": "accept", "profile": KEY, "card": card.id, "seen": "0" * 20},
        "complete": {"profile": KEY, "text_hash": "0" * 64},
        "add": {"profile": KEY, "quote": "Spain", "subject": "Spain", "relation": "memberOf", "object": "Europol"},
    }
    wanted = f"{KEY} is still being read; send it again in a moment."
    if name == "batch":
        assert wanted in told(send(slow, "accept", [f"{KEY}/{card.id}"]))
    else:
        assert wanted in slow.post(f"/review/{name}", 422, **forms[name]).text
    assert len(slow.events) == 1


def test_a_decision_leads_on_while_the_profile_is_read_anew(slow: Reviewer) -> None:
    first, second, *_ = slow.office.table(KEY).waiting
    answer = slow.decide("reject", first)
    assert answer.location.startswith(f"/review/sentence/{KEY}/")
    assert "is being read" in slow.page(answer.location)
    assert slow.post("/review/undo", event=slow.events[0].id).location.startswith("/review/log?done=")
    assert second.unit != first.unit


@pytest.mark.parametrize("address", ["/review/actors", PAIR])
def test_others_go_on_while_somebody_looks(address: str, ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    room, look, done = ana.app.extensions["room"], pairs.groups, list[bool]()

    def work() -> None:
        with room.office():
            done.append(True)

    def groups(*given: object) -> object:
        other = threading.Thread(target=work, daemon=True)
        other.start()
        other.join(10)
        return look(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(pairs, "groups", groups)
    ana.page(address)
    assert done


@pytest.mark.parametrize(("place", "address"), [("text.written", f"/review/text/{KEY}"), ("log.url_for", "/review/log")])
def test_others_go_on_while_a_text_or_the_log_is_shown(place: str, address: str, ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    ana.decide("accept", ana.card("co-drives"))
    assert ana.office.table(KEY)
    room, done = ana.app.extensions["room"], list[bool]()
    module, _, name = place.partition(".")
    page = import_module(f"webapp.review.{module}")
    shown = getattr(page, name)

    def work() -> None:
        with room.office():
            done.append(True)

    def show(*given: object, **more: object) -> object:
        other = threading.Thread(target=work, daemon=True)
        other.start()
        other.join(10)
        return shown(*given, **more)

    monkeypatch.setattr(page, name, show)
    seen = ana.client.get(address)
    assert (seen.status_code, bool(done)) == (200, True)


def test_who_looks_sees_one_moment(ana: Reviewer) -> None:
    snapshot, card = ana.office.snapshot(), ana.office.table(KEY).waiting[0]
    ana.office.record([acting.reject(card, "ana", "")])
    assert ana.office.table(KEY).waiting[0] is not card
    seen = snapshot.laid_out(KEY)
    assert seen
    assert seen.waiting[0] is card
    assert snapshot.recorded.events == ()
    assert snapshot.outcomes.judgements == {}


def test_a_batch_on_words_that_are_no_longer_those_of_the_page_is_refused_for_these_alone(ana: Reviewer, folder: Path) -> None:
    page = ana.page("/review/queue")
    changed, same = (f"{KEY}/{ana.card(words).id}" for words in ("co-drives", "relationships with a lot of NGOs"))
    seen = dict(re.findall(r'name="(seen:[^"]+)" value="(\w+)"', page))
    assert len(seen) == len(boxes(page))
    path = folder / "profiles" / f"{KEY}.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("CSE EMPACT Group in Europol. At", "CSE EMPACT Group at Europol. At"), encoding="utf-8")
    ana.office.follow()
    assert ana.office.table(KEY)
    page = send(ana, "accept", [changed, same], **seen)
    assert "1 accepted." in told(page)
    assert (f"in {KEY} have changed since the page was shown" in told(page)) == (changed in boxes(page))
    assert [event.evidence and event.evidence.quote for event in ana.events] == [
        ana.card("relationships with a lot of NGOs").evidence.quote
    ]


def test_whoever_sends_other_words_than_those_of_today_is_told_of_which(ana: Reviewer) -> None:
    first, second, *_ = boxes(ana.page("/review/queue"))
    page = send(ana, "accept", [first, second], **{f"seen:{first}": "0" * 20})
    assert "1 accepted. 1 could not be decided:" in told(page)
    card = next(card for card in ana.office.table(KEY).cards if first.endswith(card.id))
    words = f"{card.claim.subject.name} "
    assert f"the words of “{words}" in told(page)
    assert f"in {KEY} have changed since the page was shown; read those of today" in told(page)
    assert len(ana.events) == 1


def test_a_busy_server_sees_what_others_change(ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, now = [], [time.monotonic()]
    monkeypatch.setattr(Office, "follow", lambda _: looked.append(now[0]))
    monkeypatch.setattr(rooms, "time", SimpleNamespace(monotonic=lambda: now[0]))
    for _ in range(20):
        now[0] += 0.6 * rooms._LOOK_SECONDS  # noqa: SLF001
        with ana.app.extensions["room"].office():
            pass
    assert len(looked) == 10


def test_what_was_written_before_a_disk_was_full_is_seen(ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    real, office = log.record, ana.office
    card, other = office.table(KEY).waiting[:2]

    def half(folder: Path, events: Sequence[Event]) -> None:
        real(folder, events[:1])
        raise DecisionError(folder / "b.jsonl", "the decision cannot be written", "make room")

    monkeypatch.setattr(log, "record", half)
    with pytest.raises(DecisionError):
        office.record([acting.reject(card, "ana", ""), acting.reject(other, "ana", "")])
    assert [event.act for event in office.recorded.events] == ["reject"]


def test_a_new_measurement_works_out_anew_only_what_depends_on_it(ana: Reviewer) -> None:
    table = ana.office.table(KEY).ordered()
    made = table.measuring(dict.fromkeys(table.rules, 0.99))
    assert made.short is table.short
    assert made.ranks != table.ranks
    assert {card.id for card in made.waiting} == {card.id for card in table.waiting}
