"""A data folder to the files that go into a build, each with its hash.

    data/profiles/    documents as received
    data/texts/       texts of those that had to be converted; optional
    data/claims/      side-cars of curated claims, each named after its profile
    data/authority/   six files of authority facts
    data/rules/       what an analyst can edit
    data/decisions/   what people have decided on claims and actors, and what they have taken back; optional

What cannot be told apart is set aside: two documents with one key, a side-car without a document.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graph.errors import DocumentError, InputError, SettingError, SidecarError
from graph.reading import stored
from graph.text import sha256

_FOLDERS = ("authority", "claims", "decisions", "profiles", "rules", "texts")


@dataclass(frozen=True)
class ProfileInput:
    """The files of one profile.

    Args:
        document: the document as received.
        sidecar: what people have recorded about it, None if nothing.
        texts: the folder of kept texts, None if there is none.
    """

    document: Path
    sidecar: Path | None
    texts: Path | None = None

    @property
    def key(self) -> str:
        """The profile's key."""
        return self.document.stem

    @property
    def files(self) -> tuple[Path, ...]:
        """The document, the side-car where there is one, and the document's kept text where there is one."""
        kept = stored.files(self.texts, self.key) if self.texts else ()
        return (self.document, *([self.sidecar] if self.sidecar else []), *(path for path in kept if path.is_file()))


@dataclass(frozen=True)
class Inputs:
    """A data folder.

    Args:
        folder: the folder.
        profiles: in order of key.
        aside: files that had to be set aside, and why.
    """

    folder: Path
    profiles: tuple[ProfileInput, ...]
    aside: tuple[InputError, ...]

    @property
    def authority(self) -> Path:
        """The folder of authority facts."""
        return self.folder / "authority"

    @property
    def decisions(self) -> Path:
        """The folder of people's decisions."""
        return self.folder / "decisions"

    @property
    def rules(self) -> Path:
        """The folder of rule files."""
        return self.folder / "rules"

    @property
    def texts(self) -> Path:
        """The folder of kept texts."""
        return self.folder / "texts"

    @cached_property
    def hashes(self) -> dict[str, str]:
        """Path of each file, relative to the folder, to the SHA-256 of its bytes, in order of path."""
        found = (path for name in _FOLDERS for path in (self.folder / name).rglob("*"))
        files = [path for path in found if path.is_file() and not path.name.startswith(".")]
        return {path.relative_to(self.folder).as_posix(): _hash(path) for path in sorted(files)}


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
    single = (ProfileInput(paths[0], sidecars.get(key), texts) for key, paths in sorted(documents.items()) if len(paths) == 1)
    return Inputs(folder, tuple(single), tuple(aside))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith("."))


def _hash(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError as error:
        raise InputError(path, f"the file cannot be opened ({error.strerror})", "mend its permissions") from error
