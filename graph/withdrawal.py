"""A document or a passage taken back: recorded, built without, and gone from every release."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from graph import documents, inputs, ledger, retirement
from graph.assembly import Tell
from graph.build import Report, build
from graph.errors import LiaisonError, ReleaseRefused, SettingError
from graph.iris import DEFAULT_BASE
from graph.release import Release, Releases
from graph.sections import Span


@dataclass(frozen=True)
class Withdrawal:
    """What is taken back.

    Args:
        reference: the profile, as `profile/key`.
        reason: why; readers see it.
        day: the day on which it is withdrawn.
        passage: the words to withdraw; the whole document if empty.
    """

    reference: str
    reason: str
    day: date
    passage: str = ""


def withdraw(wish: Withdrawal, data: Path, releases: Path, *, base: str = DEFAULT_BASE, tell: Tell) -> Report:
    """Withdraw a profile, or a passage of it, from everything that is served.

    Args:
        wish: what is taken back.
        data: the data folder.
        releases: the folder of releases.
        base: where the data live.
        tell: hears of each station.

    Raises:
        SettingError: there is no such profile or passage, or the folder cannot be written.
        ReleaseRefused: the row is written and no release could be built without what it withdraws.
    """
    found = inputs.find(data)
    item = next((item for item in found.profiles if f"profile/{item.key}" == wish.reference), None)
    if item is None:
        message = f"{data} holds no {wish.reference!r} that could be withdrawn; write profile/ and the name of a file in profiles/ without its ending."
        raise SettingError(message)
    if not wish.reason.strip():
        message = "a withdrawal needs a reason; readers see it where the document was."
        raise SettingError(message)
    document = documents.read(item.document)
    span = _place(wish.passage, document.text) if wish.passage else None
    text_hash = document.text_hash if span else ""
    retirement.add(found.retired, reference=wish.reference, reason=wish.reason, day=wish.day, span=span, text_hash=text_hash)
    try:
        report = build(data, releases, base=base, tell=tell)
    except LiaisonError as error:
        message = f"the withdrawal is recorded in {found.retired}, but no release could be built without it: the old one is still served.\n{error}"
        raise ReleaseRefused(message) from error
    _remove(Releases(releases), wish, report.release, tell)
    for place in _left(Releases(releases).current(), wish.passage):
        tell(f"left        the words still stand in {place}; it does not come from the document, so mend it by hand")
    return report


def _left(release: Release, passage: str) -> list[str]:
    """The things whose texts hold the passage all the same: an example of the ontology, a row of an authority file."""
    if not passage:
        return []
    query = "SELECT DISTINCT ?thing { ?thing ?p ?text FILTER (ISLITERAL(?text) && CONTAINS(STR(?text), $words)) } ORDER BY ?thing"
    return [row["thing"].value for row in release.view.select(query, words=ox.Literal(passage))]


def _place(passage: str, text: str) -> Span:
    count = text.count(passage)
    if count != 1:
        where = "does not stand in the document" if not count else f"stands in the document {count} times"
        message = f"the passage {where}; give the words character by character, and enough of them to stand there once."
        raise SettingError(message)
    start = text.index(passage)
    return Span(start, start + len(passage))


def _remove(kept: Releases, wish: Withdrawal, current: str, tell: Tell) -> None:
    """Remove every other release that holds the profile, and what was kept for the next build."""
    key = wish.reference.removeprefix("profile/")
    for release in kept.ids():
        if release == current or key not in kept.get(release).manifest["profiles"]:
            continue
        entry = {"release": release, "reference": wish.reference, "date": wish.day.isoformat(), "reason": wish.reason}
        ledger.add(kept.folder / ledger.WITHDRAWN, [entry])
        shutil.rmtree(kept.folder / release)
        tell(f"removed     release {release}")
    shutil.rmtree(kept.folder / "cache", ignore_errors=True)
