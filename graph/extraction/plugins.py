"""Plug-ins: programs of others that propose quotes. They propose, the core verifies, people decide.

A plug-in is an entry point of the group `liaison.extractors`: a function from its settings, a mapping of texts, to an
object with the attributes and the method of `ExtractorPlugin`. It runs in a process of its own, which is ended when it
takes too long; what it prints goes to the standard error.
"""

import os
import signal
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from graph.errors import LiaisonError, SettingError

GROUP = "liaison.extractors"
SECONDS = 120.0
_START_SECONDS = 60.0
_MOST_QUOTES = 10_000
_LONGEST_FIELD = 20_000
_LONGEST_REASON = 300


class PluginFault(LiaisonError):
    """A plug-in did not do what it was asked; it is set aside."""


@dataclass(frozen=True)
class ProposedQuote:
    """What a plug-in proposes: words of the document, and the claim that they make.

    Args:
        subject_text: words in the quote that name the subject.
        relation: a relation name of ontology/relation-map.csv, inverse names included.
        object_text: words in the quote that name the object.
        quote: words of the document, of one sentence or two neighbouring ones.
        polarity: `affirmed` or `negated`.
        modality: `asserted`, `planned`, `past`, `required` or `possible`.
        score: how sure the plug-in is, from 0 to 1.
    """

    subject_text: str
    relation: str
    object_text: str
    quote: str
    polarity: str = "affirmed"
    modality: str = "asserted"
    score: float = 0.5


class ExtractorPlugin(Protocol):
    """What a plug-in must be.

    Args:
        name: its name.
        version: its version, and that of its model where it has one.
        deterministic: whether it answers the same each time.
    """

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def version(self) -> str:
        """Its version."""

    @property
    def deterministic(self) -> bool:
        """Whether it answers the same each time."""

    def propose(self, document_text: str, sentences: Sequence[str], relations: Mapping[str, str]) -> Iterable[ProposedQuote]:
        """Quotes that make claims.

        Args:
            document_text: the text of the document.
            sentences: its sentences, in order.
            relations: local name of each relation to a label that reads it forwards.
        """


@dataclass(frozen=True)
class Wanted:
    """A plug-in that somebody asked for.

    Args:
        name: name of its entry point.
        settings: its settings.
        seconds: what a document may take.
    """

    name: str
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)
    seconds: float = SECONDS


@dataclass(frozen=True)
class Answer:
    """What a plug-in proposed for one document.

    Args:
        rule: `plugin:<name>@<version>`.
        deterministic: whether it would answer the same again.
        quotes: what it proposed, unverified.
    """

    rule: str
    deterministic: bool
    quotes: tuple[ProposedQuote, ...]


def names() -> list[str]:
    """The plug-ins that are installed."""
    return sorted({entry.name for entry in entry_points(group=GROUP)})


class Host:
    """A plug-in in a process of its own.

    Args:
        wanted: the plug-in.

    Raises:
        SettingError: there is no such plug-in, or it refuses its settings.
    """

    def __init__(self, wanted: Wanted) -> None:
        """Start it, so that what is wrong with its settings is said before the first document."""
        if wanted.name not in names():
            message = f"there is no plug-in {wanted.name!r}; installed are: {', '.join(names()) or 'none'}."
            raise SettingError(message)
        self.wanted = wanted
        self._lost = ""
        self._process, self._connection = _started(wanted)
        try:
            kind, told = self._received(_START_SECONDS)
        except PluginFault as error:
            raise SettingError(str(error)) from error
        if kind != "ready":
            self.close()
            message = f"the plug-in {wanted.name!r} cannot be used: {told}."
            raise SettingError(message)
        self._rule, self._deterministic = told

    def propose(self, text: str, sentences: Sequence[str], relations: Mapping[str, str]) -> Answer:
        """What the plug-in proposes for one document.

        Args:
            text: the text of the document.
            sentences: its sentences, in order.
            relations: local name of each relation to a label.

        Raises:
            PluginFault: it failed, took too long, or ended; after the last two it is asked nothing more.
        """
        if self._lost:
            raise PluginFault(self._lost)
        try:
            self._connection.send((text, list(sentences), dict(relations)))
        except OSError as error:
            raise self._gone() from error
        kind, told = self._received(self.wanted.seconds)
        if kind == "failed":
            message = f"the plug-in {self.wanted.name!r} was set aside for this document: {told}."
            raise PluginFault(message)
        return Answer(self._rule, self._deterministic, told)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _received(self, seconds: float) -> tuple[str, Any]:
        try:
            if self._connection.poll(seconds):
                kind, told = self._connection.recv()
                return kind, told
        except (EOFError, OSError) as error:
            raise self._gone() from error
        except Exception as error:  # to read is to unpickle, and what others send can fail in any way
            raise self._given_up(f"what it sent cannot be read ({type(error).__name__})") from error
        raise self._given_up(f"it took longer than {seconds:g} seconds")

    def _gone(self) -> PluginFault:
        return self._given_up("its process ended in the middle")

    def _given_up(self, why: str) -> PluginFault:
        """End the process; it is asked nothing more."""
        self._lost = f"the plug-in {self.wanted.name!r} was set aside: {why}."
        self.close()
        return PluginFault(self._lost)


def _started(wanted: Wanted) -> tuple[BaseProcess, Connection]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, wanted.name, dict(wanted.settings)), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _run(connection: Connection, name: str, settings: Mapping[str, str]) -> None:
    """The process of a plug-in: one answer for each document, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        plugin: ExtractorPlugin = next(iter(entry_points(group=GROUP, name=name))).load()(settings)
        ready = f"plugin:{plugin.name}@{plugin.version}", bool(plugin.deterministic)
    except Exception as error:  # noqa: BLE001  # whatever a plug-in of others does wrong is said, never raised
        connection.send(("failed", _reason(error)))
        return
    connection.send(("ready", ready))
    while True:
        try:
            asked = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_answer(plugin, *asked))


def _answer(plugin: ExtractorPlugin, text: str, sentences: Sequence[str], relations: Mapping[str, str]) -> tuple[str, object]:
    try:
        quotes = tuple(map(_bounded, islice(plugin.propose(text, sentences, relations), _MOST_QUOTES)))
    except Exception as error:  # noqa: BLE001
        return "failed", _reason(error)
    return "quotes", quotes


def _bounded(quote: ProposedQuote) -> ProposedQuote:
    """A proposal of plain texts and a number, none of them too long to be sent."""
    return ProposedQuote(
        _text(quote.subject_text), _text(quote.relation), _text(quote.object_text), _text(quote.quote), _text(quote.polarity),
        _text(quote.modality), float(quote.score),
    )  # fmt: skip


def _text(value: object) -> str:
    return str(value)[:_LONGEST_FIELD]


def _reason(error: Exception) -> str:
    words = str(error) if isinstance(error, LiaisonError) else f"{type(error).__name__}: {error}"
    return " ".join(words.split())[:_LONGEST_REASON].rstrip(". ")
