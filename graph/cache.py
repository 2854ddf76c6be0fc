"""What was worked out once, kept under a hash of everything that went into it.

A file that cannot be read back is as good as none: it is worked out again.
"""

import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

FOLDER, EXTRACTIONS = "cache", "extractions"
"""The folder of kept results among the releases, and in it that of extractions."""
UPLOADS, PUBLISHING = "uploads", ".publishing.log"
"""Beside it, documents that were sent and are not yet taken, and the lines of the last publication. A withdrawal empties them all."""
_LOG = logging.getLogger("liaison.cache")
_Kept = TypeVar("_Kept")


def cached(
    path: Path | None, make: Callable[[], _Kept], dump: Callable[[_Kept], bytes], load: Callable[[bytes], _Kept]
) -> tuple[_Kept, bool]:
    """What is kept in a file, or else what `make` makes, which is then kept there.

    Args:
        path: the file, named by a hash of all that the result depends on; None to keep nothing.
        make: makes the result.
        dump: the result as bytes.
        load: the result from these bytes; a ValueError, SyntaxError or KeyError says that they are none.

    Returns:
        The result, and whether it was kept from before.
    """
    if path and (kept := _read(path)) is not None:
        try:
            return load(kept), True
        except (ValueError, SyntaxError, KeyError):
            path.unlink(missing_ok=True)
    result = make()
    if path:
        _keep(path, dump(result))
    return result, False


def _read(path: Path) -> bytes | None:
    """What is kept; None where nothing is, or where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _keep(path: Path, data: bytes) -> None:
    """Keep it, whole or not at all; that it cannot be kept costs time and nothing else."""
    fresh = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(fresh).replace(path)
    except OSError as error:
        _LOG.warning("%s cannot be kept (%s); it is worked out anew each time", path, error.strerror)
        if fresh:
            Path(fresh).unlink(missing_ok=True)
