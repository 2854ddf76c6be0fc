"""Sentences with the claims that rest on them."""

from pydantic import BaseModel, Field

from webapp.api.models.lists import Listed, Paged


class SentencesParameters(Paged):
    """Parameters of the sentences."""

    profile: str = Field("", max_length=200, pattern=r"^[A-Za-z0-9-]*$", description="only those of this profile, by its key")
    q: str = Field("", max_length=200, pattern=r"^[^\x00-\x1f]*$", description="only those that hold these words, case not counted")
    claimed: bool | None = Field(None, description="only those on which a claim rests (true), or none does (false)")


class Sentence(BaseModel):
    """A sentence of a document, with the claims that rest on it."""

    iri: str
    text: str
    form: str = Field(description="sentence, heading, list item and so on")
    section: str = Field(description="title of its section")
    profile: str = Field(description="key of the profile")
    start: int = Field(description="where it begins in the document's text, in code points")
    end: int
    claims: list[str] = Field(description="IRIs of the claims")


class Sentences(Listed):
    """Sentences of documents."""

    items: list[Sentence]
