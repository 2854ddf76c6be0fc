"""Files that commands are given to read, and to write to."""

from pathlib import Path

import click

from graph.errors import DecisionError, InputError, SettingError


def received(file: Path, most: int, remedy: str) -> bytes:
    """The bytes of a file of decisions.

    Args:
        file: the file.
        most: bytes that it may have.
        remedy: what to do where it has more, in the imperative.

    Raises:
        InputError: it cannot be opened, or is too large.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise InputError.unopened(file, error) from error
    if len(data) > most:
        raise DecisionError(file, f"the file has more than {most // 10**6} MB", remedy)
    return data


def put(words: str, output: Path | None) -> None:
    """Write words to a file, or to the standard output where none is named.

    Args:
        words: the words.
        output: the file.

    Raises:
        SettingError: it cannot be written.
    """
    try:
        with click.open_file(str(output or "-"), "wb") as file:
            file.write(words.encode())
    except OSError as error:
        message = f"{output}: the file cannot be written ({error.strerror}); choose another with --output."
        raise SettingError(message) from error
