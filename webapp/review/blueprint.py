"""The blueprint of the pages under /review, and what their templates may use.

No page is shown and nothing is taken without a valid session, but for the way in; no form is taken that is not one of ours.
"""

import logging
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from graph.errors import DocumentError, LiaisonError, SettingError, SidecarError
from webapp.errors import answer
from webapp.negotiate import prefers_html
from webapp.review import session
from webapp.review.filepaths import relative
from webapp.review.room import room
from webapp.review.session import Session

_LOG = logging.getLogger("liaison.review")
blueprint = Blueprint("review", __name__, url_prefix="/review")
OPEN = frozenset({"review.front", "review.sign_in"})
"""What can be asked for without a session."""
_FORGED = "The form was not sent from a page of this session, or is older than it; load the page again, and send it from there."


@blueprint.before_request
def _admit() -> AnyResponse | None:
    """Let nobody in who is not signed in, and take no form that is not ours."""
    config = room().config
    if config.is_shipped_data:
        abort(404, "Review is off: the data are the copy that came with Liaison; name a folder of your own with --data.")
    try:
        g.session = session.of(request, room().reviewers, room().ended)
        g.has_reviewers = bool(room().reviewers.all())
    except SettingError as error:
        _LOG.error("%s", error)  # the sentence says all
        abort(503, "Nobody can sign in at the moment: the file of reviewers cannot be read. The log has the reason.")
    if request.endpoint in OPEN:
        return None
    if g.session is None:
        if request.method in ("GET", "HEAD"):
            return redirect(f"/review?next={quote(request.full_path.rstrip('?'), safe='/')}", 303)
        abort(403, "Nobody is signed in; sign in at /review, and do it again.")
    if request.method == "POST" and not session.is_ours(request, g.session):
        abort(403, _FORGED)
    return None


@blueprint.after_request
def _keep_nothing(response: Response) -> Response:
    """What reviewers see is for them, and is old with the next decision."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.errorhandler(SettingError)
@blueprint.errorhandler(DocumentError)
@blueprint.errorhandler(SidecarError)
def _refused(error: LiaisonError) -> Response:
    """What cannot be done is said in a sentence, with the way back; nothing was recorded."""
    told = relative(error, room().config)
    if not prefers_html(request) or g.get("session") is None:
        return answer(422, told)
    parts = urlsplit(request.referrer or "")
    back = parts.path + (f"?{parts.query}" if parts.query else "") if parts.netloc == request.host else ""
    page = render_template("review/refused.html", message=told, back=back if back.startswith("/review/") else "/review")
    return Response(page, 422, mimetype="text/html")


@blueprint.errorhandler(LiaisonError)
def _broken(error: LiaisonError) -> Response:
    """The data folder cannot be read, or a decision cannot be written: the reviewer has to know why."""
    return answer(503, relative(error, room().config))


@blueprint.app_template_filter("relative")
def _relative(words: object) -> str:
    """Words without the way to the folders of the server."""
    return relative(words, room().config)


@blueprint.context_processor
def _frame() -> dict[str, object]:
    """What every page of reviewers shows."""
    return {"session": g.get("session"), "field": session.FIELD, "pages": current_app.view_functions}


def signed_in() -> Session:
    """Who sent this request."""
    assert isinstance(g.session, Session)
    return g.session
