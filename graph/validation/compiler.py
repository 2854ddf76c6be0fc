"""A constraint to one query on the store that finds everything that breaks it.

pySHACL visits each thing in turn in Python; a query judges all of them at once inside the store. Both find the same
(`tests/graph/test_validation.py`). A SPARQL constraint is run with its pre-bound `$this` as a variable and the
target as a first pattern: the same, as long as the query binds nothing of its own before it uses `$this`, which the
shapes keep to.
"""

from collections.abc import Callable, Mapping

from graph.iris import DEF, LISTS, VOCABULARIES
from graph.validation.constraints import Constraint

_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in VOCABULARIES.items()) + "".join(
    f"PREFIX {name}: <{DEF}/{name}#>\n" for name in LISTS
)
_NODE_KINDS = {"IRI": "isIRI", "Literal": "isLiteral", "BlankNode": "isBlank"}
_SHACL = "http://www.w3.org/ns/shacl#"


def compiled(constraint: Constraint) -> str:
    """The query; it binds `?this`, and `?value` where a value is to blame."""
    target = f"?this a <{constraint.target}> ." if constraint.target else ""
    if constraint.kind == "sparql":
        query = constraint.parameters[0].replace("$this", "?this")
        return _PREFIXES + query.replace("WHERE {", f"WHERE {{ {target}", 1)
    body = _PATTERNS[constraint.kind](f"<{constraint.path}>", constraint.parameters)
    return f"{_PREFIXES}SELECT ?this ?value WHERE {{ {target} {body} }}"


def _min_count(path: str, parameters: tuple[str, ...]) -> str:
    number = _integer(parameters[0])
    if number == 1:
        return f"FILTER NOT EXISTS {{ ?this {path} ?any }}"
    return _counted(path, f"< {number}")


def _max_count(path: str, parameters: tuple[str, ...]) -> str:
    number = _integer(parameters[0])
    if number == 1:
        return f"FILTER EXISTS {{ ?this {path} ?one, ?other . FILTER (!sameTerm(?one, ?other)) }}"
    return _counted(path, f"> {number}")


def _counted(path: str, test: str) -> str:
    return f"{{ SELECT ?this (COUNT(?each) AS ?number) WHERE {{ ?this a ?class . OPTIONAL {{ ?this {path} ?each }} }} GROUP BY ?this ?class }} FILTER (?number {test})"


def _in(path: str, parameters: tuple[str, ...]) -> str:
    return f"?this {path} ?value . FILTER (?value NOT IN ({', '.join(parameters)}))"


def _class(path: str, parameters: tuple[str, ...]) -> str:
    return f"?this {path} ?value . FILTER NOT EXISTS {{ ?value a {parameters[0]} }}"


def _datatype(path: str, parameters: tuple[str, ...]) -> str:
    return f"?this {path} ?value . FILTER (!isLiteral(?value) || DATATYPE(?value) != {parameters[0]})"


def _node_kind(path: str, parameters: tuple[str, ...]) -> str:
    test = _NODE_KINDS[parameters[0].strip("<>").removeprefix(_SHACL)]
    return f"?this {path} ?value . FILTER (!{test}(?value))"


def _pattern(path: str, parameters: tuple[str, ...]) -> str:
    return f"?this {path} ?value . FILTER (!REGEX(STR(?value), {parameters[0]}))"


def _less_than(path: str, parameters: tuple[str, ...]) -> str:
    return f"?this {path} ?value ; {parameters[0]} ?other . FILTER (!COALESCE(?value < ?other, false))"


def _less_than_or_equals(path: str, parameters: tuple[str, ...]) -> str:
    return f"?this {path} ?value ; {parameters[0]} ?other . FILTER (!COALESCE(?value <= ?other, false))"


def _integer(term: str) -> int:
    return int(term.split("^^", maxsplit=1)[0].strip('"'))


_PATTERNS: Mapping[str, Callable[[str, tuple[str, ...]], str]] = {
    "minCount": _min_count,
    "maxCount": _max_count,
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "in": _in,
    "pattern": _pattern,
    "lessThan": _less_than,
    "lessThanOrEquals": _less_than_or_equals,
}
