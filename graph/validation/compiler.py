"""A constraint to one query on the store that finds everything that breaks it.

pySHACL visits each thing in turn in Python; a query judges all of them at once inside the store. Both find the same
(`tests/graph/test_validation.py`). A SPARQL constraint is run with its pre-bound `$this` as a variable and the
target as a first pattern: the same, as long as the query binds nothing of its own before it uses `$this`, which the
shapes keep to. A denial of several patterns at the end of a query becomes MINUS, which SHACL forbids in shapes and which
the store works out at once for all things, not for one after the other.
"""

import re
from collections.abc import Callable, Mapping

from graph.iris import DEF, LISTS, VOCABULARIES
from graph.validation.constraints import Constraint

_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in VOCABULARIES.items()) + "".join(
    f"PREFIX {name}: <{DEF}/{name}#>\n" for name in LISTS
)
_NODE_KINDS = {"IRI": "isIRI", "Literal": "isLiteral", "BlankNode": "isBlank"}
_SHACL = "http://www.w3.org/ns/shacl#"
_DENIAL = re.compile(r"(?P<before>.*)FILTER NOT EXISTS \{(?P<denied>[^{}()]*[.;][^{}()]*)\} \}", re.DOTALL)
"""A query that ends in a denial of several patterns, and of nothing but patterns."""
_OPEN = re.compile(r"OPTIONAL|UNION|MINUS|BIND|VALUES|SELECT.*SELECT", re.DOTALL)
"""What may leave a variable unbound."""
_VARIABLE = re.compile(r"\?\w+")
_TWO = "?this {path} ?one, ?other . FILTER (!sameTerm(?one, ?other))"


def compiled(constraint: Constraint) -> str:
    """The query; it binds `?this`, and `?value` where a value is to blame."""
    target = f"?this a <{constraint.target}> ." if constraint.target else ""
    if constraint.kind == "sparql":
        query = constraint.parameters[0].replace("$this", "?this")
        return _PREFIXES + at_once(query.replace("WHERE {", f"WHERE {{ {target}", 1))
    body = _PATTERNS[constraint.kind](f"<{constraint.path}>", constraint.parameters)
    return f"{_PREFIXES}SELECT ?this ?value WHERE {{ {target} {body} }}"


def at_once(query: str) -> str:
    """The query with its last denial as MINUS, if that is the same.

    It is if the denial holds nothing but patterns, and shares a variable with what stands before it and always binds it.
    """
    found = _DENIAL.fullmatch(query)
    if not found or _OPEN.search(found["before"]):
        return query
    _, _, before = found["before"].partition("WHERE {")
    shared = set(_VARIABLE.findall(before)) & set(_VARIABLE.findall(found["denied"]))
    return f"{found['before']}MINUS {{{found['denied']}}} }}" if shared else query


def _min_count(path: str, parameters: tuple[str, ...]) -> str:
    number = _integer(parameters[0])
    if number == 1:
        return f"FILTER NOT EXISTS {{ ?this {path} ?any }}"
    if number == 2:  # noqa: PLR2004  # two that differ can be asked for without counting
        return f"FILTER NOT EXISTS {{ {_TWO.format(path=path)} }}"
    return _counted(path, f"< {number}")


def _max_count(path: str, parameters: tuple[str, ...]) -> str:
    number = _integer(parameters[0])
    if number == 1:
        return f"FILTER EXISTS {{ {_TWO.format(path=path)} }}"
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
