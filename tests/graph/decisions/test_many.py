"""Ten thousand decisions while texts change: none lost, none on another claim, the states those of the reference."""

import random
from collections import Counter
from pathlib import Path

from graph.decisions import events
from graph.decisions.anchors import Anchorage
from graph.decisions.books import Placed, balanced
from graph.decisions.events import Act, Event, undo
from graph.decisions.log import read, record
from graph.decisions.outcomes import fold
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from graph.decisions.stances import Unit
from tests.graph.decisions.edits import NAMES, Written, edited, text_of, written
from tests.graph.decisions.making import CUES, at, claim, evidence, pair, split
from tests.graph.decisions.reference import Reference

MANY, PROFILES, LENGTH, EDITIONS, EDITS = 10_000, 8, 150, 5, 20
RELATIONS = ("memberOf", "cooperatesWith", "supports", "reportsTo", "representedIn")
REVIEWERS = ("ana", "ben", "cyd", "dan")


class Desk:
    """Reviewers at work on texts that are edited under their hands."""

    def __init__(self, chance: random.Random) -> None:
        """Write the first editions."""
        self.chance, self.made, self.minute = chance, list[Event](), 0
        self.profiles = {f"profile-{n}": [written(chance, number) for number in range(LENGTH)] for n in range(PROFILES)}
        self.texts: dict[str, str] = {}
        self.marks: dict[Unit, Placed] = {}
        self.first: dict[str, dict[str, Written]] = {}

    def edition(self) -> None:
        """Edit all texts and cut them into sentences anew."""
        for key, sentences in self.profiles.items():
            for _ in range(EDITS):
                sentences = edited(sentences, self.chance)  # noqa: PLW2901  # one edit after the other
            self.profiles[key] = sentences
            self.texts[key] = text_of(sentences, self.chance)
        self.cut = {key: split(text, key) for key, text in self.texts.items()}
        self.places = {
            key: {sentence.mark: next(s for s in self.cut[key] if sentence.mark in s.text) for sentence in self.profiles[key]}
            for key in self.profiles
        }

    def decide(self) -> Event:
        """Any decision of any reviewer."""
        self.minute += 1
        by, kind = self.chance.choice(REVIEWERS), self.chance.choices(("claim", "undo", "pair"), (90, 7, 3))[0]
        if kind == "pair":
            source, target = self.chance.sample([f"actor-{n}" for n in range(40)], 2)
            return pair(self.chance.choice(("merge", "merge", "split")), by, self.minute, source, target)
        if kind == "undo" and self.made:
            target = self.chance.choice(self.made[-300:])
            return undo(target, self.chance.choice((target.by, target.by, by)), at(self.minute))
        return self.judge(by)

    def judge(self, by: str) -> Event:
        """Any decision on a sentence as it is today."""
        profile = self.chance.choice(list(self.profiles))
        sentence = self.chance.choice(self.profiles[profile])
        about, on = self.claim(profile, sentence), self.evidence(profile, sentence)
        act: Act = self.chance.choices(("accept", "reject", "correct", "add", "retract"), (50, 20, 12, 12, 6))[0]
        more: dict[str, object] = {}
        if act == "correct":
            more["replacement"] = self.claim(profile, sentence, without=about.relation)
        event = events.new(act, by, at(self.minute), profile=profile, claim=about, evidence=on, **more)
        for record_of in (about, more.get("replacement")):
            if isinstance(record_of, ClaimRecord):
                self.marks[Unit(profile, record_of.key, on.key(record_of.key))] = sentence.mark
        return event

    def claim(self, profile: str, sentence: Written, without: str = "") -> ClaimRecord:
        """Something that the sentence may say."""
        ends = (End(reference=f"body/{name.casefold().replace(' ', '-')}", name=name) for name in (sentence.subject, sentence.target))
        relation = self.chance.choice([name for name in RELATIONS[:3] if name != without])
        return claim(relation, *ends, profile=profile)

    def evidence(self, profile: str, sentence: Written) -> EvidenceRecord:
        """The sentence as it stands today."""
        there = self.places[profile][sentence.mark]
        text = self.texts[profile]
        return evidence(text, there.text, 1 + text.count(there.text, 0, there.span.start), profile, known=self.cut[profile])


def test_ten_thousand_decisions_under_edits(tmp_path: Path) -> None:
    desk = Desk(random.Random(8))  # noqa: S311  # for tests
    for _ in range(EDITIONS):
        desk.edition()
        fresh = [desk.decide() for _ in range(MANY // EDITIONS)]
        desk.made += fresh
        for start in range(0, len(fresh), 100):
            record(tmp_path, fresh[start : start + 100])
        desk.edition()
    recorded = read(tmp_path)
    assert recorded.aside == ()
    assert {event.id for event in recorded.events} == {event.id for event in desk.made}
    assert len(recorded.events) == MANY
    outcomes = fold(recorded.events)
    reference = Reference(event.line for event in desk.made)
    assert outcomes.claims == reference.claims()
    assert {tuple(unit): judgement.state for unit, judgement in outcomes.judgements.items()} == {
        unit: reference.state(unit) for unit in reference.units()
    }
    assert {source: outcomes.redirects[source] for source in outcomes.redirects.targets} == reference.redirects()
    books = balanced(tmp_path, recorded, outcomes, anchored(desk, outcomes.judgements))
    assert books.fates["counts"] > MANY / 2
    assert min(books.places[state] for state in ("exact", "moved", "changed", "missing")) > 0
    assert {"accepted", "rejected", "disputed", "corrected", "curated", "withdrawn"} <= books.states.keys()


def anchored(desk: Desk, judgements: object) -> dict[Unit, Placed]:
    """The anchor state of each judgement in the last edition; each leads to its own sentence, or nowhere."""
    assert isinstance(judgements, dict)
    places: dict[Unit, Placed] = {}
    anchorages = {key: Anchorage(text, desk.cut[key], CUES) for key, text in desk.texts.items()}
    wrong: Counter[str] = Counter()
    for unit, judgement in judgements.items():
        anchor = anchorages[unit.profile].anchor(judgement.evidence)
        there = anchor.span.of(desk.texts[unit.profile]) if anchor.span else ""
        if anchor.state in ("exact", "moved"):
            wrong["another sentence"] += desk.marks[unit] not in there or there.split() != judgement.evidence.quote.split()
        elif anchor.state == "changed":
            wrong["other names"] += [n for n in NAMES if n in there] != [n for n in NAMES if n in judgement.evidence.quote]
            wrong["denied"] += (" not " in there) != (" not " in judgement.evidence.quote)
        else:
            wrong["not found"] += " ".join(judgement.evidence.quote.split()) in " ".join(desk.texts[unit.profile].split())
        places[unit] = Placed(judgement.state, anchor.state)
    assert wrong.total() == 0, wrong
    return places
