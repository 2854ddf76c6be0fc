"""The whole way: a data folder to a release, or to the reasons why there is none."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import Any

import pyoxigraph as ox

from graph import adjacency, affiliations, cache, dumps, excerpt, inputs, ledger, network, questions, search, void
from graph.assembly import Assembly, Tell, assemble, release_id
from graph.errors import DecisionError, ReleaseRefused, StoreError
from graph.inputs import Inputs
from graph.iris import DEFAULT_BASE, Iris
from graph.release import Release, Releases
from graph.store import Store, View
from graph.text import sha256
from graph.validation import Finding, disagreements, validate_release
from graph.versions import VERSION

MOST = 200
"""Findings that a report spells out; more would hide the rest of it."""

WIDTH = 120
"""Columns of a line of the report."""
SUMS = "SHA256SUMS"
"""The file with the hashes of all others, as `sha256sum --check` reads it."""
_MEDIA_TYPES = {**dumps.MEDIA_TYPES, **network.MEDIA_TYPES, "bin": adjacency.MEDIA_TYPE}


@dataclass(frozen=True)
class Report:
    """What a build or a check found.

    Args:
        release: id of the release that was made, or would be.
        unchanged: whether that release was there already.
        manifest: what went in and what came out.
        findings: what the shapes have to say.
    """

    release: str
    unchanged: bool
    manifest: Mapping[str, Any]
    findings: tuple[Finding, ...] = field(default=())

    def lines(self) -> list[str]:
        """The report for a person: what was set aside and why, what the shapes say, and of new releases how much there is."""
        aside = [f"set aside   {message}" for message in self.manifest["aside"]]
        aside += [f"decisions   {line}" for line in self.manifest.get("decisions", ())]
        found = [f"{finding.severity.lower():<11} {finding}" for finding in self.findings[:MOST]]
        if len(self.findings) > MOST:
            found.append(f"            and {len(self.findings) - MOST} more findings")
        counts = [] if self.unchanged else [line for name, table in self.manifest["counts"].items() for line in _counted(name, table)]
        return [*aside, *found, *counts]


def build(data: Path, releases: Path, *, base: str = DEFAULT_BASE, tell: Tell) -> Report:
    """Make a release of a data folder and make it the current one.

    Decisions that people record while it is made are for the next one.

    Args:
        data: the data folder.
        releases: the folder of releases.
        base: where the data live, an IRI ending in a slash.
        tell: hears of each station.

    Raises:
        InputError: something in the data would make the rest untrue.
        ReleaseRefused: a shape is violated, or a profile of the current release could no longer be read.
        ReleaseBusy: another build is writing there.
        SettingError: a folder cannot be used.
    """
    kept, iris, lying = Releases(releases), Iris(base), inputs.find(data)
    with kept.writing(), kept.new() as decisions:
        found = inputs.taken(lying, decisions)
        release = release_id(found, iris)
        if (known := _known(kept, release)) and not _loses(known, found, kept):
            _note_gone(kept, known.folder, iris)
            kept.point_to(release)
            tell(f"release     {release} is there already, nothing has changed")
            return Report(release, unchanged=True, manifest=known.manifest)
        with found.naming():
            assembly = assemble(found, iris, kept.folder / cache.FOLDER, tell)
        assembly = replace(assembly, aside=tuple(map(found.named, assembly.aside)))
        _refuse_loss(assembly, kept)
        with kept.new() as folder:
            return _make(assembly, found, iris, kept, folder, tell)


def check(data: Path, *, base: str = DEFAULT_BASE, tell: Tell) -> Report:
    """Judge a data folder without publishing anything: by the compiled shapes, and each profile by pySHACL as well.

    Raises:
        InputError: something in the data would make the rest untrue.
    """
    iris, found = Iris(base), inputs.find(data)
    assembly = assemble(found, iris, None, tell)
    view = View.of(assembly.published())
    findings = validate_release(view)
    tell(f"shapes      {len(findings)} findings on the whole")
    for key in assembly.profiles:
        findings += disagreements(view, iris.graph(f"profile/{key}"), findings)
        tell(f"pySHACL     {key} judged once more")
    return Report(assembly.release, unchanged=False, manifest=_manifest(assembly, found, iris, findings, {}), findings=tuple(findings))


def _counted(name: str, table: Mapping[str, int]) -> list[str]:
    text = ", ".join(f"{key} {count:,}" for key, count in table.items())
    return [
        name,
        *wrap(text, WIDTH, initial_indent="            ", subsequent_indent="            ", break_long_words=False, break_on_hyphens=False),
    ]


def _make(assembly: Assembly, found: Inputs, iris: Iris, kept: Releases, folder: Path, tell: Tell) -> Report:
    with ThreadPoolExecutor(3) as beside:
        published = list(assembly.published())
        stored = beside.submit(_store, published, folder / "store")
        view = View.of(published)
        judged = beside.submit(validate_release, view)
        indexed = beside.submit(_index, view, iris, folder / search.FOLDER)
        try:
            files = _write_files(assembly, view, iris, folder)
        except Exception:
            _refuse_violations(judged.result())  # what is against the shapes may not even be writable
            raise
        findings = tuple(judged.result())
        _refuse_violations(findings)
        tell(f"shapes      {len(findings)} findings, no violation")
        stored.result()
        tell(f"search      {indexed.result()} things and sentences can be found")
    parts = sum(1 for name in files if name.startswith(f"{excerpt.FOLDER}/"))
    tell(f"dumps       {', '.join(name for name in files if '/' not in name)}, {parts} excerpts")
    manifest = _manifest(assembly, found, iris, findings, files)
    if replace(inputs.find(found.folder), copy=found.copy).hashes != found.hashes:
        message = f"{found.folder}: the data changed while they were being read; run `liaison build` again."
        raise ReleaseRefused(message)
    _note_gone(kept, folder, iris)
    kept.publish(folder, assembly.release, manifest)
    tell(f"release     {assembly.release} with {len(assembly.quads)} triples is the current one")
    return Report(assembly.release, unchanged=False, manifest=manifest, findings=findings)


def _store(published: Iterable[ox.Quad], path: Path) -> None:
    """Write the store; like judging what it holds, that leaves Python free for the files."""
    store = Store(path)
    store.load(published)
    store.close()


def _index(view: View, iris: Iris, path: Path) -> int:
    """Write the index for the search; how many entries it has."""
    return search.write(path, search.entries(view, iris))


def _refuse_violations(findings: Sequence[Finding]) -> None:
    if violations := [finding for finding in findings if finding.is_violation]:
        more = f"\nand {len(violations) - MOST} more" if len(violations) > MOST else ""
        raise ReleaseRefused("\n".join(map(str, violations[:MOST])) + more)


def _write_files(assembly: Assembly, view: View, iris: Iris, folder: Path) -> dict[str, dict[str, str | int]]:
    """Write all that can be downloaded; name, size, media type and hash of each file."""
    ordered = dumps.ordered(assembly.quads)
    whole = [*dumps.write(ordered, folder, iris), *network.write(view, folder, iris), *affiliations.write(view, folder, iris)]
    parts = excerpt.write(view, ordered.triples, folder, iris)
    files = {path.relative_to(folder).as_posix(): _described(path) for path in [*whole, *parts]}
    path = void.write(view, assembly.release, VERSION, files, questions.load(), iris, folder)
    files[path.name] = _described(path)
    path = adjacency.write(view, folder, iris)
    files[path.name] = _described(path)
    sums = folder / SUMS
    sums.write_text("".join(f"{file['sha256']}  {name}\n" for name, file in files.items()), encoding="ascii")
    return files | {sums.name: _described(sums)}


def _known(kept: Releases, release: str) -> Release | None:
    try:
        return kept.get(release)
    except StoreError:
        return None


def _published(kept: Releases) -> set[str]:
    """Keys of the profiles that people can see today; none where the current release cannot be read, since nobody can."""
    current = kept.current_id()
    release = _known(kept, current) if current else None
    return set(release.manifest["profiles"]) if release else set()


def _loses(known: Release, found: Inputs, kept: Releases) -> bool:
    """Whether going back to a release that is there already would drop a profile whose file still lies in the data."""
    there = {item.key for item in found.profiles} | {Path(error.path).stem for error in found.aside}
    withdrawn = {reference.removeprefix("profile/") for reference in known.manifest.get("retired", {})}
    return bool((_published(kept) & there) - set(known.manifest["profiles"]) - withdrawn)


def _note_gone(kept: Releases, folder: Path, iris: Iris) -> None:
    """Write down what people can see today and will no longer find once the release in `folder` is the current one."""
    current = kept.current_id()
    if (former := _known(kept, current) if current else None) and former.folder != folder:
        ledger.note_gone(kept.folder / ledger.GONE, former, folder, iris)


def _refuse_loss(assembly: Assembly, kept: Releases) -> None:
    """A profile that people can see today does not vanish because its file cannot be read."""
    unread = {Path(error.path).stem for error in assembly.aside if not isinstance(error, DecisionError)} - set(assembly.profiles)
    if lost := sorted(_published(kept) & unread):
        reasons = [str(error) for error in assembly.aside if Path(error.path).stem in lost]
        message = (
            f"the current release holds {', '.join(lost)}, which can no longer be read; mend it, or remove the file to drop it.\n"
            + "\n".join(reasons)
        )
        raise ReleaseRefused(message)


def _described(path: Path) -> dict[str, str | int]:
    return {
        "bytes": path.stat().st_size,
        "sha256": sha256(path.read_bytes()),
        "media_type": _MEDIA_TYPES.get(path.suffix[1:], "text/plain"),
    }


def _manifest(
    assembly: Assembly, found: Inputs, iris: Iris, findings: Iterable[Finding], files: Mapping[str, Mapping[str, str | int]]
) -> dict[str, Any]:
    return {
        "release": assembly.release,
        "base": iris.base,
        "version": VERSION,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": found.hashes,
        "profiles": list(assembly.profiles),
        "triples": len(assembly.quads),
        "counts": assembly.counts(),
        "aside": [str(error).replace(str(found.folder), "data") for error in assembly.aside],
        "findings": [str(finding) for finding in findings],
        "retired": {**assembly.merged, **assembly.retired.described()},
        "decisions": assembly.books.report() if assembly.books else [],
        "files": files,
    }
