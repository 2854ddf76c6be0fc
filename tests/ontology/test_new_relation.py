"""A relation is added by touching the ontology, a shape and a question, and nothing else: shown with one that does not exist."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.few_rules import one_profile

ROOT = Path(__file__).parents[2]
TERM = """
liaison:lendsOfficersTo a owl:ObjectProperty, liaison:Relation ;
    rdfs:label "lends officers to"@en ;
    liaison:inverseLabel "borrows officers from"@en ;
    skos:definition "Sends staff of its own to work for another."@en ;
    skos:scopeNote "For a time; officers who stay at a liaison bureau are hasLiaisonBureauAt."@en ;
    skos:example "A state lends officers to Europol."@en ;
    rdfs:isDefinedBy <https://w3id.org/liaison/def> .
"""
SHAPE = """
shape:Lending a sh:NodeShape ;
    sh:targetClass liaison:Claim ;
    rdfs:comment "Officers are lent to somebody."@en ;
    shape:reach shape:Local ;
    sh:sparql shape:Lending-object .

shape:Lending-object a sh:SPARQLConstraint ;
    sh:prefixes shape:prefixes ;
    sh:severity sh:Violation ;
    sh:message "Officers are lent to an actor; this object is none."@en ;
    sh:select \"\"\"SELECT $this ?value WHERE {
        $this rdf:predicate liaison:lendsOfficersTo ; rdf:object ?value .
        FILTER NOT EXISTS { ?value a liaison:Actor }
    }\"\"\" .
"""
QUESTION = """# Who lends officers to whom?
SELECT ?who ?whom WHERE {
  ?claim a liaison:SupportedClaim ; rdf:predicate liaison:lendsOfficersTo ; rdf:subject/skos:prefLabel ?who ; rdf:object/skos:prefLabel ?whom .
}
ORDER BY ?who ?whom
"""
CLAIM = """
  - claim: country/ESP borrowsOfficersFrom {lender}
    quote: Spain co-drives the CSE EMPACT Group in Europol
"""


def liaison(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command of the copy in `where`."""
    environment = os.environ | {"PYTHONPATH": str(where)}
    return subprocess.run(
        [sys.executable, "-m", "webapp.cli", *arguments], capture_output=True, text=True, cwd=where, env=environment, check=False
    )


def append(path: Path, text: str) -> None:
    """Add text to the end of a file."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_new_relation_needs_the_ontology_a_shape_and_a_question(tmp_path: Path) -> None:
    for room in ("graph", "ontology", "shapes", "webapp"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("node_modules", "__pycache__", "dist"))
    one_profile(ROOT / "data", tmp_path / "data")
    append(tmp_path / "ontology" / "core.ttl", TERM)
    append(
        tmp_path / "ontology" / "relation-map.csv",
        "lendsOfficersTo,lendsOfficersTo,forward,,,\nborrowsOfficersFrom,lendsOfficersTo,inverse,,,\n",
    )
    append(tmp_path / "shapes" / "relation.ttl", SHAPE)
    (tmp_path / "ontology" / "questions" / "99-lending.rq").write_text(QUESTION, encoding="utf-8")
    sidecar = tmp_path / "data" / "claims" / "spain-2018-cse.yaml"
    curated = sidecar.read_text(encoding="utf-8")

    sidecar.write_text(curated + CLAIM.format(lender="body/europol"), encoding="utf-8")
    made = liaison(tmp_path, "build")
    assert made.returncode == 0, made.stderr
    assert "liaison:lendsOfficersTo 1" in made.stdout
    assert liaison(tmp_path, "questions", "99").stdout == "who,whom\nEuropol,Spain\n"

    sidecar.write_text(curated + CLAIM.format(lender="body/europol").replace("country/ESP", "topic/cse"), encoding="utf-8")
    refused = liaison(tmp_path, "build")
    assert refused.returncode == 1
    assert "Officers are lent to an actor; this object is none." in refused.stderr
