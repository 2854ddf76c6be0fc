"""What decisions say of rules, of reviewers, and of how far each document is reviewed, with how each figure is worked out."""

from flask import render_template

from graph.decisions.figures import ENOUGH_REVIEWED, ENOUGH_SHARED
from graph.inputs import find
from webapp.review.blueprint import blueprint
from webapp.review.measures import is_measured, measures
from webapp.review.room import room


@blueprint.get("/figures")
def figures() -> str:
    """The figures, of the documents that are read."""
    rules = find(room().config.data).rules
    office = room().snapshot()
    found = measures(office, [table for key in office.profiles if (table := office.laid_out(key))], rules)
    return render_template(
        "review/figures.html", found=found, is_measured=is_measured, enough=ENOUGH_REVIEWED, enough_shared=ENOUGH_SHARED
    )  # fmt: skip
