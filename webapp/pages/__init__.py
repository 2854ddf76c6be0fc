"""Pages for people: each is a query, a pure function that orders what it found, and a template.

asking      the pages' queries, shown beside what they found
callings    words to the things that they may name
places      where an IRI leads a reader
families    relations in families
shares      how many of each fit
bundle      the scripts that Vite has built
blueprint   the blueprint, and what every template may use
proofs      rows to evidence
claims      rows to claims
facts       what a thing is
outlines    the claims of a thing without their evidence
relations   the claims of a thing, grouped
ego         the network around a thing, as coordinates
mentions    which documents speak of a thing, and which are silent
document    a profile's text with its quotes marked
comparison  countries, years and documents side by side
front       the ways in: first page, lists, downloads, about
search      what fits some words
changes     the releases, and what has changed between them
explorer    a part of the network, chosen step by step
things      a page for each thing
embeds      drawings for other sites
paths       how two things are connected, hop by hop
compare     things side by side, and countries by networks
terms       a term of the ontology, with its rules, use and questions
ontology    the pages of the ontology and of its lists
"""

from webapp.pages import changes, compare, embeds, explorer, front, ontology, paths, search, things
from webapp.pages.blueprint import blueprint

__all__ = ["blueprint", "changes", "compare", "embeds", "explorer", "front", "ontology", "paths", "search", "things"]
