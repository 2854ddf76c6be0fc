"""An analyst as a command sets it up, in this process or in several: documents in, words to print out."""

import json
import os
import signal
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import cast

from graph import authority, vocabulary
from graph.authority import Authority
from graph.errors import LiaisonError, SettingError
from graph.extraction import report
from graph.extraction.analysis import Analysis, Analyst
from graph.extraction.extractor import Extractor
from graph.extraction.plugins import Host, Wanted
from graph.extraction.verification import consulted
from graph.inputs import find
from graph.iris import Iris
from graph.profiles import context
from graph.versions import VERSION
from graph.vocabulary import Vocabulary

_AHEAD = 4
"""Documents a process that may wait to be read or printed, so that memory does not grow with their number."""


@dataclass(frozen=True)
class Desk:
    """All that is needed to read documents and to tell what they say.

    Args:
        analyst: reads them.
        authority: the authority facts.
        vocabulary: the ontology.
        labels: reference to preferred name.
        iris: makes the IRIs.
    """

    analyst: Analyst
    authority: Authority
    vocabulary: Vocabulary
    labels: Mapping[str, str]
    iris: Iris

    @property
    def extractor(self) -> Extractor:
        """The rules."""
        return self.analyst.extractor

    @classmethod
    def of(cls, data: Path, base: str) -> "Desk":
        """The desk of a data folder.

        Args:
            data: the folder.
            base: IRI under which the data live.

        Raises:
            LiaisonError: it is no data folder, or a file in it cannot be read.
        """
        folders = find(data)
        known, iris = vocabulary.load(), Iris(base)
        facts = authority.load(folders.authority, known)
        given = context(facts, known, folders.rules, iris, VERSION)
        extractor = Extractor(folders.rules, facts, known)
        return cls(Analyst(extractor, given.lexicon, known.headings, given.abbreviations), facts, known, given.lexicon.labels, iris)


@dataclass(frozen=True)
class Task:
    """What is to be done with each document.

    Args:
        data: the data folder.
        base: IRI under which the data live.
        as_json: whether to print JSON.
        plugins: plug-ins that are asked as well.
    """

    data: Path
    base: str
    as_json: bool
    plugins: tuple[Wanted, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of one document.

    Args:
        text: what is to be printed; empty if it could not be read.
        fault: why it could not be read, in a sentence; empty if it could.
    """

    text: str
    fault: str = ""


class Worker:
    """Does a task, document by document.

    Args:
        task: the task.

    Raises:
        LiaisonError: the data folder or a plug-in cannot be used.
    """

    def __init__(self, task: Task) -> None:
        """Read the rules and start the plug-ins once."""
        self._task, self._desk = task, Desk.of(task.data, task.base)
        self._hosts: list[Host] = []
        try:
            for wanted in task.plugins:
                self._hosts.append(Host(wanted))
        except LiaisonError:
            self.close()
            raise

    def do(self, path: Path) -> Outcome:
        """One document; whatever goes wrong with it goes wrong with it alone.

        Args:
            path: its file.
        """
        try:
            analysis = self._desk.analyst.analyse(path)
            return Outcome(self._told(consulted(analysis, self._hosts, self._desk.extractor, self._desk.vocabulary)))
        except LiaisonError as error:
            return Outcome("", str(error))
        except Exception as error:  # noqa: BLE001  # a bug that one document meets must not cost the others
            return Outcome("", f"{path}: the document cannot be analysed ({type(error).__name__}: {error}); please report this.")

    def close(self) -> None:
        """End the plug-ins."""
        for host in self._hosts:
            host.close()

    def _told(self, analysis: Analysis) -> str:
        desk = self._desk
        if self._task.as_json:
            told = report.as_dict(analysis, desk.iris, desk.labels)
            document = cast("Mapping[str, object]", told["document"])
            told["document"] = {"path": _readable(analysis.document.path), **document}
            return json.dumps(told, ensure_ascii=False, separators=(", ", ": "))
        return "\n".join(report.lines(analysis, desk.labels))


def _readable(path: Path) -> str:
    """A path as it was given; bytes that are no UTF-8 are written out, since JSON could not hold them."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def outcomes(paths: Sequence[Path], task: Task, jobs: int) -> Iterator[Outcome]:
    """What becomes of each document, in the order of the documents.

    Args:
        paths: the files.
        task: what is to be done with each.
        jobs: how many are read at the same time, each in a process of its own; one needs no other process.
    """
    worker = Worker(task)
    if jobs == 1 or len(paths) == 1:
        try:
            yield from map(worker.do, paths)
        finally:
            worker.close()
        return
    worker.close()  # what cannot be used has been said here, where it reads as a sentence
    pool = ProcessPoolExecutor(min(jobs, len(paths)), get_context("spawn"), _begin, (task,))
    is_done = False
    try:
        yield from _in_order(pool, paths, jobs * _AHEAD)
        is_done = True
    except BrokenExecutor as error:
        message = "a process ended in the middle, perhaps for want of memory; what was printed is whole; give fewer --jobs."
        raise SettingError(message) from error
    finally:
        pool.shutdown(wait=is_done, cancel_futures=True)  # what is under way when all ends early is not waited for


def _in_order(pool: Executor, paths: Sequence[Path], ahead: int) -> Iterator[Outcome]:
    waiting: deque[Future[Outcome]] = deque()
    for path in paths:
        waiting.append(pool.submit(_do, path))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


_workers: list[Worker] = []
"""The worker of this process, if it is one of several."""


def _begin(task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides when to end
    _workers[:] = [Worker(task)]


def _do(path: Path) -> Outcome:
    return _workers[0].do(path)
