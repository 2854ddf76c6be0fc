"""The terms of the ontology: each with its meaning, its rules in words, its use, and the questions that need it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from graph import questions
from graph.iris import DEF
from graph.questions import Question
from graph.validation.constraints import constraints
from webapp.live import Serving
from webapp.pages.asking import Row, ask, words
from webapp.pages.families import FAMILIES, OTHER, Family, family_of
from webapp.pages.places import short

LINKS = {
    "rdfs:subClassOf": "kind of",
    "rdfs:subPropertyOf": "kind of",
    "rdfs:domain": "said of",
    "rdfs:range": "leads to",
    "liaison:confersRole": "confers the role",
    "owl:inverseOf": "backwards",
    "owl:disjointWith": "never also",
    "skos:exactMatch": "the same as",
    "skos:closeMatch": "nearly the same as",
    "skos:broadMatch": "narrower than",
    "skos:relatedMatch": "related to",
}
"""What a term has to do with others, in words, in the order of the page."""
_BOTH_WAYS = frozenset({"owl:disjointWith", "owl:inverseOf"})
"""What is written at one of two terms and holds of both."""
_TEXTS = {
    "rdfs:label": "label",
    "skos:definition": "definition",
    "skos:scopeNote": "note",
    "skos:example": "example",
    "liaison:inverseLabel": "inverse",
}
_USED = re.compile(r"liaison:(\w+)")
_IRI = re.compile(rf"{re.escape(DEF)}#(\w+)")


@dataclass
class Term:
    """A class, relation or property as its entry shows it.

    Args:
        name: its local name, which is its anchor.
        texts: label, definition, note, example and inverse label, as far as it has them.
        kinds: its types, with prefix.
        links: what it has to do with others: the words, and for each other term its name and where it leads.
        uses: how many things, claims or statements use it.
        rules: what the shapes demand of it, in words.
        asked: the questions that use it.
    """

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    uses: int = 0
    rules: tuple[str, ...] = ()
    asked: tuple[Question, ...] = ()

    @property
    def is_class(self) -> bool:
        """Whether things can be of it."""
        return "owl:Class" in self.kinds

    @property
    def is_relation(self) -> bool:
        """Whether a claim can have it as its predicate."""
        return "liaison:Relation" in self.kinds

    @property
    def is_inverse(self) -> bool:
        """Whether it is a relation read backwards, which no release asserts."""
        return LINKS["owl:inverseOf"] in self.links and not self.is_relation

    @property
    def is_attribute(self) -> bool:
        """Whether it is a property that is neither a relation nor the inverse of one."""
        return not (self.is_class or self.is_relation or self.is_inverse)

    @property
    def is_symmetric(self) -> bool:
        """Whether it holds both ways."""
        return "owl:SymmetricProperty" in self.kinds


def terms(rows: Iterable[Row]) -> dict[str, Term]:
    """The terms by their local names, in alphabetical order, without their use."""
    found: dict[str, Term] = {}
    both_ways: list[tuple[str, str, str]] = []
    for row in rows:
        name = words(row, "term").partition("#")[2]
        entry = found.setdefault(name, Term(name))
        key, value = short(words(row, "property")), words(row, "value")
        if key in _TEXTS:
            entry.texts[_TEXTS[key]] = value
        elif key == "rdf:type":
            entry.kinds.add(short(value))
        elif key in LINKS:
            other = words(row, "label") or short(value)
            entry.links.setdefault(LINKS[key], []).append((other, _address(value)))
            if key in _BOTH_WAYS and value.startswith(f"{DEF}#"):
                both_ways.append((name, LINKS[key], value.partition("#")[2]))
    for name, how, other in both_ways:
        found[other].links.setdefault(how, []).append((found[name].texts["label"], f"/ontology#{name}"))
    for name, entry in found.items():
        entry.rules = rules().get(name, ())
        entry.asked = asked().get(name, ())
    return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))


def tree(found: Mapping[str, Term]) -> list[tuple[int, Term]]:
    """The classes as a tree: depth and class, each below the first class of ours that it is a kind of."""
    parents = {
        name: next((address.partition("#")[2] for _, address in entry.links.get("kind of", []) if address.startswith("/ontology#")), "")
        for name, entry in found.items()
        if entry.is_class
    }

    def below(parent: str, depth: int) -> list[tuple[int, Term]]:
        """The branch under one class."""
        made = []
        for name in sorted(child for child, above in parents.items() if above == parent):
            made += [(depth, found[name]), *below(name, depth + 1)]
        return made

    return below("", 0)


def by_family(found: Iterable[Term]) -> list[tuple[Family, list[Term]]]:
    """The relations under their families."""
    relations = [entry for entry in found if entry.is_relation]
    made = ((family, [entry for entry in relations if family_of(entry.name) is family]) for family in (*FAMILIES, OTHER))
    return [(family, members) for family, members in made if members]


@cache
def rules() -> dict[str, tuple[str, ...]]:
    """What the shapes demand, in words, by the terms that they are about."""
    found: dict[str, list[str]] = {}
    for rule in constraints():
        about = {match for part in (rule.target, rule.path) if part for match in _IRI.findall(part)}
        if rule.kind == "sparql":
            about |= set(_USED.findall(rule.parameters[0]))
        for name in about:
            if rule.message not in found.setdefault(name, []):
                found[name].append(rule.message)
    return {name: tuple(messages) for name, messages in found.items()}


@cache
def asked() -> dict[str, tuple[Question, ...]]:
    """The questions by the terms that their queries use."""
    found: dict[str, list[Question]] = {}
    for question in questions.load():
        for name in set(_USED.findall(question.query)):
            found.setdefault(name, []).append(question)
    return {name: tuple(members) for name, members in found.items()}


def counted(serving: Serving) -> tuple[dict[str, Term], list[str]]:
    """All terms with their use, and the queries that found them."""
    answers = [ask(serving, name) for name in ("terms", "uses-of-classes", "uses-of-relations", "uses-of-properties")]
    found = terms(answers[0].rows)
    for row in (row for answer in answers[1:] for row in answer.rows):
        if entry := found.get(words(row, "term").partition("#")[2]):
            entry.uses = max(entry.uses, int(words(row, "uses")))
    return found, [answer.query for answer in answers]


def _address(value: str) -> str:
    """Where a term is explained: on the page of the ontology, on that of its list, or at its own vocabulary."""
    start, _, name = value.partition("#")
    if start == DEF:
        return f"/ontology#{name}"
    return f"/ontology/{start.rpartition('/')[2]}#{name}" if start.startswith(f"{DEF}/") else value
