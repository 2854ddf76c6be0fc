"""Decisions that come in from elsewhere: checked as the lines of our own files are, or set aside with place and reason."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.decisions.events import ACTORS, ENDING, Event, parse
from graph.errors import DecisionError

REMEDY = "export it anew where it was made"


@dataclass(frozen=True)
class Incoming:
    """What a file from elsewhere holds.

    Args:
        events: each decision, in the order of the file.
        aside: a remark for each part that is none.
    """

    events: tuple[Event, ...] = ()
    aside: tuple[DecisionError, ...] = ()


def checked(fields: Mapping[str, Any], path: Path, place: str, line: int | None = None) -> Event:
    """The event with these fields, its id among them.

    Args:
        fields: the fields, as in a line of a file of decisions.
        path: the file that they come from, for messages.
        place: where they stand in it.
        line: the number of the line, where there is one.

    Raises:
        DecisionError: they are no event; it does not stop.
    """
    profile = fields.get("profile")
    try:
        return parse(json.dumps(fields).encode(), Path(f"{profile}{ENDING}" if profile else ACTORS), 1)
    except DecisionError as error:
        raise aside(path, f"{place}: {error.problem}", line=line) from error
    except (ValueError, RecursionError) as error:
        raise aside(path, f"{place} cannot be read ({error})", line=line) from error


def aside(path: Path, problem: str, remedy: str = REMEDY, line: int | None = None) -> DecisionError:
    """A remark on a part of a file that is no decision; the rest goes on.

    Args:
        path: the file.
        problem: what is wrong, as part of a sentence.
        remedy: what to do about it, in the imperative.
        line: the number of the line, where there is one.
    """
    return DecisionError(path, problem, remedy, line, stops=False)
