"""What decisions say of rules, of reviewers, and of how far a document is reviewed.

    counted       how many proposals of each rule came to which end
    precisions    how often a rule is right, of what people decided
    measured      of which rules that is known well enough to say how sure they are
    agreements    how far two reviewers judge the same things alike
    coverage      how much of what is proposed somebody has judged

Sources: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
Statistical Association 22 (1927), 209-212; J. Cohen, "A coefficient of agreement for nominal scales", Educational and
Psychological Measurement 20 (1960), 37-46.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from types import MappingProxyType

from graph.decisions.outcomes import Judgement, Outcomes
from graph.decisions.proposals import Proposed
from graph.decisions.stances import AGAINST, FOR, NEITHER, Stance, Unit, units_of
from graph.ratios import Ratio, wilson
from graph.sections import Section

ENOUGH_REVIEWED = 20
"""Reviewed proposals of a rule from which on they say more of it than its author does."""
ENOUGH_SHARED = 10
"""Judgements that two reviewers share from which on their agreement is a number."""
REFUSED = "refused"
"""Instead of its state, what became of a proposal that was rejected and could not have been accepted."""
_RIGHT, _WRONG, _OPEN = ("accepted", "curated"), ("rejected",), ("disputed",)
_NONE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True)
class Precision:
    """How often a rule is right.

    Args:
        rule: the rule's name; its versions are counted together.
        right: proposals that stand.
        wrong: proposals that were rejected or corrected.
        disputed: proposals on which reviewers disagree; they say nothing yet of the rule.
        prior: the confidence that the rule states; None where it states none.
        refused: proposals that were rejected and that nobody could have accepted, since the shapes refuse them; whether the
            words say so is not known of them.
    """

    rule: str
    right: int
    wrong: int
    disputed: int
    prior: float | None
    refused: int = 0

    @property
    def share(self) -> Ratio:
        """How many of the reviewed ones are right."""
        return Ratio(self.right, self.right + self.wrong)

    @property
    def confidence(self) -> float | None:
        """The prior, until enough is reviewed; then the lower bound of the score interval of 95 % (Wilson 1927)."""
        return wilson(self.right, self.share.total)[0] if self.share.total >= ENOUGH_REVIEWED else self.prior


@dataclass(frozen=True)
class Agreement:
    """How far two reviewers judge alike, of the claims that both judged on the same evidence.

    Args:
        first: one of them, by handle.
        second: the other one.
        both_for: both hold it for right.
        only_first: only the first does.
        only_second: only the second does.
        both_against: both hold it for wrong.
    """

    first: str
    second: str
    both_for: int
    only_first: int
    only_second: int
    both_against: int

    @property
    def shared(self) -> int:
        """How many both judged."""
        return self.both_for + self.only_first + self.only_second + self.both_against

    @property
    def observed(self) -> Ratio:
        """How many of them alike."""
        return Ratio(self.both_for + self.both_against, self.shared)

    @property
    def kappa(self) -> float | None:
        """Agreement beyond chance (Cohen 1960): 1 where all is judged alike, 0 where no more than chance would have it.

        None where `reason` says why there is no number.
        """
        if self.reason:
            return None
        chance = self._chance
        return (self.shared * self.observed.hits - chance) / (self.shared**2 - chance)

    @property
    def reason(self) -> str:
        """Why there is no kappa; empty where there is one."""
        if self.shared < ENOUGH_SHARED:
            return f"{self.first} and {self.second} share {self.shared} judgements, and {ENOUGH_SHARED} are needed"
        if self._chance == self.shared**2:
            return f"{self.first} and {self.second} judge everything the same way, so that kappa is not defined"
        return ""

    @property
    def _chance(self) -> int:
        """The expected agreement, times the square of what is shared, so that it is exact."""
        first, second = self.both_for + self.only_first, self.both_for + self.only_second
        return first * second + (self.shared - first) * (self.shared - second)


@dataclass(frozen=True)
class Coverage:
    """How many of the proposals somebody has judged.

    Args:
        document: in the whole document.
        sections: key of each section to how many there, in reading order.
    """

    document: Ratio
    sections: Mapping[str, Ratio]


def counted(outcomes: Outcomes, refused: Collection[Unit] = ()) -> dict[str, Counter[str]]:
    """Each rule to how many of its reviewed proposals have which state.

    What people added, or made of a proposal, is no proposal of the rule. One that was judged again after its words changed
    counts once.

    Args:
        outcomes: what people decided.
        refused: what could not have been accepted, since the shapes refuse it; where it was rejected, it is `REFUSED`.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for judgement in outcomes.judgements.values():
        if stance := _proposal(judgement):
            is_refused = judgement.state == "rejected" and stance.event.act == "reject" and judgement.unit in refused
            counts[stance.evidence.rule][REFUSED if is_refused else judgement.state] += 1
    return counts


