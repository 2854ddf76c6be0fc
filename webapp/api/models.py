"""What goes into the JSON endpoints and what comes out. Answers and OpenAPI are both made from these."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
"""What a person may type: no control characters."""
MOST = 500


class Paged(BaseModel):
    """Parameters of every list."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=MOST, description="items in one answer")
    offset: int = Field(0, ge=0, le=10_000_000, description="items to pass over; `next` has it for the next answer")


class SearchParameters(Paged):
    """Parameters of the search."""

    q: Words = Field(description="words of names, in any language, or of sentences; accents and case do not count")
    kind: str = Field("", max_length=40, pattern=r"^[a-z-]*$", description="only this kind: `country`, `body`, `group`, `sentence` …")
    country: str = Field("", max_length=40, pattern=r"^[A-Za-z0-9-]*$", description="only what is of this country, by its key: `ESP`")
    topic: str = Field("", max_length=200, pattern=r"^[A-Za-z0-9-]*$", description="only what is on this topic, by its key: `cse`")
    year: str = Field("", max_length=4, pattern=r"^[0-9]*$", description="only what a document of this year speaks of")
    certainty: Literal["", "stated", "secondary", "derived"] = Field("", description="only what a claim of this certainty is about")


class SuggestParameters(BaseModel):
    """Parameters of the suggestions."""

    model_config = ConfigDict(extra="forbid")

    q: Words = Field(description="what has been typed so far")


class EdgesParameters(Paged):
    """Parameters of the edges of a thing."""

    relation: str = Field("", max_length=80, pattern=r"^[A-Za-z]*$", description="only this relation, by its local name: `memberOf`")
    year: int | None = Field(
        None, ge=1, le=9999, description="only what held in this year, as far as dates are stated; what has none stays in"
    )
    certainty: Literal["", "stated", "secondary", "derived"] = Field("", description="only claims of this certainty")


class SentencesParameters(Paged):
    """Parameters of the sentences."""

    profile: str = Field("", max_length=200, pattern=r"^[A-Za-z0-9-]*$", description="only those of this profile, by its key")
    q: str = Field("", max_length=200, pattern=r"^[^\x00-\x1f]*$", description="only those that hold these words, case not counted")
    claimed: bool | None = Field(None, description="only those on which a claim rests (true), or none does (false)")


_KEY = r"[A-Za-z0-9]+(-+[A-Za-z0-9]+)*"
Compared = Annotated[str, StringConstraints(max_length=200, pattern=rf"^(country/{_KEY}(@[1-9][0-9]{{3}})?|profile/{_KEY})$")]
"""A thing to compare, as addresses of pages have it."""


class CompareParameters(BaseModel):
    """Parameters of a comparison."""

    model_config = ConfigDict(extra="forbid")

    of: list[Compared] = Field(
        min_length=2,
        max_length=4,
        json_schema_extra={"uniqueItems": True},
        description="once for each of two to four things: `country/ESP`, `country/ESP@2018` for one year, `profile/…`",
    )
    year: int | None = Field(None, ge=1000, le=9999, description="of all countries that are given without a year")
    topic: str = Field("", max_length=200, pattern=rf"^({_KEY})?$", description="only what is on this topic, by its key: `cse`")


class Hit(BaseModel):
    """A thing or a sentence that was found."""

    iri: str
    reference: str = Field(description="kind and key, as addresses use them")
    kind: str = Field(description="what kind of thing it is, in words")
    label: str = Field(description="its preferred name; of a sentence, its words")
    name: str = Field(description="the name by which it was found")
    page: str = Field(description="address of its page")
    data: str = Field(description="address of its data, in Turtle")


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


class Attribute(BaseModel):
    """One thing that is said of something, in words."""

    name: str
    values: list[str]


class Elsewhere(BaseModel):
    """What another list has for the same thing."""

    site: str
    code: str
    how: str = Field(description="how close the match is, in words")
    address: str


class Thing(BaseModel):
    """What the release says of a thing, apart from its edges."""

    release: str
    iri: str
    reference: str
    kind: str
    label: str
    attributes: list[Attribute]
    names: dict[str, list[str]] = Field(description="names by language; the empty key is for those without one")
    elsewhere: list[Elsewhere]
    claims: dict[str, int] = Field(description="number of claims by certainty, and of all")
    edges: str = Field(description="address of its edges")
    page: str
    data: str


class End(BaseModel):
    """One end of an edge."""

    iri: str
    label: str


class Evidence(BaseModel):
    """The words that a claim rests on."""

    iri: str
    words: str = Field(description="the quote, or for an authority fact its row in words")
    certainty: str
    cited: str = Field(description="IRI of the sentence or row")
    start: int | None = Field(description="where the quote begins in the document's text, in code points; null for a row")
    end: int | None = Field(description="where it ends")
    sources: list[str] = Field(description="for a row, where it was read")
    rule: str = Field(description="for what is derived, by which rule")


class Relation(BaseModel):
    """What an edge says."""

    iri: str
    name: str = Field(description="local name: `memberOf`")
    label: str


class Edge(BaseModel):
    """A supported claim with its evidence."""

    claim: str = Field(description="IRI of the claim")
    sentence: str = Field(description="the claim in words")
    subject: End
    relation: Relation
    object: End
    modality: str
    certainty: str
    dated: bool = Field(description="whether a beginning or an end is stated")
    valid_from: str = Field(description="as stated; empty if it is not")
    valid_until: str = Field(description="as stated; empty if it is not")
    as_of: str = Field(description="when the source said it")
    document: End = Field(description="where it is stated: a profile or an authority file")
    evidence: list[Evidence]


