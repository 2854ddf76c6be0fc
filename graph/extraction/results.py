"""What extraction finds in a document: actors and proposed claims, each with the words that say so.

Nothing here is knowledge yet. A proposal becomes a claim of the graph only by a person's decision.
"""

from dataclasses import dataclass, field

from graph.dates import StatedDate
from graph.spans import Span

PROPOSED = "proposed"
REVIEW = "review"


@dataclass(frozen=True)
class FoundActor:
    """An actor that a document names.

    Args:
        name: its fullest name in the document, or its preferred name where an authority file holds it.
        kind: key of the concept in the list of kinds of actors, `ministry`.
        reference: where an authority file holds it (`body/europol`); None for a candidate.
        span: where it is first named, in code points of the document's text.
        quote: the words there, exactly.
        aliases: other names of it in the document: acronyms, translations, short forms; without `name`.
        generic: whether it is an unnamed collective, such as "NGOs".
        suggestions: references of actors of the authority files that it may be, the likeliest first, each with its reason.
    """

    name: str
    kind: str
    reference: str | None
    span: Span
    quote: str
    aliases: tuple[str, ...] = ()
    generic: bool = False
    suggestions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class End:
    """One end of a proposed claim.

    Args:
        name: the name of the actor or topic, as in its `FoundActor` where there is one.
        reference: where something of the authority files or of the ontology is meant; None for a candidate.
        mentions: where the sentence speaks of it, by a name, a short form or a pronoun, in code points of the document's text; none
            where the sentence leaves it unsaid. Two ends are the same wherever they are mentioned.
    """

    name: str
    reference: str | None
    mentions: tuple[Span, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Proposal:
    """A claim that the rules, or a plug-in, propose.

    Args:
        subject: who.
        relation: local name in the ontology.
        object: to whom.
        span: where the quote stands, in code points of the document's text.
        quote: the words there, exactly; the sentence or list item that says so.
        polarity: `affirmed` or `negated`.
        modality: `asserted`, `planned`, `past`, `required` or `possible`.
        confidence: from 0 to 1; a prior of the rule, lowered where an end is a pronoun or a short form. No measured probability.
        rule: which rule or plug-in.
        state: `proposed`, or `review` where polarity, modality or an end could not be decided; such a proposal is `possible`
            at most, never `asserted`.
        reason: for `review`, why; for short forms, how they were resolved; empty otherwise.
        valid_from: since when, as stated.
        valid_until: until when.
    """

    subject: End
    relation: str
    object: End
    span: Span
    quote: str
    polarity: str
    modality: str
    confidence: float
    rule: str
    state: str = PROPOSED
    reason: str = ""
    valid_from: StatedDate | None = None
    valid_until: StatedDate | None = None

    @property
    def is_asserted(self) -> bool:
        """Whether it says that the relation holds now, or at the time of the document."""
        return self.state == PROPOSED and self.polarity == "affirmed" and self.modality == "asserted"


@dataclass(frozen=True)
class Extraction:
    """All that was found in one document.

    Args:
        actors: in the order in which they are first named.
        proposals: in the order of their quotes.
        language: language code, None where it could not be told.
        is_template: whether the document follows the template of the policy profiles.
        remarks: what was left out, and why, in sentences.
    """

    actors: tuple[FoundActor, ...]
    proposals: tuple[Proposal, ...]
    language: str | None
    is_template: bool
    remarks: tuple[str, ...] = field(default=())
