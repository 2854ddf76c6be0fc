"""A data folder to the files that go into a build, each with its hash.

    data/profiles/    documents as received
    data/texts/       texts of those that had to be converted; optional
    data/claims/      side-cars of curated claims, each named after its profile
    data/authority/   six files of authority facts
    data/rules/       what an analyst can edit
    data/proposals/   what plug-ins answered, kept to be decided on; optional
    data/decisions/   what people have decided on claims and actors, and what they have taken back; optional

What cannot be told apart is set aside: two documents with one key, a side-car without a document.

People decide while a build runs. A build therefore reads their decisions from a copy that it makes when it begins
(`taken`): what comes later is for the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from time import sleep

from graph.errors import DecisionError, DocumentError, InputError, ProposalError, SettingError, SidecarError
from graph.reading import stored
from graph.text import sha256

_FOLDERS = ("authority", "claims", "decisions", "profiles", "proposals", "rules", "texts")
PROPOSALS = "proposals"
_DECISIONS, _LOGS = "decisions", "*.jsonl"
_PAUSE = 0.05
"""Seconds after which a line that is being written has ended; one that has not was cut off long ago."""


@dataclass(frozen=True)
class ProfileInput:
    """The files of one profile.

    Args:
        document: the document as received.
        sidecar: what people have recorded about it, None if nothing.
        texts: the folder of kept texts, None if there is none.
        answers: what plug-ins answered, None if nobody asked any.
    """

    document: Path
    sidecar: Path | None
    texts: Path | None = None
    answers: Path | None = None

    @property
    def key(self) -> str:
        """The profile's key."""
        return self.document.stem

    @property
    def files(self) -> tuple[Path, ...]:
        """The document, and where there are such: the side-car, the answers of plug-ins, the document's kept text."""
        kept = stored.files(self.texts, self.key) if self.texts else ()
        return (self.document, *filter(None, (self.sidecar, self.answers)), *(path for path in kept if path.is_file()))


@dataclass(frozen=True)
class Inputs:
    """A data folder.

    Args:
        folder: the folder.
        profiles: in order of key.
        aside: files that had to be set aside, and why.
        copy: a folder with a copy of the decisions, to be read in their place; None to read them where they lie.
    """

    folder: Path
    profiles: tuple[ProfileInput, ...]
    aside: tuple[InputError, ...]
    copy: Path | None = None

    @property
    def authority(self) -> Path:
        """The folder of authority facts."""
        return self.folder / "authority"

    @property
    def decisions(self) -> Path:
        """The folder of people's decisions, or the copy of it."""
        return self.copy or self.folder / _DECISIONS

    @property
    def rules(self) -> Path:
        """The folder of rule files."""
        return self.folder / "rules"

    @property
    def texts(self) -> Path:
        """The folder of kept texts."""
        return self.folder / "texts"

    @cached_property
    def files(self) -> dict[str, Path]:
        """Path of each file, relative to the folder, to where it is read, in order of path."""
        found = (path for name in _FOLDERS for path in (self.folder / name).rglob("*"))
        files = {path.relative_to(self.folder).as_posix(): path for path in found if path.is_file() and not path.name.startswith(".")}
        if self.copy:
            logs = {f"{_DECISIONS}/{path.name}": path for path in _logs(self.copy)}
            lying = {f"{_DECISIONS}/{path.name}" for path in _logs(self.folder / _DECISIONS)}
            files = {name: path for name, path in files.items() if name not in lying} | logs
        return {name: files[name] for name in sorted(files, key=PurePosixPath)}

    @cached_property
    def hashes(self) -> dict[str, str]:
        """Path of each file, relative to the folder, to the SHA-256 of its bytes, in order of path."""
        return {name: _hash(path) for name, path in self.files.items()}

    def named(self, error: InputError) -> InputError:
        """An error with the file as people know it, and not its copy."""
        if not (self.copy and Path(error.path).is_relative_to(self.copy)):
            return error
        path = self.folder / _DECISIONS / Path(error.path).relative_to(self.copy)
        return type(error)(path, error.problem, error.remedy, error.line, stops=error.stops)

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Let errors name files as people know them."""
        try:
            yield
        except InputError as error:
            raise self.named(error) from error


def taken(inputs: Inputs, copy: Path) -> Inputs:
    """The same data folder with the decisions as they are now, whatever is decided from now on.

    Args:
        inputs: the data folder.
        copy: an empty folder, into which they are copied.

    Raises:
        DecisionError: a file cannot be opened.
    """
    for path in _logs(inputs.folder / _DECISIONS):
        try:
            (copy / path.name).write_bytes(_settled(path))
        except OSError as error:
            raise DecisionError(path, f"the file cannot be opened ({error.strerror})", "mend its permissions") from error
    return replace(inputs, copy=copy)


def find(folder: Path) -> Inputs:
    """What lies in a data folder.

    Raises:
        SettingError: it is no data folder.
    """
    if not (folder / "authority").is_dir():
        message = f"{folder}: this is no data folder, it holds no folder 'authority'; name another with --data."
        raise SettingError(message)
    documents: dict[str, list[Path]] = {}
    for path in _files(folder / "profiles"):
        documents.setdefault(path.stem, []).append(path)
    aside: list[InputError] = []
    answers = {path.stem: path for path in _files(folder / PROPOSALS) if path.suffix == _LOGS[1:]}
    for key in answers.keys() - documents.keys():
        remedy = "put the document into data/profiles, or take the file away"
        aside.append(ProposalError(answers[key], f"there is no profile {key!r}", remedy, stops=False))
    sidecars: dict[str, Path] = {}
    for path in _files(folder / "claims"):
        if path.suffix != ".yaml":
            aside.append(SidecarError(path, "a side-car is a file ending in .yaml", "rename it", stops=False))
        elif path.stem not in documents:
            aside.append(
                SidecarError(
                    path, f"there is no profile {path.stem!r}", "put the document into data/profiles, or rename the side-car", stops=False
                )
            )
        else:
            sidecars[path.stem] = path
    for key, paths in documents.items():
        if len(paths) > 1:
            names = " and ".join(path.name for path in paths)
            aside += [
                DocumentError(path, f"{names} have the same key {key!r}", "keep one, or rename the other", stops=False) for path in paths
            ]
    texts = folder / "texts"
    single = (
        ProfileInput(paths[0], sidecars.get(key), texts, answers.get(key)) for key, paths in sorted(documents.items()) if len(paths) == 1
    )
    return Inputs(folder, tuple(single), tuple(aside))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith("."))


def _logs(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob(_LOGS) if not path.name.startswith("."))


def _settled(path: Path) -> bytes:
    """The content of a file to which lines are added, without half of a line that is just being written."""
    content, before = path.read_bytes(), b""
    while content and not content.endswith(b"\n") and content != before:
        sleep(_PAUSE)
        content, before = path.read_bytes(), content
    return content


def _hash(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError as error:
        raise InputError(path, f"the file cannot be opened ({error.strerror})", "mend its permissions") from error
