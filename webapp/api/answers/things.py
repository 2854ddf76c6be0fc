"""What is said of a thing, to a model."""

import pyoxigraph as ox

from webapp.api import models
from webapp.live import Serving
from webapp.pages import facts
from webapp.pages.asking import ask, words

_CERTAINTIES = """SELECT ?certainty (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim liaison:involves $thing ; liaison:certainty ?certainty
} GROUP BY ?certainty ORDER BY ?certainty"""


def thing(serving: Serving, node: ox.NamedNode, reference: str) -> models.Thing:
    """What is said of a thing, apart from its edges."""
    about, names = ask(serving, "thing", thing=node), ask(serving, "names", thing=node)
    rows = serving.view.select(serving.iris.header() + _CERTAINTIES, thing=node)
    counts = {words(row, "certainty").rpartition("#")[2]: int(words(row, "claims")) for row in rows}
    return models.Thing(
        release=serving.release.id,
        iri=node.value,
        reference=reference,
        kind=facts.kind_of(about.rows, reference),
        label=facts.label_of(about.rows, reference),
        attributes=[
            models.Attribute(name=name, values=[fact.value for fact in group]) for name, group in facts.facts(about.rows, serving.iris)
        ],
        names=dict(facts.names(names.rows)),
        elsewhere=[
            models.Elsewhere(site=match.site, code=match.code, how=match.how, address=match.place.address)
            for match in facts.matches(about.rows, serving.iris)
        ],
        claims={"all": sum(counts.values()), **counts},
        edges=f"/api/things/{reference}/edges",
        page=f"/page/{reference}",
        data=f"/data/{reference}.ttl",
    )
