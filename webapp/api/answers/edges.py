"""Claims with their evidence, to models."""

from collections.abc import Sequence
from typing import overload

import pyoxigraph as ox

from graph.dates import is_within
from graph.iris import DEF, Iris
from webapp.api import models
from webapp.live import Serving
from webapp.pages.asking import Row, ask_some, words
from webapp.pages.claims import End, Shown, shown
from webapp.pages.proofs import Proof, proofs
from webapp.years import span


def edges(serving: Serving, node: ox.NamedNode, given: models.EdgesParameters) -> Sequence[models.Edge]:
    """The supported claims of a thing that fit the parameters, those of profiles first; each is made when it is looked at."""
    rows = serving.view.select(serving.iris.header() + _fitting(given), thing=node)
    begin, years = f"{serving.iris.base}id/profile/", span(given.year)
    found = {words(row, "claim"): not words(row, "statedIn").startswith(begin) for row in rows if _is_in(row, years)}
    return _Edges(serving, sorted(found, key=lambda claim: (found[claim], claim)))


class _Edges(Sequence[models.Edge]):
    """Edges of which only those that are looked at are made."""

    def __init__(self, serving: Serving, claims: Sequence[str]) -> None:
        self._serving, self._claims = serving, claims

    def __len__(self) -> int:
        return len(self._claims)

    @overload
    def __getitem__(self, place: int) -> models.Edge: ...

    @overload
    def __getitem__(self, place: slice) -> list[models.Edge]: ...

    def __getitem__(self, place: int | slice) -> models.Edge | list[models.Edge]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        serving, some = self._serving, [ox.NamedNode(claim) for claim in self._claims[place]]
        rows, evidence = (ask_some(serving, name, some) for name in ("claims", "evidence"))
        made = shown(rows, proofs(evidence, serving.iris), serving.iris, serving.day)
        return [edge(claim, serving.iris) for claim in made]


def edge(claim: Shown, iris: Iris) -> models.Edge:
    """A claim with its evidence."""
    return models.Edge(
        claim=iris.thing(f"claim/{claim.key}").value,
        sentence=claim.sentence,
        subject=end(claim.subject, iris),
        relation=models.Relation(iri=f"{DEF}#{claim.relation}", name=claim.relation, label=claim.label),
        object=end(claim.object, iris),
        modality=claim.modality,
        certainty=claim.certainty,
        dated=bool(claim.span.begins or claim.span.ends),
        valid_from=claim.span.begins,
        valid_until=claim.span.ends,
        as_of=claim.span.as_of,
        document=end(claim.stated_in, iris),
        evidence=[_evidence(proof, iris) for proof in claim.proofs],
    )


def end(one: End, iris: Iris) -> models.End:
    """One end of a claim, or the document in which it stands."""
    return models.End(iri=iris.thing(one.reference).value, label=one.label)


def _evidence(proof: Proof, iris: Iris) -> models.Evidence:
    return models.Evidence(
        iri=iris.thing(f"evidence/{proof.key}").value,
        words=proof.quote or proof.text,
        certainty=proof.certainty,
        cited=iris.thing(proof.cited).value,
        start=proof.start if proof.start >= 0 else None,
        end=proof.end if proof.end >= 0 else None,
        sources=[origin.label for origin in proof.origins],
        rule=proof.rule,
    )


def _fitting(given: models.EdgesParameters) -> str:
    """A query for the claims that fit the parameters; the parameters hold letters only."""
    relation = f"rdf:predicate liaison:{given.relation} ; " if given.relation else ""
    certainty = f"liaison:certainty certainty:{given.certainty} ; " if given.certainty else ""
    dates = "OPTIONAL { ?claim liaison:from ?from } OPTIONAL { ?claim liaison:until ?until }" if given.year else ""
    return f"""SELECT ?claim ?statedIn ?from ?until WHERE {{
  ?claim liaison:involves $thing ; a liaison:SupportedClaim ; {relation}{certainty}liaison:statedIn ?statedIn . {dates}
}}"""


def _is_in(row: Row, years: tuple[int, int] | None) -> bool:
    """Whether a claim holds in some of the years, as far as dates are stated."""
    first, last = (int(date[:4]) if date[:4].isdecimal() else 0 for date in (words(row, "from"), words(row, "until")))
    return years is None or is_within(first, last, years)
