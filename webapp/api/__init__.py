"""JSON for programs that want no SPARQL: what the pages show, with the words behind it.

models       what goes in and what comes out; the one source of answers and description
answers      a release to the models
endpoints    addresses, checked parameters, pages of a list
description  the same as OpenAPI, and a page to read it on
"""

from webapp.api import description, endpoints
from webapp.api.blueprint import blueprint

__all__ = ["blueprint", "description", "endpoints"]