def precisions(outcomes: Outcomes, priors: Mapping[str, float] = _NONE, refused: Collection[Unit] = ()) -> list[Precision]:
    """The precision of each rule of which something is reviewed, or a prior is given, by name.

    Args:
        outcomes: what people decided.
        priors: the confidence that each rule states; where it is not given, the mean of those of its reviewed proposals.
        refused: see `counted`.
    """
    counts = counted(outcomes, refused)
    stated: dict[str, list[float]] = defaultdict(list)
    for judgement in outcomes.judgements.values():
        if (stance := _proposal(judgement)) and stance.evidence.confidence is not None:
            stated[stance.evidence.rule].append(stance.evidence.confidence)
    means = {rule: fmean(values) for rule, values in stated.items()} | dict(priors)
    return [_precision(rule, counts.get(rule, Counter()), means.get(rule)) for rule in sorted({*counts, *priors})]


def _precision(rule: str, count: Mapping[str, int], prior: float | None) -> Precision:
    right, wrong, disputed = (sum(count.get(state, 0) for state in states) for states in (_RIGHT, _WRONG, _OPEN))
    return Precision(rule, right, wrong, disputed, prior, count.get(REFUSED, 0))


def measured(counts: Iterable[Mapping[str, Counter[str]]]) -> dict[str, float]:
    """The confidence of each rule of which enough is reviewed, to the hundredth, so that not each decision changes the order.

    Args:
        counts: what `counted` found, in each of several documents.
    """
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for count in counts:
        for rule, states in count.items():
            total[rule].update(states)
    found = (_precision(rule, states, None) for rule, states in total.items())
    return {one.rule: round(one.confidence, 2) for one in found if one.confidence is not None}


def agreements(outcomes: Outcomes) -> list[Agreement]:
    """The agreement between each two reviewers who judged something in common, by their handles.

    What counts is what each holds in the end; so those who talked it over agree more than those who did not.

    Args:
        outcomes: what people decided.
    """
    counts: dict[tuple[str, str], Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for judgement in outcomes.judgements.values():
        holds = dict(_held(judgement))
        for first, second in combinations(sorted(holds), 2):
            counts[first, second][holds[first], holds[second]] += 1
    order = ((FOR, FOR), (FOR, AGAINST), (AGAINST, FOR), (AGAINST, AGAINST))
    return [Agreement(*pair, *(table[cell] for cell in order)) for pair, table in sorted(counts.items())]


def coverage(profile: str, proposals: Iterable[Proposed], sections: Sequence[Section], outcomes: Outcomes) -> Coverage:
    """How far a document and each of its sections are reviewed.

    Args:
        profile: the profile's key.
        proposals: what the rules propose today.
        sections: the document's sections, in reading order; each has its share, also where nothing is proposed there.
        outcomes: what people decided.
    """
    starts = [(section.heading or section.body).start for section in sections]
    counts: dict[str, list[int]] = {section.key: [0, 0] for section in sections}
    for proposal in proposals:
        place = bisect_right(starts, proposal.evidence.start) - 1
        count = counts.setdefault(sections[place].key if place >= 0 else "", [0, 0])
        count[0] += _is_judged(outcomes.judgements.get(proposal.unit(profile)))
        count[1] += 1
    hits, total = (sum(count[part] for count in counts.values()) for part in (0, 1))
    return Coverage(Ratio(hits, total), {key: Ratio(*count) for key, count in counts.items()})


def _proposal(judgement: Judgement) -> Stance | None:
    """The latest stance that judges the unit as a rule's proposal; None where it is none."""
    judging = [
        stance
        for stance in judgement.stances.values()
        if stance.event.act in ("accept", "reject", "correct") and stance.evidence.rule and _is_meant(judgement.unit, stance)
    ]
    return None if judgement.revises else max(judging, key=lambda stance: stance.event.order, default=None)


def _is_meant(unit: Unit, stance: Stance) -> bool:
    """Whether the act is about this claim on these words: neither a recheck of earlier ones nor what a correction leads to."""
    return next(units_of(stance.event)) == unit


def _held(judgement: Judgement) -> Iterator[tuple[str, bool]]:
    """Each reviewer with whether he or she holds the claim for right; what a recheck takes along does not count again."""
    for name, stance in judgement.stances.items():
        rechecked = list(units_of(stance.event))[1:]
        if stance.holds is not NEITHER and judgement.unit not in rechecked:
            yield name, stance.holds


def _is_judged(judgement: Judgement | None) -> bool:
    return judgement is not None and any(stance.holds is not NEITHER for stance in judgement.stances.values())
