"""A profile before reviewers: how far each section is judged, and whether all of it is recorded."""

from flask import Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph.decisions import figures
from graph.errors import SettingError
from webapp.review import acts
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.front import shelved
from webapp.review.places import AGAIN
from webapp.review.room import room
from webapp.review.sentence import being_read, repeats, told_of, unchanged_of


@blueprint.get("/profile/<key>")
def profile(key: str) -> str | AnyResponse:
    """How far a profile is reviewed."""
    reviewer = signed_in().handle
    with room().office() as office:
        if (table := office.table_if_quick(key)) is None:
            return being_read(key)
        found = figures.coverage(key, table.laid.proposals, table.sheet.sections, table.laid.outcomes)
        titles = {section.key: section.title for section in table.sheet.sections}
        sections = [(titles.get(section, ""), ratio) for section, ratio in found.sections.items()]
        done, unchanged = told_of(request.args, office), unchanged_of(request.args, table, reviewer, office)
    return render_template(
        "review/profile.html", shelf=shelved(table, reviewer), sections=sections, aside=table.aside, done=done, unchanged=unchanged,
        text_hash=table.sheet.text_hash, AGAIN=AGAIN,
    )  # fmt: skip


@blueprint.get("/profile/<key>/state")
def state(key: str) -> Response:
    """Whether the rules are still reading a profile, for a page that waits for it."""
    with room().office() as office:
        is_waiting = office.table_if_quick(key) is None
    return jsonify(waits=is_waiting, told="" if is_waiting else f"{key} is read.")


@blueprint.post("/complete")
def complete() -> AnyResponse:
    """Declare that every claim of a text is recorded."""
    key = request.form.get("profile", "")
    repeats(request.form, "text_hash")
    with room().office() as office:
        if request.form["text_hash"] != office.ready(key).sheet.text_hash:
            message = f"the text of {key} has changed since the page was shown; look at what is new, and declare it complete then."
            raise SettingError(message)
        made = acts.completed(key, signed_in().handle, office, acts.noted(request.form.get("note", "").strip()))
        office.record([made])
    return redirect(url_for("review.profile", key=key, done=made.id), 303)
