"""What decisions lead to, said a second time: slowly, from the lines alone, by the words of docs/decisions.md.

Nothing of `graph.decisions` is used here but what cuts a text into sentences and hashes; the tests hold both against
each other.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from graph.text import digest

Line = dict[str, Any]
UnitKey = tuple[str, str, str]


def evidence_key(claim: str, line: Line) -> str:
    """The key of the evidence of a line for a claim."""
    return digest("evidence", claim, *(f"sentence/{key}" for key in line["evidence"]["sentences"]))


def judged(line: Line) -> list[UnitKey]:
    """What an act judges directly: first its own claim and evidence."""
    claim = line["claim"]["key"]
    own = (line["profile"], claim, evidence_key(claim, line))
    return [own] + ([(line["profile"], claim, line["rechecks"])] if "rechecks" in line else [])


def instead(line: Line) -> UnitKey | None:
    """For a correction, what is right instead."""
    if line["act"] != "correct":
        return None
    claim = line["replacement"]["key"]
    return line["profile"], claim, evidence_key(claim, line)


class Reference:
    """What follows from some lines."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        """Read the lines, each event once."""
        read = {line["id"]: line for line in map(json.loads, lines)}
        self.all = read
        self.lines = sorted((line for line in read.values()), key=lambda line: (line["at"], line["id"]))
        self.undos = [line for line in self.lines if line["act"] == "undo"]
        self.acts = [line for line in self.lines if line["act"] != "undo" and self.stands(line["id"])]
        self.reviewers = sorted({line["by"] for line in self.lines})
        self.touching: dict[tuple[str, UnitKey], list[Line]] = {}
        for line in self.acts:
            if "claim" in line:
                for unit in {*judged(line), *([instead(line)] if instead(line) else [])}:
                    self.touching.setdefault((line["by"], unit), []).append(line)  # type: ignore[arg-type]
        self.stance = cache(self._stance)

    def stands(self, event: str) -> bool:
        """An event stands unless an undo of the same reviewer undoes it that stands itself."""
        by = self.all[event]["by"]
        return not any(undo["undoes"] == event and undo["by"] == by and self.stands(undo["id"]) for undo in self.undos)

    def _stance(self, by: str, unit: UnitKey) -> tuple[str, str] | None:
        """What a reviewer says of a unit in the end: the word for it, and the act."""
        for line in reversed(self.touching.get((by, unit), [])):
            if unit in judged(line):
                if line["act"] == "retract" and not self._has_added(line):
                    continue
                return line["act"], line["id"]
            own = self.stance(by, judged(line)[0])
            if own and own[1] == line["id"]:
                return "corrected to", line["id"]
        return None

    def _has_added(self, retract: Line) -> bool:
        earlier = self.acts[: self.acts.index(retract)]
        return any(line["act"] == "add" and line["by"] == retract["by"] and set(judged(line)) & set(judged(retract)) for line in earlier)

    def units(self) -> Iterator[UnitKey]:
        """All units of which somebody says something."""
        yield from sorted({unit for by, unit in self.touching if self.stance(by, unit)})

    def state(self, unit: UnitKey) -> str:
        """The state of a unit."""
        said = {by: stance for by in self.reviewers if (stance := self.stance(by, unit))}
        yes = {by for by, (word, _) in said.items() if word in ("accept", "add", "corrected to")}
        no = {by for by, (word, _) in said.items() if word in ("reject", "correct")}
        corrections = list(self.corrections_to(unit, yes))
        for line in corrections:
            wrong = judged(line)[0]
            for other in self.reviewers:
                about = self.stance(other, wrong)
                if other in said or not about:
                    continue
                if about[0] in ("accept", "add", "corrected to"):
                    no.add(other)
                target = instead(self.all[about[1]])
                if target and about[0] == "correct" and target[1] != unit[1]:
                    no.add(other)
        if yes and no:
            return "disputed"
        if no:
            return "rejected"
        if corrections:
            return "corrected"
        if any(said[by][0] == "accept" for by in yes):
            return "accepted"
        return "curated" if yes else "withdrawn"

    def corrections_to(self, unit: UnitKey, supporters: set[str]) -> Iterator[Line]:
        """The corrections that lead to a unit and whose reviewers still stand for it."""
        for by in supporters:
            for line in self.touching[by, unit]:
                own = self.stance(by, judged(line)[0]) if instead(line) == unit else None
                if own and own[1] == line["id"]:
                    yield line

    def claims(self) -> dict[tuple[str, str], str]:
        """Profile and key of each claim to its state."""
        order = ["corrected", "accepted", "curated", "disputed", "rejected", "withdrawn"]
        found: dict[tuple[str, str], list[str]] = {}
        for unit in self.units():
            found.setdefault(unit[:2], []).append(self.state(unit))
        return {claim: min(states, key=order.index) for claim, states in found.items()}

    def revisions(self, unit: UnitKey) -> set[str]:
        """Keys of the claims that were corrected to this one."""
        yes = {by for by in self.reviewers if (self.stance(by, unit) or ("",))[0] in ("accept", "add", "corrected to")}
        return {line["claim"]["key"] for line in self.corrections_to(unit, yes)}

    def redirects(self) -> dict[str, str]:
        """Each actor that was merged, and the one that it is in the end."""
        acts = [
            (line["by"], line["act"], line["actor"]["reference"], line["other"]["reference"], line) for line in self.acts if "actor" in line
        ]
        merged: dict[str, list[tuple[str, Line]]] = {}
        apart: set[frozenset[str]] = set()
        for by in self.reviewers:
            mine = [act[1:] for act in acts if act[0] == by]
            for place, (act, source, target, line) in enumerate(mine):
                later = mine[place + 1 :]
                if any({s, t} == {source, target} for _, s, t, _ in later):
                    continue
                if act == "split":
                    apart.add(frozenset((source, target)))
                elif not self._merged_later(source, later):
                    merged.setdefault(source, []).append((target, line))
        agreed = [
            (line["at"], line["id"], source, target)
            for source, votes in merged.items()
            for target, line in votes
            if len({target for target, _ in votes}) == 1 and frozenset((source, target)) not in apart
        ]
        targets: dict[str, str] = {}
        wrong = {""}
        while wrong:
            targets = {}
            for _, _, source, target in sorted(agreed):
                if self.final(target, targets) != source:
                    targets.setdefault(source, target)
            wrong = {source for source in targets for one in apart if self._makes_one(source, tuple(one), targets)}
            agreed = [merge for merge in agreed if merge[2] not in wrong]
        return {source: self.final(source, targets) for source in targets}

    def _makes_one(self, source: str, pair: tuple[str, ...], targets: dict[str, str]) -> bool:
        """Whether two that were said to be apart end as the same, and would not if one merge were not there."""
        without = {one: target for one, target in targets.items() if one != source}
        one, other = pair
        return self.final(one, targets) == self.final(other, targets) and self.final(one, without) != self.final(other, without)

    def _merged_later(self, source: str, later: list[tuple[str, str, str, Line]]) -> bool:
        """Whether the same reviewer merges the actor with another one later, and does not take that back in the end."""
        return any(
            act == "merge" and s == source and not any({s, t} == {s2, t2} for _, s2, t2, _ in later[place + 1 :])
            for place, (act, s, t, _) in enumerate(later)
        )

    @staticmethod
    def final(reference: str, targets: dict[str, str]) -> str:
        """The end of a chain."""
        while reference in targets:
            reference = targets[reference]
        return reference
