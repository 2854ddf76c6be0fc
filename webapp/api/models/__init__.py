"""What goes into the JSON endpoints and what comes out. Answers and OpenAPI are both made from these.

lists      what every list takes and gives
found      what is found by words, and what is suggested while somebody types
things     a thing, apart from its edges
edges      edges with the words that they rest on
paths      paths between two things
explored   what the explorer shows, and what would come if an actor were expanded
sentences  sentences with the claims that rest on them
compared   things side by side
problems   why there is no answer
"""

from webapp.api.models.compared import ComparedCell, ComparedLine, ComparedRow, ComparedThing, CompareParameters, Comparison
from webapp.api.models.edges import Edge, Edges, EdgesParameters, End, Evidence, Relation
from webapp.api.models.explored import Expansion, Expansions, Explored, Node, SeenEdge
from webapp.api.models.found import Hit, Hits, Piece, SearchParameters, Suggestion, SuggestionGroup, Suggestions, SuggestParameters
from webapp.api.models.lists import Listed, Paged
from webapp.api.models.paths import Hop, Path, Paths
from webapp.api.models.problems import Departure, Problem
from webapp.api.models.sentences import Sentence, Sentences, SentencesParameters
from webapp.api.models.things import Attribute, Elsewhere, Thing

__all__ = [
    "Attribute",
    "CompareParameters",
    "ComparedCell",
    "ComparedLine",
    "ComparedRow",
    "ComparedThing",
    "Comparison",
    "Departure",
    "Edge",
    "Edges",
    "EdgesParameters",
    "Elsewhere",
    "End",
    "Evidence",
    "Expansion",
    "Expansions",
    "Explored",
    "Hit",
    "Hits",
    "Hop",
    "Listed",
    "Node",
    "Paged",
    "Path",
    "Paths",
    "Piece",
    "Problem",
    "Relation",
    "SearchParameters",
    "SeenEdge",
    "Sentence",
    "Sentences",
    "SentencesParameters",
    "SuggestParameters",
    "Suggestion",
    "SuggestionGroup",
    "Suggestions",
    "Thing",
]
