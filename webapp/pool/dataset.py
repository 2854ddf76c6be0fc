"""What a query names as its data set with FROM and FROM NAMED, and what that is in the store.

The published graph has no named graph of its own: it is the store's default graph. So `FROM` cannot be left to the
engine, which would find nothing under that name; it is read here and given to the engine as arguments.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

import pyoxigraph as ox

from webapp.pool.question import Dataset
from webapp.pool.tokens import Token, tokens

_FROM = re.compile("FROM", re.IGNORECASE)
"""Without this word a query names no data set, and need not be cut into tokens."""

Name = ox.NamedNode | ox.BlankNode
Graph = Name | ox.DefaultGraph


class ForeignGraphError(LookupError):
    """A graph is asked for that this store does not hold."""


def from_clauses(query: str, prefixes: Mapping[str, str]) -> Dataset | None:
    """The data set that a query names, None if it names none.

    Args:
        query: SPARQL.
        prefixes: prefixes that the query need not declare.
    """
    if not _FROM.search(query):
        return None
    known, base = dict(prefixes), ""
    default: list[str] = []
    named: list[str] = []
    found = _outside_brackets(tokens(query))
    for token in found:
        match token.keyword:
            case "BASE":
                base = urljoin(base, _inside(next(found, token)))
            case "PREFIX":
                prefix = next(found, token).text.removesuffix(":")
                known[prefix] = urljoin(base, _inside(next(found, token)))
            case "FROM":
                graph = next(found, token)
                into = named if graph.keyword == "NAMED" else default
                graph = next(found, token) if graph.keyword == "NAMED" else graph
                into.append(_resolved(graph, known, base))
    return Dataset(tuple(filter(None, default)), tuple(filter(None, named))) if default or named else None


def graphs(store: ox.Store, asked: Dataset, published: str) -> tuple[list[Graph], list[Name]]:
    """A data set as the arguments that the engine takes: default graphs, named graphs.

    The published graph is the sum of the published named graphs. Beside it these add nothing; they are left out,
    because the engine would count their triples twice.

    Raises:
        ForeignGraphError: the store holds no graph of that name; nothing is fetched from elsewhere.
    """
    for iri in {*asked.default, *asked.named} - {published}:
        if not store.contains_named_graph(ox.NamedNode(iri)):
            message = f"There is no graph <{iri}> here, and none is fetched from elsewhere."
            raise ForeignGraphError(message)
    named: list[Name] = [ox.NamedNode(iri) for iri in asked.named if iri != published]
    if published not in asked.default:
        return [ox.NamedNode(iri) for iri in asked.default], named
    proposed: list[Graph] = [ox.NamedNode(iri) for iri in asked.default if iri.endswith("/proposed")]
    return [ox.DefaultGraph(), *proposed], named


def _outside_brackets(found: Iterator[Token]) -> Iterator[Token]:
    depth = 0
    for token in found:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.kind in ("iri", "name"):
            yield token


def _inside(token: Token) -> str:
    return token.text.strip("<>")


def _resolved(token: Token, prefixes: Mapping[str, str], base: str) -> str:
    """The IRI that a token stands for, empty where the parser will complain of it."""
    if token.kind == "iri":
        return urljoin(base, _inside(token)) if base else _inside(token)
    prefix, _, local = token.text.partition(":")
    return prefixes[prefix] + local.replace("\\", "") if prefix in prefixes else ""
