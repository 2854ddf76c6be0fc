"""What the explorer shows, to models."""

from webapp.api import models
from webapp.api.answers.edges import edge
from webapp.live import Serving
from webapp.pages.explorer.ground import counts, with_evidence
from webapp.pages.explorer.seen import reading_label
from webapp.pages.explorer.views import View


def explored(view: View) -> models.Explored:
    """What the explorer shows."""
    serving, found, iris = view.serving, view.seen, view.serving.iris
    return models.Explored(
        release=serving.release.id,
        nodes=[
            models.Node(
                iri=iris.thing(mark.actor.reference).value,
                reference=mark.actor.reference,
                label=mark.actor.label,
                expanded=mark.actor.is_expanded,
                shared=mark.actor.shared,
                x=mark.at.x,
                y=mark.at.y,
                page=f"/page/{mark.actor.reference}",
            )
            for mark in view.picture.marks
        ],
        edges=[
            models.SeenEdge(**edge(claim, iris).model_dump(), review=claim.review)
            for claim in with_evidence(serving, found.claims, view.state.shown)
        ],
        all_nodes=found.all_actors,
        beyond=found.beyond,
        filtered=found.filtered,
        hidden=found.hidden,
        uncommon=found.uncommon,
        denied=found.denied,
        query=view.query,
        page=view.state.address,
    )


def expansions(serving: Serving, reference: str) -> models.Expansions:
    """What would come if an actor were expanded."""
    found = counts(serving, [reference]).get(reference, {})
    return models.Expansions(
        release=serving.release.id,
        reference=reference,
        claims=sum(found.values()),
        kinds=[
            models.Expansion(
                relation=reading.relation,
                side=reading.side,
                label=reading_label(reading),
                claims=count,
                expand=f"{reference}~{reading.relation}~{reading.side}",
            )
            for reading, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        ],
    )
