"""Drawings for other sites to show in a frame, each with a way back to the sentences."""

from flask import abort, render_template

from webapp.live import current
from webapp.pages import ego, facts, things
from webapp.pages.asking import ask
from webapp.pages.blueprint import blueprint
from webapp.pages.outlines import outline
from webapp.resources import known


@blueprint.get("/embed/<path:reference>")
def embed(reference: str) -> str:
    """The network around a thing and nothing else; its links open beside the site that shows it."""
    serving = current()
    if reference.partition("/")[0] not in things.SUBJECTS or not things.is_in_data(reference):
        abort(404, f"There is no drawing of {reference}; drawings are of {', '.join(things.SUBJECTS)}.")
    node = known(serving, reference)
    label = facts.label_of(ask(serving, "thing", thing=node).rows, reference)
    claims, query = outline(serving, node)
    drawing = ego.drawing(claims, reference, label)
    return render_template("embed.html", reference=reference, label=label, drawing=drawing, claims=len(claims), query=query)
