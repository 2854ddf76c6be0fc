"""What the explorer shows, and what would come if an actor were expanded."""

from pydantic import BaseModel, Field

from webapp.api.models.edges import Edge


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
