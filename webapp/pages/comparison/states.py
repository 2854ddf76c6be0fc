"""How a claim stands at the time that is asked for, and the ways in which nothing can be said. None of them is "no"."""

from dataclasses import dataclass

from webapp.pages.claims import Shown

_NO_FACT = ("planned", "required", "possible")


@dataclass(frozen=True)
class State:
    """One way in which a cell is drawn.

    Args:
        key: name of its sign and of its class in the style sheet.
        label: its name for readers.
        meaning: what it says, and what it does not.
        is_said: whether a source says so for the time that is asked for; only then does a thing share a row.
        is_absence: whether it stands where no claim was found.
    """

    key: str
    label: str
    meaning: str
    is_said: bool = False
    is_absence: bool = False


HOLDS = State("holds", "stated, with dates", "A source says so, with dates that cover the time asked for.", is_said=True)
AS_OF = State("as-of", "stated as of a year", "A source said so in that year; since when and until when it does not say.", is_said=True)
UNDATED = State("undated", "stated, no date", "A source says that it holds or held; when, it does not say.", is_said=True)
ENDED = State("ended", "ended", "A source says that it was so, and that it had ended by the time asked for.")
LATER = State("later", "begins later", "A source says that it begins only after the time asked for.")
OTHER_YEAR = State("other-year", "said of another year", "Only a document of another year says so, without dates.")
PLANNED = State("planned", "planned, not a fact", "A source plans, demands or thinks it possible; no edge stands on it.")
DENIED = State("denied", "denied", "A source says that it is not so.")
OPEN = State("open", "not vouched for", "Proposed or disputed: nobody vouches for it, so no edge stands on it.")
SILENT = State(
    "silent", "not mentioned", "Documents are held, all read to the end, and none mentions it. That is not “no”.", is_absence=True
)
NOT_ANALYSED = State(
    "not-analysed", "not analysed", "Documents are held, but not all were read to the end; what is not recorded may still be said.", is_absence=True
)  # fmt: skip
MISSING = State(
    "missing", "profile missing", "No document is held although one is expected: the country is in the European Union, and others have one.", is_absence=True
)  # fmt: skip
UNKNOWN = State("unknown", "unknown", "No document is held, and none is expected. Nothing is known.", is_absence=True)
THERE = State("there", "section there", "The document has this section of the template.")
EMPTY = State("empty", "section empty", "The document has the heading and nothing under it.", is_absence=True)
NO_SECTION = State("no-section", "section missing", "The document lacks this section of the template.", is_absence=True)

STATES = (
    HOLDS,
    AS_OF,
    UNDATED,
    ENDED,
    LATER,
    OTHER_YEAR,
    PLANNED,
    DENIED,
    OPEN,
    SILENT,
    NOT_ANALYSED,
    MISSING,
    UNKNOWN,
    THERE,
    EMPTY,
    NO_SECTION,
)
"""All of them, what weighs most first; a cell with several claims takes the colour of the first and shows all."""


def of_claim(claim: Shown, year: int | None) -> State:
    """How a claim stands.

    Args:
        claim: the claim.
        year: that is asked for; None for the day of the release.
    """
    if claim.is_denied:
        return DENIED
    if claim.modality in _NO_FACT:
        return PLANNED
    if not claim.supports_edge:
        return OPEN
    return _now(claim) if year is None else _then(claim, year)


def _now(claim: Shown) -> State:
    if claim.span.is_over or (claim.modality == "past" and not claim.span.ends):
        return ENDED
    if claim.span.is_to_come:
        return LATER
    return {"dated": HOLDS, "as-of": AS_OF}.get(claim.span.kind, UNDATED)


def _then(claim: Shown, year: int) -> State:
    """As all questions about a year: what nothing dates otherwise holds; but what one edition says is not said by another."""
    begins, ends, said = (_year(date) for date in (claim.span.begins, claim.span.ends, claim.span.as_of))
    if begins and year < begins:
        return LATER
    if ends and ends < year:
        return ENDED
    if begins or ends:
        return HOLDS
    if claim.stated_in.kind == "profile" and said and said != year:
        return OTHER_YEAR
    if claim.modality == "past":
        return ENDED
    return AS_OF if said else UNDATED


def _year(date: str) -> int:
    return int(date[:4]) if date[:4].isdecimal() else 0
