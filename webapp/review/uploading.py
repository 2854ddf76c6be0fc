"""A new document by upload: it is examined apart, a person confirms what it is, and only then is it a profile."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PureWindowsPath
from threading import Lock

from flask import abort, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from graph.errors import DocumentError, SettingError
from graph.extraction.analysis import key_of
from graph.reading import kinds
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.confirmation import LONGEST, Confirmed
from webapp.review.drafts import Draft, Drafts
from webapp.review.examination import SECONDS, examine
from webapp.review.intake import LONGEST_KEY, Targets
from webapp.review.room import room

_LONGEST_NAME = 200
_GONE = "There is no such upload any more: it was taken or discarded, or is older than a day. Send the document again."
_TAKING = Lock()


@blueprint.route("/upload", methods=["GET", "POST"])
def upload() -> str | AnyResponse:
    """Send a document, or confirm one that was sent."""
    drafts, by = Drafts(room().config.releases), signed_in().handle
    if request.method == "POST":
        try:
            draft = _received(request.files.get("document"), drafts, by)
        except SettingError as error:
            return AnyResponse(_choosing(drafts.waiting(by), _sentence(error)), 422, mimetype="text/html")
        return redirect(url_for("review.upload", draft=draft.id), 303)
    drafts.tidy()
    if id_ := request.args.get("draft", ""):
        return _confirming(drafts.of(id_, by) or abort(404, _GONE), {}, "")
    return _choosing(drafts.waiting(by))


@blueprint.post("/discard")
def discard() -> AnyResponse:
    """Leave nothing of a document that was sent."""
    drafts = Drafts(room().config.releases)
    draft = drafts.of(request.form.get("draft", ""), signed_in().handle) or abort(404, _GONE)
    draft.remove()
    return redirect(url_for("review.upload"), 303)


@blueprint.post("/take")
def take() -> AnyResponse:
    """Make a profile of a document that was sent."""
    drafts, form, config = Drafts(room().config.releases), request.form, room().config
    with _TAKING:
        draft = drafts.of(form.get("draft", ""), signed_in().handle) or abort(404, _GONE)
        try:
            document, converted = draft.document, draft.converted
        except (OSError, DocumentError):
            abort(404, _GONE)
        try:
            confirmed = Confirmed.of(form, draft.understood)
            targets = Targets(config.data, confirmed.key, draft.suffix)
            targets.check()
            targets.write(document, confirmed.sidecar, converted)
        except SettingError as error:
            return AnyResponse(_confirming(draft, form, _sentence(error)), 422, mimetype="text/html")
        draft.remove()
    with room().office() as office:
        office.follow()
    return redirect(url_for("review.profile", key=confirmed.key), 303)


def _received(sent: FileStorage | None, drafts: Drafts, by: str) -> Draft:
    """A document that was sent, examined.

    Raises:
        LiaisonError: there is none, or it cannot be read.
    """
    config, name = room().config, _name(sent.filename or "") if sent else ""
    if not sent or not name:
        message = "no document was chosen; choose a file, and send it again."
        raise SettingError(message)
    suffix = Path(name).suffix.lower()
    if suffix not in kinds.KINDS:
        message = f"files ending in {suffix or 'nothing'} cannot be read; save the document as one of {', '.join(kinds.KINDS)}."
        raise SettingError(message)
    return drafts.begin(by, name, suffix, sent.save, lambda path: examine(path, name, config.data, config.base))


def _name(given: str) -> str:
    """What a file was called, whatever path came with it; a name that is too long keeps its ending."""
    name = PureWindowsPath(given).name
    suffix = Path(name).suffix
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - len(suffix)]}{suffix}"[-_LONGEST_NAME:]


def _choosing(waiting: Sequence[Draft], problem: str = "") -> str:
    limit, endings = room().config.upload_megabytes, list(kinds.KINDS)
    return render_template("review/upload.html", waiting=waiting, problem=problem, limit=limit, endings=endings, seconds=SECONDS)


def _confirming(draft: Draft, form: Mapping[str, str], problem: str) -> str:
    """The page that shows what was understood, with what a form holds already."""
    found = draft.understood
    key = key_of(Path(draft.name)).casefold()[:LONGEST_KEY].strip("-")
    values = {"key": key, "language": found.language or "en"} | {name: form[name] for name in form}
    return render_template(
        "review/confirm.html", draft=draft, found=found, values=values, problem=problem, longest=LONGEST, longest_key=LONGEST_KEY
    )


def _sentence(error: SettingError) -> str:
    """An error as the beginning of a text; the name of a file stays as it is."""
    told = str(error)
    return f"{told[:1].upper()}{told[1:]}" if told.partition(" ")[0].isalpha() else told
