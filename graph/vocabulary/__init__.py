"""The ontology as the pipeline needs it: relations, classes, lists, and the names that files may use.

Read once from `ontology/`; nothing here is written down a second time in code.
"""

from functools import cache
from itertools import chain

import ontology
from graph.iris import DEF, term
from graph.vocabulary import maps, turtle
from graph.vocabulary.model import ActorKind, Relation, RelationName, Vocabulary

__all__ = ["ActorKind", "Relation", "RelationName", "Vocabulary", "load"]


@cache
def load() -> Vocabulary:
    """The shipped ontology.

    Raises:
        VocabularyError: ontology, relation map or kinds contradict themselves.
    """
    parsed = chain.from_iterable(turtle.parse(module) for module in ontology.modules())
    triples = tuple(sorted(set(parsed), key=str))
    relations = turtle.relations(triples)
    classes = {node.value.removeprefix(f"{DEF}#") for node in turtle.classes(triples)}
    return Vocabulary(
        relations,
        maps.relation_names(ontology.path("relation-map.csv"), relations),
        maps.actor_kinds(ontology.path("actor-kinds.csv"), relations, classes),
        turtle.concepts(triples),
        turtle.headings(triples),
        turtle.front_labels(triples),
        turtle.parts(triples),
        turtle.labels(triples),
        turtle.closures(triples, term("rdfs:subClassOf")),
        triples,
    )
