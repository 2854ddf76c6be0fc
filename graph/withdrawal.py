"""A document, or a passage of one, out of all that is kept: the decision recorded, a release without it, the others removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from graph import cache, documents, inputs, ledger, retirement
from graph.assembly import Tell
from graph.build import Report, build
from graph.errors import LiaisonError, ReleaseRefused, SettingError, StoreError
from graph.inputs import Inputs
from graph.iris import DEFAULT_BASE
from graph.release import Releases
from graph.retirement import PROFILE
from graph.text import fold


@dataclass(frozen=True)
class Withdrawal:
    """What is to be withdrawn, and why.

    Args:
        reference: the document, as `profile/KEY`.
        reason: why, in words that people will read.
        date: the day, as `YYYY-MM-DD`.
        passage: the words of a passage; empty for the whole document.
    """

    reference: str
    reason: str
    date: str
    passage: str = ""

    @property
    def key(self) -> str:
        """The document's key."""
        return self.reference.removeprefix(PROFILE)


class Recorded(NamedTuple):
    """What an earlier row says of the same withdrawal."""

    date: str
    reason: str


def withdraw(wanted: Withdrawal, data: Path, releases: Path, *, base: str = DEFAULT_BASE, tell: Tell) -> Report:
    """Record a withdrawal, build a release without what is withdrawn, and remove all others that hold the document.

    Doing it again is safe, and ends what was left half done.

    Raises:
        SettingError: there is no such document or passage; nothing was recorded.
        InputError: the table of decisions is not as it must be; nothing was recorded.
        ReleaseRefused: it is recorded, but no release without it could be made.
    """
    found, kept = inputs.find(data), Releases(releases)
    place, before = _record(wanted, found, kept)
    told = f"was recorded before, of {before.date}: {before.reason}; that stands" if before else f"in {place}"
    tell(f"recorded    {wanted.reference} {told}")
    try:
        report = build(data, releases, base=base, tell=tell)
    except LiaisonError as error:
        message = (
            f"{error}\nThe withdrawal of {wanted.reference} is recorded in {place}, but the old release is still served; "
            "mend what is said above and run the same command again."
        )
        raise ReleaseRefused(message) from error
    with kept.writing():
        _purge(wanted, kept, report.release, tell)
    return report


def _record(wanted: Withdrawal, found: Inputs, kept: Releases) -> tuple[Path, Recorded | None]:
    """Add the row, unless it is there already: the table, and the row that was there."""
    if not wanted.reference.startswith(PROFILE) or not retirement.is_reference(wanted.reference):
        message = f"{wanted.reference!r} is no document; write profile/KEY, as in profile/spain-2018-cse."
        raise SettingError(message)
    reason = " ".join(wanted.reason.split())
    if not reason:
        message = "the reason is empty; say in a few words why, people will read it."
        raise SettingError(message)
    if wanted.date > datetime.now(UTC).date().isoformat():
        message = f"{wanted.date} is still to come; a withdrawal holds from the day on which it is made, at the latest."
        raise SettingError(message)
    known = retirement.load(found.folder)
    cells = {"reference": wanted.reference, "date": wanted.date, "reason": reason}
    if wanted.passage:
        cells |= _place(wanted, found, reason)
        same = (
            passage.line
            for passage in known.passages_of(wanted.key)
            if all(passage.line[name] == cells[name] for name in ("start", "end", "text_hash"))
        )
        there = next(same, None)
    else:
        if not _is_known(wanted.key, found, kept):
            message = f"there is no {wanted.reference}, neither in {found.folder / 'profiles'} nor in a release; mend the key."
            raise SettingError(message)
        there = known.notices[wanted.reference].line if wanted.key in known.documents else None
    if there:
        return found.folder / retirement.PLACE, Recorded(there["date"], there["reason"])
    return retirement.record(found.folder, cells), None


def _place(wanted: Withdrawal, found: Inputs, reason: str) -> dict[str, str]:
    """Where the passage stands, as cells; no message holds its words."""
    item = next((item for item in found.profiles if item.key == wanted.key), None)
    if item is None:
        message = f"there is no document of the key {wanted.key!r} in {found.folder / 'profiles'}; mend the key."
        raise SettingError(message)
    words = wanted.passage.strip()
    if not any(sign.isalnum() for sign in words):
        message = "the passage holds no word; give the words that are to be withdrawn."
        raise SettingError(message)
    if fold(words) in fold(reason):
        message = "the reason repeats the withdrawn words; say it without them, people will read it."
        raise SettingError(message)
    document = documents.read(item.document, item.texts)
    start = document.text.find(words)
    if start < 0 or document.text.find(words, start + 1) >= 0:
        often = "more than once" if start >= 0 else "nowhere"
        message = (
            f"the passage stands {often} in {item.document.name}; copy it from there character by character, with enough words around it."
        )
        raise SettingError(message)
    return {"start": str(start), "end": str(start + len(words)), "text_hash": document.text_hash}


def _is_known(key: str, found: Inputs, kept: Releases) -> bool:
    files = [*(item.document for item in found.profiles), *(Path(error.path) for error in found.aside)]
    return key in {path.stem for path in files} or any(_holds(kept, release, key) for release in kept.ids())


def _holds(kept: Releases, release: str, key: str) -> bool:
    """Whether a release holds a document; one that cannot be read might."""
    try:
        return key in kept.get(release).manifest["profiles"]
    except StoreError:
        return True


def _purge(wanted: Withdrawal, kept: Releases, made: str, tell: Tell) -> None:
    """Remove each release that still holds the words, and all kept results."""
    stay = {made, kept.current_id()}
    held = [release for release in kept.ids() if release not in stay and _holds(kept, release, wanted.key)]
    reason = " ".join(wanted.reason.split())
    entries = ({"release": release, "reference": wanted.reference, "date": wanted.date, "reason": reason} for release in held)
    ledger.append(kept.folder / ledger.WITHDRAWN, entries)
    for release in held:
        kept.remove(release)
        tell(f"removed     release {release}, which held {wanted.reference}")
    _empty(path for name in (cache.FOLDER, cache.UPLOADS) for path in (kept.folder / name).rglob("*") if path.is_file())
    _empty([kept.folder / cache.PUBLISHING])


def _empty(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)  # a server may have made room meanwhile
