"""Keys to IRIs. The only module that makes one.

The ontology's namespace is fixed, so that queries work on every Liaison; the base of the data is configuration.
A thing is written `kind/key` in files and in code (`country/ESP`), whatever the base.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

DEF = "https://w3id.org/liaison/def"
DEFAULT_BASE = "https://w3id.org/liaison/"

LISTS = (
    "polarity",
    "modality",
    "certainty",
    "review",
    "anchor",
    "actor-kind",
    "name-kind",
    "role",
    "channel",
    "section",
    "front-field",
    "form",
    "agreement-kind",
)
DATA_KINDS = (
    "country", "body", "group", "topic", "practice", "collective", "profile", "policy", "section", "sentence",
    "claim", "evidence", "name", "source", "authority", "row", "run", "release",
)  # fmt: skip
_KEY = re.compile(r"[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*")

VOCABULARIES = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "liaison": f"{DEF}#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def is_key(key: str) -> bool:
    """Whether `key` can be the last part of an IRI of ours."""
    return bool(_KEY.fullmatch(key))


@dataclass(frozen=True)
class Iris:
    """Makes the IRIs of one base.

    Args:
        base: where the data live, an http(s) IRI ending in a slash.
    """

    base: str = DEFAULT_BASE

    def thing(self, reference: str) -> ox.NamedNode:
        """The IRI of `kind/key`; concepts of a closed list (`channel/darknet`) live in the ontology's namespace.

        Raises:
            ValueError: unknown kind, or a key with characters that a key may not have.
        """
        kind, _, key = reference.partition("/")
        if not is_key(key):
            message = f"{reference!r} is not of the form kind/key with a key of letters, digits and hyphens"
            raise ValueError(message)
        if kind in DATA_KINDS:
            return ox.NamedNode(f"{self.base}id/{kind}/{key}")
        if kind in LISTS:
            return self.concept(reference)
        message = f"{reference!r}: there is no kind {kind!r}; the kinds are {', '.join((*DATA_KINDS, *LISTS))}"
        raise ValueError(message)

    def concept(self, reference: str) -> ox.NamedNode:
        """The IRI of a concept of a closed list; needed for `section/…`, which is a kind of thing as well.

        Raises:
            ValueError: there is no such list, or the key is malformed.
        """
        name, _, key = reference.partition("/")
        if name not in LISTS or not is_key(key):
            message = f"{reference!r} is not of the form list/concept; the lists are {', '.join(LISTS)}"
            raise ValueError(message)
        return ox.NamedNode(f"{DEF}/{name}#{key}")

    def part(self, node: ox.NamedNode, name: str) -> ox.NamedNode:
        """The IRI of a part of a thing that is described with it: a selector of a sentence."""
        return ox.NamedNode(f"{node.value}#{name}")

    def graph(self, name: str) -> ox.NamedNode:
        """The IRI of a named graph, for example of `profile/spain-2018-cse` or `edges`."""
        return ox.NamedNode(f"{self.base}graph/{name}")

    def reference(self, iri: str) -> str | None:
        """`kind/key` of an IRI of ours, None for any other: the way back from `thing`."""
        if iri.startswith(f"{self.base}id/"):
            return iri.removeprefix(f"{self.base}id/")
        if iri.startswith(f"{DEF}/") and "#" in iri:
            return iri.removeprefix(f"{DEF}/").replace("#", "/", 1)
        return None

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """All prefixes that queries, dumps and pages use, in the order in which they are shown."""
        lists = {"kind" if name == "actor-kind" else name: f"{DEF}/{name}#" for name in LISTS}
        data = {
            kind: f"{self.base}id/{kind}/" for kind in ("country", "body", "group", "topic", "practice", "collective", "profile", "policy")
        }
        return VOCABULARIES | lists | data

    def short(self, iri: str) -> str:
        """An IRI with one of the prefixes where one fits."""
        return next((f"{prefix}:{iri.removeprefix(start)}" for prefix, start in self.prefixes.items() if iri.startswith(start)), iri)

    def header(self) -> str:
        """The prefixes as the first lines of a SPARQL query."""
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.prefixes.items())


def term(name: str) -> ox.NamedNode:
    """The IRI of `prefix:local` in one of the vocabularies, `liaison:Claim` for example."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(VOCABULARIES[prefix] + local)
