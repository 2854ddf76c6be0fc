"""Writing that outlasts a power cut: what these functions have written is on disk when they return."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """A file, or the list of names in a folder, is on disk when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append(path: Path, lines: str) -> None:
    """Add whole lines to a file, which is made where it is missing; a last line that was cut off stays one of its own."""
    with path.open("a+b") as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            lines = lines if file.read(1) == b"\n" else f"\n{lines}"
        file.write(lines.encode())
        file.flush()
        os.fsync(file.fileno())
    sync(path.parent)
