"""Pages for people: each is a query, a pure function that orders what it found, and a template.

questions   the pages' queries, shown beside what they found
claims      rows to claims with their evidence
thing       the claims of a thing, grouped
ego         the network around an actor, as coordinates
document    a profile's text with its quotes marked
views       addresses to pages
"""

from webapp.pages.views import blueprint

__all__ = ["blueprint"]
