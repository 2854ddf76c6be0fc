"""Triples as compact JSON-LD, and the context that says what its names mean.

Terms of the ontology stand under their local names (`memberOf`), all else with a prefix (`skos:prefLabel`). The context
is made from the ontology alone, so that it means the same for each release of one version.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from graph.dumps import TYPE
from graph.iris import DEF, VOCABULARIES, Iris
from graph.store import View

_COERCED = """SELECT ?property ?range (COUNT(?other) AS ?ranges) WHERE {
  { ?property a owl:ObjectProperty BIND (owl:Thing AS ?range) }
  UNION { ?property a owl:DatatypeProperty ; rdfs:range ?range FILTER (STRSTARTS(STR(?range), STR(xsd:))) ?property rdfs:range ?other }
  FILTER (STRSTARTS(STR(?property), STR(liaison:)))
} GROUP BY ?property ?range ORDER BY ?property"""
_PREFIX = re.compile(r'"([a-z][a-z-]*):')
_STRING = f"{VOCABULARIES['xsd']}string"


def coercions(view: View, iris: Iris) -> dict[str, str]:
    """The terms whose values have one type: `@id` for things, else a datatype with its prefix."""
    found = {}
    for row in view.select(iris.header() + _COERCED):
        kind = iris.short(row["range"].value)
        if int(row["ranges"].value) <= 1 and kind != "xsd:string":
            found[_name(row["property"].value, iris)] = "@id" if kind == "owl:Thing" else kind
    return found


def context(iris: Iris, coerced: Mapping[str, str], prefixes: Iterable[str] | None = None) -> dict[str, Any]:
    """What the names mean.

    Args:
        iris: gives the prefixes.
        coerced: the terms whose values have one type.
        prefixes: those that are needed; all if None.
    """
    wanted = iris.prefixes if prefixes is None else sorted(prefixes)
    named = {name: {"@id": iris.prefixes[name], "@prefix": True} for name in wanted}
    terms = {name: {"@id": _expanded(name), "@type": kind} for name, kind in coerced.items()}
    return {"@version": 1.1, "@vocab": f"{DEF}#", **named, **terms}


def written(triples: Iterable[ox.Triple], iris: Iris, coerced: Mapping[str, str]) -> bytes:
    """Triples as JSON-LD that stands by itself: what its names mean is in it, as not every reader can fetch a context.

    Args:
        triples: without blank nodes, in the order in which they are written.
        iris: gives the prefixes.
        coerced: the terms whose values have one type.
    """
    nodes: dict[str, dict[str, Any]] = {}
    names: set[str] = set()
    for triple in triples:
        assert isinstance(triple.subject, ox.NamedNode)
        node = nodes.setdefault(triple.subject.value, {"@id": _short(triple.subject.value, iris)})
        if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode):
            node.setdefault("@type", []).append(_name(triple.object.value, iris))
            continue
        name = _name(triple.predicate.value, iris)
        names.add(name)
        node.setdefault(name, []).append(_value(triple.object, coerced.get(name, ""), iris))
    used = {name: kind for name, kind in coerced.items() if name in names}
    found = set(_PREFIX.findall(json.dumps([list(nodes.values()), used], ensure_ascii=False)))
    needed = {prefix for prefix in iris.prefixes if prefix in found}
    return json.dumps({"@context": context(iris, used, needed), "@graph": list(nodes.values())}, ensure_ascii=False, indent=1).encode()


def _name(iri: str, iris: Iris) -> str:
    """A property or class as the context writes it; a local name that is a prefix as well keeps its own prefix."""
    short = _short(iri, iris)
    local = short.removeprefix("liaison:")
    return local if local != short and local not in iris.prefixes else short


@lru_cache(maxsize=20_000)
def _short(iri: str, iris: Iris) -> str:
    """An IRI with its prefix; the same few are asked for again and again."""
    return iris.short(iri)


def _expanded(name: str) -> str:
    return f"{DEF}#{name.removeprefix('liaison:')}"


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, coerced: str, iris: Iris) -> str | dict[str, str]:
    if isinstance(term, ox.NamedNode):
        short = _short(term.value, iris)
        return short if coerced == "@id" else {"@id": short}
    assert isinstance(term, ox.Literal)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    kind = _short(term.datatype.value, iris)
    if kind == coerced:
        return term.value
    if term.datatype.value == _STRING:
        return {"@value": term.value} if coerced else term.value
    return {"@value": term.value, "@type": kind}
