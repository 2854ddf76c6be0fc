"""A profile as it lies before those who decide: what the rules propose, what people decided, what follows.

The build writes what stands; the queue shows what is open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.claims import Claim
from graph.curation.metadata import Metadata
from graph.curation.quotes import Withheld
from graph.dates import StatedDate
from graph.decisions.anchors import Anchorage
from graph.decisions.events import Event
from graph.decisions.minting import decided_ends
from graph.decisions.outcomes import Outcomes, fold
from graph.decisions.proposals import Material, Proposed, Rules, proposed, suggested
from graph.decisions.records import End
from graph.decisions.redirects import Redirects
from graph.decisions.reviewed import ACTOR_UNKNOWN, RELATION_UNKNOWN, Reading, Reviewed, review, unit_of
from graph.documents import Document
from graph.errors import DecisionError, InputError, RuleError, SidecarError
from graph.extraction.plugins import Answer
from graph.sections import Section
from graph.sentences import Sentence
from graph.text import fold as folded
from graph.vocabulary import Vocabulary

_DAY = len("2026-11-25")
_REMEDIES = {
    RELATION_UNKNOWN: "put the relation back into the ontology, or correct the claim",
    ACTOR_UNKNOWN: "put the actor back into data/authority or the side-car, merge it with another one, or correct the claim",
}


@dataclass(frozen=True)
class Sheet:
    """What is known of a profile before anyone decides.

    Args:
        place: the file of decisions on it, for messages.
        document: the document, without words that are withdrawn.
        text_hash: SHA-256 of its text as received.
        sections: its sections.
        sentences: its sentences.
        about: what is known of it as a whole.
        curated: the claims of its side-car.
        labels: reference to name of all that may be an end of a claim, actors of the side-car among them.
        withheld: its withdrawn passages.
        answers: what plug-ins proposed.
    """

    place: Path
    document: Document
    text_hash: str
    sections: Sequence[Section]
    sentences: Sequence[Sentence]
    about: Metadata
    curated: Sequence[Claim]
    labels: Mapping[str, str]
    withheld: Withheld
    answers: tuple[Answer, ...] = ()

    @property
    def material(self) -> Material:
        """What the rules work on."""
        return Material(self.document, self.sections, self.sentences, self.about, self.answers)


@dataclass(frozen=True)
class Desk:
    """What lies on the desk.

    Args:
        proposals: what the rules propose today.
        outcomes: what people decided, the side-car heard.
        reviewed: the claims that stand, and those that are open.
        about: what is known of the profile as a whole; whether it is complete was decided as well.
        aside: what could not be used, and why.
        suggestions: reference of each actor that no file holds to those that it may be, each with the reason.
    """

    proposals: tuple[Proposed, ...]
    outcomes: Outcomes
    reviewed: Reviewed
    about: Metadata
    aside: tuple[InputError, ...]
    suggestions: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class _Machine:
    """What the rules say of a profile.

    Args:
        proposals: what they propose.
        cues: phrases that deny, plan and so on in the document's language; None where there are no rules for it.
        suggestions: what the actors that it names may be.
        faults: what was wrong with the rules.
    """

    proposals: tuple[Proposed, ...] = ()
    cues: tuple[str, ...] | None = None
    suggestions: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    faults: tuple[InputError, ...] = ()


def lay(sheet: Sheet, events: Sequence[Event], redirects: Redirects, vocabulary: Vocabulary, rules: Rules | None) -> Desk:
    """Put together what the rules propose and what people decided.

    Args:
        sheet: the profile.
        events: the decisions on its claims.
        redirects: what actors turned out to be.
        vocabulary: relations, kinds and lists.
        rules: the rules; None where nothing is to be proposed.
    """
    key = sheet.document.key
    outcomes = fold(events, [unit_of(claim, evidence, key) for claim in sheet.curated for evidence in claim.evidence])
    machine = _machine(sheet, events, redirects, vocabulary, rules)
    reading = Reading(
        key, sheet.document.text, Anchorage(sheet.document.text, sheet.sentences, machine.cues), sheet.about, sheet.labels.keys(), redirects, vocabulary,
        sheet.withheld.holds,
    )  # fmt: skip
    curated = [claim for claim in sheet.curated if redirects[claim.subject] != redirects[claim.object]]
    reviewed = review(outcomes, machine.proposals, curated, reading)
    about, remarks = _completed(sheet, outcomes)
    aside = (*machine.faults, *_merged(sheet, redirects), *_unseen(sheet, outcomes, reviewed), *remarks)
    return Desk(machine.proposals, outcomes, reviewed, about, aside, machine.suggestions)


def _machine(sheet: Sheet, events: Sequence[Event], redirects: Redirects, vocabulary: Vocabulary, rules: Rules | None) -> _Machine:
    """What the rules say; whatever is wrong with the machine costs its proposals, and never what people decided."""
    if rules is None:
        return _Machine()
    key = sheet.document.key
    try:
        extraction = rules.extract(sheet.material)
        known = _known(sheet, events, redirects)
        found = proposed(extraction, sheet.document, sheet.sentences, vocabulary, known, rules.hash, redirects.profiles)
        return _Machine(
            tuple(found), rules.cues(extraction.language or ""), suggested(extraction, key, vocabulary, known, redirects.profiles)
        )
    except RuleError as error:
        problem = f"{error.problem}, so that nothing is proposed for {key}"
        return _Machine(faults=(RuleError(error.path, problem, error.remedy, error.line, stops=False),))
    except (MemoryError, OSError):
        raise  # it may pass, and what comes of it must not be kept
    except Exception as error:  # noqa: BLE001  # a bug that one document meets must not keep it from being published
        problem = f"the rules fail on the document ({type(error).__name__}: {error}), so that nothing is proposed"
        return _Machine(faults=(RuleError(sheet.document.path, problem, "report this with the document", stops=False),))


def _known(sheet: Sheet, events: Sequence[Event], redirects: Redirects) -> dict[str, End]:
    """Folded name to end, for actors that the side-car or decisions name."""
    own = {
        folded(label): End(reference=reference, name=label)
        for reference, label in sheet.labels.items()
        if redirects.is_of(reference, sheet.document.key)
    }
    return decided_ends(events) | own


def _completed(sheet: Sheet, outcomes: Outcomes) -> tuple[Metadata, list[InputError]]:
    """Whether people declared the curation of this very text complete, unless the side-car says so."""
    key = sheet.document.key
    if sheet.about.complete or key not in outcomes.completions:
        return sheet.about, []
    if declared := outcomes.completed(key, sheet.text_hash):
        return replace(sheet.about, complete=StatedDate(declared.at[:_DAY])), []
    problem = "the text was declared complete and has changed since, so that the declaration does not hold"
    return sheet.about, [DecisionError(sheet.place, problem, "look at what is new, and declare it complete again", stops=False)]


def _merged(sheet: Sheet, redirects: Redirects) -> Iterator[InputError]:
    for claim in sheet.curated:
        if redirects[claim.subject] == redirects[claim.object]:
            problem = (
                f"the claim {claim.subject} {claim.relation} {claim.object} of the side-car leads from an actor to itself since a merge"
            )
            yield SidecarError(sheet.place, problem, "split the two, or remove the claim", stops=False)


def _unseen(sheet: Sheet, outcomes: Outcomes, reviewed: Reviewed) -> Iterator[InputError]:
    """Decisions on claims that cannot be shown although people can mend what is in the way."""
    for unit, placed in reviewed.places.items():
        if remedy := _REMEDIES.get(placed.place):
            claim = outcomes.judgements[unit].claim
            words = f"{claim.subject.reference} {claim.relation} {claim.object.reference}"
            yield DecisionError(sheet.place, f"the {placed.state} claim {words} is not shown: {placed.place}", remedy, stops=False)
