"""Objects in a JSON file that know where they stand, so that what is wrong with one can be said with its place."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from graph.errors import InputError

Made = TypeVar("Made")


@dataclass(frozen=True)
class Item:
    """An object of a JSON file. What it holds is asked for by name and type; all methods raise `InputError` for what does not fit.

    Args:
        path: the file.
        place: where in the file, `relations[3]`.
        values: what it holds.
    """

    path: Path
    place: str
    values: Mapping[str, object]

    def fault(self, problem: str, remedy: str) -> InputError:
        """What is wrong with this object, as an error that sets it aside."""
        return InputError(self.path, f"{self.place}: {problem}", remedy, stops=False)

    def text(self, name: str, default: str | None = None) -> str:
        """A text; one that must be there and not empty, unless there is a default."""
        value = self.values.get(name, default)
        if not isinstance(value, str) or not (value.strip() or default is not None):
            raise self.fault(f"`{name}` is {value!r}", f"give `{name}` as text" + (" that is not empty" if default is None else ""))
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty if it is not there."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.fault(f"`{name}` is {value!r}", f"give `{name}` as a list of texts")
        return tuple(value)

    def flag(self, name: str, *, default: bool) -> bool:
        """A truth value."""
        value = self.values.get(name, default)
        if not isinstance(value, bool):
            raise self.fault(f"`{name}` is {value!r}", f"give `{name}` as true or false")
        return value

    def stated(self, name: str) -> str | None:
        """A text or a whole number, as text; None if it is not there or null."""
        value = self.values.get(name)
        if value is not None and (not isinstance(value, (str, int)) or isinstance(value, bool)):
            raise self.fault(f"`{name}` is {value!r}", f"give `{name}` as text, as a whole number, or as null")
        return None if value is None else str(value)

    def items(self, name: str, *, optional: bool = False) -> "list[Item]":
        """The objects of a list; an entry that is no object, such as a sentence, is taken as an object that holds it under `name`."""
        value = self.values.get(name, [] if optional else None)
        if not isinstance(value, list):
            raise self.fault(f"`{name}` is no list", f"give `{name}` as a list, empty if there is nothing")
        objects = [entry if isinstance(entry, dict) else {name: entry} for entry in value]
        return [Item(self.path, f"{name}[{number}]", entry) for number, entry in enumerate(objects)]


def opened(path: Path) -> Item:
    """The object that the file `path` holds.

    Raises:
        InputError: it cannot be read, is no JSON, or holds something else; it sets the file aside.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise InputError(path, f"this is no JSON ({error.msg})", "mend the file there", error.lineno, stops=False) from error
    except RecursionError as error:
        raise InputError(path, "the file holds lists or objects too deep in one another", "write them flat", stops=False) from error
    except OSError as error:
        raise InputError.unopened(path, error, stops=False) from error
    except UnicodeDecodeError as error:
        raise InputError(path, f"byte {error.start} is not UTF-8", "save the file in UTF-8", stops=False) from error
    except ValueError as error:
        raise InputError(path, f"the file holds a value that cannot be read ({error})", "mend it", stops=False) from error
    if not isinstance(content, dict):
        raise InputError(path, "the file holds no object", "write an object with `actors` and `relations`", stops=False)
    return Item(path, "the file", cast("Mapping[str, object]", content))


def kept(items: Iterable[Item], make: Callable[[Item], Made], aside: list[InputError]) -> Iterator[Made]:
    """What `make` makes of each object; errors go to `aside`."""
    for item in items:
        try:
            yield make(item)
        except InputError as error:
            aside.append(error)
