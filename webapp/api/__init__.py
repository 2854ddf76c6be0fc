"""JSON for programs that want no SPARQL: search, suggestions, things, their edges and the paths between them with evidence, sentences.

models       what goes in and what comes out; the one source of answers and description
answers      a release to the models
endpoints    addresses, checked parameters, pages of a list
description  the same as OpenAPI, and a page to read it on
"""

from webapp.api import description, endpoints
from webapp.api.blueprint import blueprint

__all__ = ["blueprint", "description", "endpoints"]
