"""What is found by words, and what is suggested while somebody types."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from webapp.api.models.lists import Listed, Paged, Words


class SearchParameters(Paged):
    """Parameters of the search."""

    q: Words = Field(description="words of names, in any language, or of sentences; accents and case do not count")
    kind: str = Field("", max_length=40, pattern=r"^[a-z-]*$", description="only this kind: `country`, `body`, `group`, `sentence` …")
    country: str = Field("", max_length=40, pattern=r"^[A-Za-z0-9-]*$", description="only what is of this country, by its key: `ESP`")
    topic: str = Field("", max_length=200, pattern=r"^[A-Za-z0-9-]*$", description="only what is on this topic, by its key: `cse`")
    said: str = Field("", max_length=4, pattern=r"^[0-9]*$", description="only what a document of this year speaks of")
    certainty: Literal["", "stated", "secondary", "derived"] = Field("", description="only what a claim of this certainty is about")


class SuggestParameters(BaseModel):
    """Parameters of the suggestions."""

    model_config = ConfigDict(extra="forbid")

    q: Words = Field(description="what has been typed so far")


class Hit(BaseModel):
    """A thing or a sentence that was found."""

    iri: str
    reference: str = Field(description="kind and key, as addresses use them")
    kind: str = Field(description="what kind of thing it is, in words")
    label: str = Field(description="its preferred name; of a sentence, its words")
    name: str = Field(description="the name by which it was found")
    page: str = Field(description="address of its page")
    data: str = Field(description="address of its data, in Turtle")


class Hits(Listed):
    """Things and sentences."""

    items: list[Hit]


class Piece(BaseModel):
    """A stretch of a text."""

    text: str
    matched: bool = Field(description="whether it is what was typed")


class Suggestion(BaseModel):
    """Something that what was typed may mean."""

    reference: str = Field(description="kind and key, as addresses use them")
    page: str = Field(description="address of its page, or of its place in the page of its document")
    kind: str = Field(description="what kind of thing it is, in words; of a sentence, the title of its document")
    label: list[Piece] = Field(description="its preferred name, or words of the sentence, in pieces")
    name: list[Piece] = Field(description="another name by which it was found, in pieces; none where the label says it")
    language: str = Field(description="that name's language; empty where it has none")
    summary: bool = Field(description="whether it is, or stands in, a summary that this project wrote after a public page")


class SuggestionGroup(BaseModel):
    """Suggestions of one kind."""

    kind: str = Field(description="as references begin")
    title: str = Field(description="the kind in words")
    items: list[Suggestion]


class Suggestions(BaseModel):
    """What may be meant, by kind, the best first."""

    release: str
    total: int = Field(description="suggestions in all groups")
    groups: list[SuggestionGroup]
