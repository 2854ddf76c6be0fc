"""What a decision is about: a claim and its evidence, complete in themselves.

A record is read years later by people and programs that have neither the document, the rules nor the authority files
of that day. So it holds names beside references, and words beside offsets.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from graph.claims import Claim
from graph.dates import StatedDate
from graph.iris import Iris, is_key
from graph.text import digest

LONGEST_NAME, LONGEST_QUOTE, LONGEST_NOTE = 300, 6_000, 2_000
"""Letters. The extractor reads no sentence above 3,000."""
MOST_SENTENCES = 20
CONTEXT = 32
"""Code points kept before and after the words, as in the quote selector of a sentence."""
_FARTHEST = 10**9
_KEY = 20


def _reference(value: str) -> str:
    Iris().thing(value)
    return value


def _key(value: str) -> str:
    if not is_key(value):
        message = f"{value!r} is no key of letters, digits and hyphens"
        raise ValueError(message)
    return value


def _date(value: str) -> str:
    return StatedDate(value).stated


Reference = Annotated[str, StringConstraints(max_length=LONGEST_NAME), AfterValidator(_reference)]
"""`kind/key`, whatever the base of the data."""
Key = Annotated[str, StringConstraints(max_length=LONGEST_NAME), AfterValidator(_key)]
"""The last part of an IRI."""
Hash = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{_KEY}}}$")]
"""What `graph.text.digest` makes."""
Date = Annotated[str, AfterValidator(_date)]
"""A year, month or day, as stated."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]


class Record(BaseModel):
    """A part of an event. Fields that this version does not know are kept, and written back as they were."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", populate_by_name=True)


class End(Record):
    """One end of a claim, or an actor that is merged with another one.

    Args:
        reference: as first minted, before any merge.
        name: as it was shown to the person who decided.
        kind: key of the concept in the list of kinds, where no authority file holds the actor; otherwise empty.
    """

    reference: Reference
    name: Name
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z-]{0,60}$")] = ""


class ClaimRecord(Record):
    """What was judged.

    Args:
        key: key of the claim in its profile.
        subject: who.
        relation: local name of the relation.
        object: to whom.
        polarity: `affirmed` or `negated`.
        modality: `asserted`, `planned`, `past`, `required` or `possible`.
        valid_from: since when it holds, as stated; `from` in the file.
        valid_until: until when; `until` in the file.
    """

    key: Hash
    subject: End
    relation: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{1,60}$")]
    object: End
    polarity: Literal["affirmed", "negated"] = "affirmed"
    modality: Literal["asserted", "planned", "past", "required", "possible"] = "asserted"
    valid_from: Date | None = Field(None, alias="from")
    valid_until: Date | None = Field(None, alias="until")

    @classmethod
    def of(cls, profile: str, subject: End, relation: str, object_: End, **more: str | None) -> "ClaimRecord":
        """A claim with its key in a profile.

        Args:
            profile: the profile's key.
            subject: who.
            relation: local name of the relation.
            object_: to whom.
            more: `polarity`, `modality`, `from` and `until`; what is None is left out.

        Raises:
            ValueError: a value is not as it must be.
        """
        fields = {"subject": subject, "relation": relation, "object": object_, **{name: value for name, value in more.items() if value}}
        draft = cls.model_validate({**fields, "key": "0" * _KEY})
        return cls.model_validate({**fields, "key": draft.claim(profile).key})

    def claim(self, profile: str, review: str = "unreviewed") -> Claim:
        """The claim in a profile, without evidence.

        Args:
            profile: the profile's key.
            review: what people decided.
        """
        since, until = (StatedDate(date) if date else None for date in (self.valid_from, self.valid_until))
        ends = self.subject.reference, self.relation, self.object.reference
        return Claim(f"profile/{profile}", *ends, (), review, self.polarity, self.modality, since, until)


class EvidenceRecord(Record):
    """The words on which it was judged, and where they stood.

    Args:
        quote: the words, exactly.
        start: where they began in the document's text (code points).
        end: where they ended, exclusive.
        sentences: keys of the sentences that they touched, in reading order.
        passage: the document's text from the first of these sentences to the end of the last; empty where it is the quote.
        prefix: the text just before the passage.
        suffix: the text just behind it.
        rule: which rule or plug-in proposed the claim; empty where a person did.
        version: hash of the rules, or version of the plug-in.
        confidence: of the proposal; None where a person made it.
    """

    quote: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUOTE)]
    start: Annotated[int, Field(ge=0, le=_FARTHEST)]
    end: Annotated[int, Field(ge=1, le=_FARTHEST)]
    sentences: Annotated[tuple[Key, ...], Field(strict=False, min_length=1, max_length=MOST_SENTENCES)]
    passage: Annotated[str, StringConstraints(max_length=LONGEST_QUOTE)] = ""
    prefix: Annotated[str, StringConstraints(max_length=2 * CONTEXT)] = ""
    suffix: Annotated[str, StringConstraints(max_length=2 * CONTEXT)] = ""
    rule: Annotated[str, StringConstraints(max_length=LONGEST_NAME)] = ""
    version: Annotated[str, StringConstraints(max_length=LONGEST_NAME)] = ""
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None

    @property
    def words(self) -> str:
        """The words of whole sentences: the passage."""
        return self.passage or self.quote

    @property
    def unproposed(self) -> "EvidenceRecord":
        """The same words without the rule that proposed something on them."""
        return EvidenceRecord.model_validate(self.model_dump(exclude_unset=True, exclude={"rule", "version", "confidence"}))

    def key(self, claim: str) -> str:
        """The key of this evidence for the claim with the key `claim`: the same as in the graph."""
        return digest("evidence", claim, *(f"sentence/{sentence}" for sentence in self.sentences))
