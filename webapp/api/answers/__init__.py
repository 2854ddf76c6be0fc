"""A release to the models of the JSON endpoints. The queries are those of the pages, so that both always say the same.

found      what an index has for words, to models
things     what is said of a thing, to a model
edges      claims with their evidence, to models
paths      paths between two things, to models
explored   what the explorer shows, to models
sentences  the sentences of the documents, to models
compared   things side by side, to models
"""

from webapp.api.answers.compared import comparison
from webapp.api.answers.edges import edges
from webapp.api.answers.explored import expansions, explored
from webapp.api.answers.found import hits, suggestions
from webapp.api.answers.paths import paths
from webapp.api.answers.sentences import sentences
from webapp.api.answers.things import thing

__all__ = ["comparison", "edges", "expansions", "explored", "hits", "paths", "sentences", "suggestions", "thing"]
