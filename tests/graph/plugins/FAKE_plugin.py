"""FAKE: a plug-in for tests. It reads nothing; its settings say what it proposes and how it fails."""

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence

from graph.extraction.plugins import ProposedQuote


class Spoilt(str):
    """FAKE: a text that can be sent and not be received."""

    __slots__ = ()

    def __str__(self) -> str:
        """Itself."""
        return self

    def __getitem__(self, _: object) -> str:
        """Itself, however much of it is wanted."""
        return self

    def __reduce__(self) -> tuple[type, tuple[str]]:
        """What whoever receives it is to do, which cannot be done."""
        return int, ("no number",)


class Fake:
    """FAKE: proposes what it is told to.

    Args:
        settings: `quotes` as JSON, or `does`: raise, hang, end, print, spoil, refuse.
    """

    name = "fake"
    version = "0"
    deterministic = True

    def __init__(self, settings: Mapping[str, str]) -> None:
        """Keep the settings, or refuse them."""
        if settings.get("does") == "refuse":
            message = "these settings are no good"
            raise ValueError(message)
        self._settings = settings

    def propose(self, document_text: str, sentences: Sequence[str], relations: Mapping[str, str]) -> Iterable[ProposedQuote]:
        """What the settings say."""
        assert document_text
        assert sentences
        assert relations["coDrives"] == "co-drives"
        match self._settings.get("does", ""):
            case "raise":
                message = "it did not work"
                raise ValueError(message)
            case "hang":
                time.sleep(600)
            case "end":
                os._exit(3)
            case "spoil":
                return [ProposedQuote(Spoilt(), "", "", "")]
            case "print":
                print("words that belong nowhere")  # noqa: T201  # that is the point
        return [ProposedQuote(**quote) for quote in json.loads(self._settings.get("quotes", "[]"))]
