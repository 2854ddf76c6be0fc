"""How two things are connected: the shortest paths between them, each hop with its evidence.

wanted    what a reader may ask for, and the words for it
ends      words to the thing that they name
steps     hops to claims as pages show them
finding   both ends, the search and its steps
drawing   paths to coordinates
exports   paths as Turtle, as a table and as a list to cite
views     the addresses
"""

from webapp.pages.paths import views

__all__ = ["views"]
