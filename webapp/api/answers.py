"""A release to the models of the JSON endpoints. The queries are those of the pages, so that both always say the same."""

from collections.abc import Iterable

import pyoxigraph as ox

from graph.iris import DEF, Iris, term
from webapp import search
from webapp.api import models
from webapp.live import Serving
from webapp.pages import facts
from webapp.pages.asking import ask, words
from webapp.pages.claims import End, Shown, shown
from webapp.pages.proofs import Proof, proofs


def hits(serving: Serving, given: models.SearchParameters) -> list[models.Hit]:
    """What bears a name like the words, the best first."""
    found = serving.index.search(given.q, limit=10_000)
    return [_hit(hit, serving.iris) for hit in found if given.kind in ("", hit.reference.partition("/")[0])]


def thing(serving: Serving, node: ox.NamedNode, reference: str) -> models.Thing:
    """What is said of a thing, apart from its edges."""
    about, names = ask(serving, "thing", thing=node), ask(serving, "names", thing=node)
    counts: dict[str, int] = {}
    for claim in _claims(serving, node):
        counts[claim.certainty] = counts.get(claim.certainty, 0) + 1
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


def edges(serving: Serving, node: ox.NamedNode, given: models.EdgesParameters) -> list[models.Edge]:
    """The supported claims of a thing that fit the parameters."""
    found = [claim for claim in _claims(serving, node) if claim.supports_edge and _fits(claim, given)]
    return [_edge(claim, serving.iris) for claim in found]


def sentences(serving: Serving, given: models.SentencesParameters) -> list[models.Sentence]:
    """The sentences of the profiles that fit the parameters, in reading order."""
    found = []
    for row in ask(serving, "all-sentences").rows:
        key = words(row, "profile").rpartition("/")[2]
        claims = sorted(words(row, "claims").split())
        is_fit = (
            given.profile in ("", key) and given.q.casefold() in words(row, "text").casefold() and given.claimed in (None, bool(claims))
        )
        if is_fit:
            found.append(
                models.Sentence(
                    iri=words(row, "sentence"),
                    text=words(row, "text"),
                    form=words(row, "form").rpartition("#")[2],
                    section=words(row, "title"),
                    profile=key,
                    start=int(words(row, "start")),
                    end=int(words(row, "end")),
                    claims=claims,
                )
            )
    return found


def _claims(serving: Serving, node: ox.NamedNode) -> Iterable[Shown]:
    rows, evidence = (ask(serving, name, role=term("liaison:involves"), thing=node).rows for name in ("claims", "evidence"))
    return shown(rows, proofs(evidence, serving.iris), serving.iris, str(serving.release.manifest["built"])[:10])


def _fits(claim: Shown, given: models.EdgesParameters) -> bool:
    if given.relation not in ("", claim.relation) or given.certainty not in ("", claim.certainty):
        return False
    if given.year is None:
        return True
    begins, ends = (int(date[:4]) if date[:4].isdecimal() else None for date in (claim.span.begins, claim.span.ends))
    return (begins is None or begins <= given.year) and (ends is None or given.year <= ends)


def _edge(claim: Shown, iris: Iris) -> models.Edge:
    return models.Edge(
        claim=iris.thing(f"claim/{claim.key}").value,
        sentence=claim.sentence,
        subject=_end(claim.subject, iris),
        relation=models.Relation(iri=f"{DEF}#{claim.relation}", name=claim.relation, label=claim.label),
        object=_end(claim.object, iris),
        modality=claim.modality,
        certainty=claim.certainty,
        dated=bool(claim.span.begins or claim.span.ends),
        valid_from=claim.span.begins,
        valid_until=claim.span.ends,
        as_of=claim.span.as_of,
        document=_end(claim.stated_in, iris),
        evidence=[_evidence(proof, iris) for proof in claim.proofs],
    )


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


def _end(end: End, iris: Iris) -> models.End:
    return models.End(iri=iris.thing(end.reference).value, label=end.label)


def _hit(hit: search.Hit, iris: Iris) -> models.Hit:
    return models.Hit(
        iri=iris.thing(hit.reference).value,
        reference=hit.reference,
        kind=hit.kind,
        label=hit.label,
        name=hit.name,
        page=f"/page/{hit.reference}",
        data=f"/data/{hit.reference}.ttl",
    )
