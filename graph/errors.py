"""The errors of Liaison, one tree.

    LiaisonError                 anything that Liaison itself has to say
    ├── SettingError             a setting or an argument cannot be used
    │   └── ActRefused           what a reviewer does cannot be recorded
    │       └── NothingNew       it would change nothing, since the same was done before
    ├── InputError               something in data/, ontology/ or shapes/ is not as it must be
    │   ├── DocumentError        a profile cannot be read
    │   ├── TableError           an authority file cannot be read
    │   ├── SidecarError         a side-car of curated claims cannot be read or does not hold
    │   ├── RuleError            a file of extraction rules cannot be read or contradicts the ontology
    │   ├── ProposalError        what a plug-in proposed cannot be read or kept
    │   ├── DecisionError        a decision cannot be read, cannot be written, or is not accounted for
    │   └── VocabularyError      ontology, relation map or kinds contradict themselves
    ├── ReleaseRefused           the build found a violation; the former release stays
    ├── ReleaseBusy              another build is writing to the same folder
    └── StoreError               no release, or one that cannot be opened

Each message says what was wrong, where, and what to do.
"""

import unicodedata
from pathlib import Path
from typing import Any, Self

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of code points that nobody sees, or that begin a line or turn the text round."""


def visible(words: str) -> str:
    """Words on one line, what cannot be seen written out: a name may hold a line break, which must not begin a message."""
    return "".join(
        letter.encode("unicode_escape").decode("ascii") if unicodedata.category(letter) in _UNSEEN else letter for letter in words
    )


class LiaisonError(Exception):
    """Something that a person should read; never a bug in Liaison."""


class SettingError(LiaisonError):
    """A setting or an argument cannot be used."""


class ActRefused(SettingError):
    """What a reviewer does cannot be recorded.

    Args:
        problem: what is wrong, as part of a sentence.
        remedy: what to do about it, in the imperative; it names acts as every reviewer knows them, not how they are done.
        ways: the acts that help, each as its name and what it is done to, for a command line to show as commands.
    """

    def __init__(self, problem: str, remedy: str, *ways: tuple[str, str]) -> None:
        """Keep the acts apart from the words."""
        self._parts, self.ways = (problem, remedy), ways
        super().__init__(f"{problem}; {remedy}.")

    def __reduce__(self) -> tuple[Any, ...]:
        """Its parts, of which it is made again where another process has met it."""
        return type(self), (*self._parts, *self.ways)


class NothingNew(ActRefused):
    """An act would change nothing, since its reviewer has done the same before."""


class InputError(LiaisonError):
    """A file is not as it must be.

    Args:
        path: the file.
        problem: what is wrong, as part of a sentence.
        remedy: what to do about it, in the imperative.
        line: line number, counted from 1, where known.
        stops: whether the build must stop, because what is left without this part would say something untrue;
            otherwise the part is set aside and reported, and the rest goes on.
    """

    def __init__(self, path: Path | str, problem: str, remedy: str, line: int | None = None, *, stops: bool = True) -> None:
        """Keep the parts, so that a report can show file, line, problem and remedy apart."""
        self.path, self.problem, self.remedy, self.line, self.stops = str(path), problem, remedy, line, stops
        super().__init__(visible(f"{self.where}: {problem}; {remedy}."))

    def __reduce__(self) -> tuple[Any, ...]:
        """Its parts, of which it is made again where another process has met it."""
        return _again, (type(self), self.path, self.problem, self.remedy, self.line, self.stops)

    @classmethod
    def unopened(cls, path: Path, error: OSError, *, stops: bool = True) -> Self:
        """That a file cannot be opened, with what to do in that case."""
        match error:
            case FileNotFoundError() | NotADirectoryError():
                problem, remedy = "there is no such file", "check that it exists and how its name is spelt"
            case IsADirectoryError():
                problem, remedy = "this is a folder", "name the files in it"
            case PermissionError():
                problem, remedy = f"the file cannot be opened ({error.strerror})", "mend its permissions"
            case _:
                problem, remedy = f"the file cannot be opened ({error.strerror})", "copy it to another place, and name that"
        return cls(path, problem, remedy, stops=stops)

    @property
    def where(self) -> str:
        """File, and line where known, as `file:line`."""
        return f"{self.path}:{self.line}" if self.line else self.path


def _again(kind: type[InputError], path: str, problem: str, remedy: str, line: int | None, stops: bool) -> InputError:  # noqa: FBT001, PLR0917, RUF100
    """An error of its parts."""
    return kind(path, problem, remedy, line, stops=stops)


class DocumentError(InputError):
    """A profile cannot be read."""


class TableError(InputError):
    """An authority file cannot be read."""


class SidecarError(InputError):
    """A side-car of curated claims cannot be read or does not hold."""


class RuleError(InputError):
    """A file of extraction rules cannot be read or contradicts the ontology."""


class ProposalError(InputError):
    """What a plug-in proposed cannot be read or kept."""


class DecisionError(InputError):
    """A decision cannot be read, cannot be written, or is not accounted for."""


class VocabularyError(InputError):
    """Ontology, relation map or kinds contradict themselves."""


class ReleaseRefused(LiaisonError):
    """The build found a violation; nothing was published and the former release stays."""


class ReleaseBusy(LiaisonError):
    """Another build is writing to the same folder."""


class StoreError(LiaisonError):
    """There is no release, or one that cannot be opened."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        """Say which folder, what is wrong with it, and what to do."""
        self._parts = path, problem, remedy
        super().__init__(f"{path}: {problem}; {remedy}.")

    def __reduce__(self) -> tuple[Any, ...]:
        """Its parts, of which it is made again where another process has met it."""
        return type(self), self._parts
