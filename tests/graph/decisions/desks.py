"""A data folder with one profile, people who decide on it, and what a build would make of that."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from graph import authority, documents, inputs, profiles, sections, sentences, vocabulary
from graph.assembly import Assembly, assemble
from graph.curation import metadata, sidecar
from graph.decisions import events, log
from graph.decisions.events import Act, Event
from graph.decisions.proposals import Material, Rules, evidence_of, proposed
from graph.decisions.records import ClaimRecord, End, EvidenceRecord
from graph.iris import Iris, term
from graph.store import View
from graph.versions import VERSION
from tests.graph.decisions.making import INTERPOL, SPAIN, at

IRIS = Iris()
KEY = "spain-2018-cse"
COOPERATES = "Spain works in coordination with the most important Law Enforcement Agencies and is coordinated with Europol and Interpol as member on their specialized working groups."
NGOS = "On the other hand, Spanish LEAs has relationships with a lot of NGOs who collaborate actively in the prevention and prosecution of CSE crimes."
DRIVES = "Spain co-drives the CSE EMPACT Group in Europol."
LEAS = End(reference=f"body/{KEY}-spanish-leas", name="Spanish LEAs", kind="police-force")
EUROPOL = End(reference="body/europol", name="Europol")
GROUP = End(reference="group/empact-cse", name="EMPACT CSE")


class Desk:
    """A data folder with one profile, and people who decide."""

    def __init__(self, folder: Path) -> None:
        """Begin without decisions."""
        self.folder, self.minute = folder, 0
        self.path = self.file(KEY)

    def file(self, profile: str) -> Path:
        """The document of a profile."""
        return self.folder / "profiles" / f"{profile}.txt"

    @property
    def text(self) -> str:
        """The document's text today."""
        return self.path.read_text(encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        """Change the document."""
        assert old in self.text
        self.path.write_text(self.text.replace(old, new), encoding="utf-8")

    def evidence(self, words: str, profile: str = KEY) -> EvidenceRecord:
        """Words of a document as it is today."""
        document = documents.read(self.file(profile))
        start = document.text.index(words)
        parts, front = sections.split(document, sections.Template(vocabulary.load().headings))
        touched = [
            s for s in sentences.split(document, parts, front, frozenset()) if s.span.start < start + len(words) and start < s.span.end
        ]
        return evidence_of(document.text, start, start + len(words), touched)

    def proposal(self, relation: str, subject: str) -> ClaimRecord:
        """What the rules propose today, by its relation and the name of its subject."""
        words = vocabulary.load()
        facts = authority.load(self.folder / "authority", words)
        rules = Rules(self.folder / "rules", facts, words)
        given = profiles.context(facts, words, self.folder / "rules", IRIS, VERSION)
        document = documents.read(self.path)
        parts, front = sections.split(document, sections.Template(words.headings))
        cut = sentences.split(document, parts, front, given.abbreviations)
        about, _ = metadata.of(document, front, sidecar.read(self.folder / "claims" / f"{KEY}.yaml").document, given.lexicon)
        found = proposed(rules.extract(Material(document, parts, cut, about)), document, cut, words, {}, rules.hash)
        return next(one.claim for one in found if (one.claim.relation, one.claim.subject.name) == (relation, subject))

    def decide(self, act: Act, by: str, claim: ClaimRecord, words: str | EvidenceRecord, profile: str = KEY, **more: object) -> Event:
        """Record a decision on a claim."""
        self.minute += 1
        evidence = words if isinstance(words, EvidenceRecord) else self.evidence(words, profile)
        return self.record(events.new(act, by, at(self.minute), profile=profile, claim=claim, evidence=evidence, **more))

    def pair(self, act: Act, by: str, actor: End, other: End) -> Event:
        """Record a merge or split."""
        self.minute += 1
        return self.record(events.new(act, by, at(self.minute), actor=actor, other=other))

    def record(self, event: Event) -> Event:
        """Record an event."""
        log.record(self.folder / "decisions", [event])
        return event

    def assembled(self, cache: Path | None = None, tell: Callable[[str], None] = lambda _: None) -> "Made":
        """What a build would publish."""
        return Made(assemble(inputs.find(self.folder), IRIS, cache, tell))


class Made:
    """An assembly, to be asked."""

    def __init__(self, assembly: Assembly) -> None:
        """Load it."""
        self.assembly, self.view = assembly, View.of(assembly.published())

    def claims(self, *, is_open: bool = False) -> dict[str, str]:
        """Claims of the profile that people or rules made beside the side-car, as words, to their states."""
        graph = IRIS.graph(f"profile/{KEY}/proposed" if is_open else f"profile/{KEY}")
        rows = self.view.select(
            IRIS.header() + "SELECT ?words ?state { GRAPH $graph { ?claim rdfs:label ?words ; liaison:reviewState ?state } }",
            graph=graph,
        )
        found = {row["words"].value: row["state"].value.rpartition("#")[2] for row in rows}
        return found if is_open else {words: state for words, state in found.items() if state != "curated" or "LEAs" in words}

    def evidence(self, words: str, name: str = "") -> dict[str, str]:
        """Each property of the one piece of evidence of a claim, by its local name."""
        rows = self.view.select(
            IRIS.header()
            + "SELECT ?property ?value { GRAPH ?graph { ?claim rdfs:label ?words ; liaison:hasEvidence ?evidence . ?evidence ?property ?value } FILTER (STR(?words) = $words) }",
            words=ox.Literal(words),
        )
        found = {row["property"].value.rpartition("#")[2]: row["value"].value for row in rows}
        return {key: value.rpartition("#")[2] if key == "anchorState" else value for key, value in found.items() if not name or key == name}

    def has_edge(self, subject: str, relation: str, target: str) -> bool:
        """Whether a plain edge stands."""
        edge = ox.Quad(IRIS.thing(subject), term(f"liaison:{relation}"), IRIS.thing(target), IRIS.graph("edges"))
        return edge in set(self.assembly.quads)


def claim(relation: str, subject: End = SPAIN, target: End = INTERPOL, profile: str = KEY, **more: str) -> ClaimRecord:
    """A claim with its key."""
    return ClaimRecord.of(profile, subject, relation, target, **more)


CLAIM = claim("supports", SPAIN, EUROPOL)
WORDS = "Spain supports Europol"