class Hop(BaseModel):
    """One step of a path."""

    source: End = Field(description="where it begins, along the path; each claim says which way it runs itself")
    target: End
    claims: list[Edge] = Field(description="the claims that allow it, the first the one to which it is put down")


class Path(BaseModel):
    """A path between two things."""

    length: int = Field(description="number of its hops")
    hops: list[Hop]


class Paths(BaseModel):
    """The shortest paths between two things."""

    release: str
    source: End
    target: End
    end: Literal["enough", "length", "apart", "budget", "same"] = Field(
        description="why there are no more: as many as were wanted, no other is that short, nothing connects the two, "
        "the search has cost as much as it may, both ends are the same"
    )
    words: str = Field(description="the same in words")
    paths: list[Path]
    page: str = Field(description="address of the page that shows them")


class SeenEdge(Edge):
    """An edge that the explorer shows; it may be one that nobody has reviewed."""

    review: str = Field(description="state of its review; `unreviewed`, `rejected` and `disputed` stand outside the published graph")


class Node(BaseModel):
    """An actor that the explorer shows."""

    iri: str
    reference: str = Field(description="kind and key, as addresses use them")
    label: str
    expanded: bool = Field(description="whether its relations are shown")
    shared: int = Field(description="with how many expanded actors it is tied")
    x: float = Field(description="where it is drawn, to the right")
    y: float = Field(description="where it is drawn, downwards")
    page: str


class Explored(BaseModel):
    """What the explorer shows, and how much it does not."""

    release: str
    nodes: list[Node]
    edges: list[SeenEdge]
    all_nodes: int = Field(description="actors that pass, those beyond the limit included")
    beyond: int = Field(description="claims that are not shown because an end of them is beyond the limit of actors")
    filtered: int = Field(description="claims that the filters leave out")
    hidden: int = Field(description="claims that lead to hidden actors")
    uncommon: int = Field(description="claims that lead to neighbours of one actor only, where only common ones are wanted")
    denied: int = Field(description="claims that a source denies, or that lead from an actor to itself")
    query: str = Field(description="the SPARQL that finds what passes the filters")
    page: str = Field(description="address of the page that shows it")


class Expansion(BaseModel):
    """The claims of an actor that are read alike."""

    relation: str = Field(description="local name: `memberOf`")
    side: str = Field(description="which end the actor is: `subject` or `object`")
    label: str = Field(description="the relation as it is read from the actor")
    claims: int
    expand: str = Field(description="what the parameter `expand` of the explorer takes")


class Expansions(BaseModel):
    """What would come if an actor were expanded."""

    release: str
    reference: str
    claims: int = Field(description="published claims that are not denied")
    kinds: list[Expansion] = Field(description="by relation and side, most claims first")


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


class Listed(BaseModel):
    """A page of a list; each kind of list says what its items are."""

    release: str
    total: int = Field(description="items in the whole list")
    next: str | None = Field(description="address of the next page; null on the last")


class Hits(Listed):
    """Things and sentences."""

    items: list[Hit]


class Edges(Listed):
    """Edges of a thing."""

    items: list[Edge]


class Sentences(Listed):
    """Sentences of documents."""

    items: list[Sentence]


class ComparedThing(BaseModel):
    """A thing compared."""

    written: str = Field(description="as `of` has it")
    iri: str
    label: str = Field(description="what it is called in this comparison")
    documents: list[str] = Field(description="IRIs of its documents")
    absence: str = Field(
        description="what it means that nothing is found of it: `silent`, `not-analysed`, `missing` or `unknown`; never no"
    )
    claims: int = Field(description="number of claims about it")


class ComparedLine(BaseModel):
    """What one or more claims or sections say alike."""

    words: str
    state: str = Field(
        description="how it stands: `holds`, `as-of`, `undated`, `ended`, `later`, `other-year`, `planned`, `denied`, `open`, `there`, `empty`, `no-section`"
    )
    claims: list[str] = Field(description="IRIs of the claims; none for a section")


class ComparedCell(BaseModel):
    """What is said of one thing in one row."""

    state: str = Field(description="the state that weighs most of its lines; without lines, why nothing can be said")
    words: str = Field(description="the whole in words, as the page and the table have it")
    lines: list[ComparedLine]


class ComparedRow(BaseModel):
    """What is said of all things in respect of one thing."""

    part: str = Field(description="`sections`, `networks`, `practices` or `topics`")
    reference: str = Field(description="kind and key of the row's thing, or `section/` and the key of the template's section")
    label: str
    said_of: list[int] = Field(
        description="places in `things` of those of which a source says so for the time asked for; none for a section"
    )
    cells: list[ComparedCell] = Field(description="one for each thing, in their order")


class Comparison(BaseModel):
    """Two to four things side by side."""

    release: str
    things: list[ComparedThing]
    rows: list[ComparedRow]
    queries: list[str] = Field(description="the SPARQL behind the rows")
    page: str
    table: str = Field(description="address of the same as CSV")
    data: str = Field(description="address of the claims with their evidence, in Turtle")


class Problem(BaseModel):
    """Why there is no answer."""

    status: int
    message: str = Field(description="what was wrong, and what to do")


class Departure(Problem):
    """Why something is here no longer."""

    successor: str = Field("", description="IRI of what has taken its place, where something has")
    page: str = Field("", description="address of the successor's page")
