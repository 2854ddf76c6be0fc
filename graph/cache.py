"""Results of profiles, kept by a hash of everything that went into them.

A file that cannot be read back is as good as none: the profile is read again.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from graph.profiles import ProfileResult, dumped, loaded


def cached(folder: Path | None, key: str, make: Callable[[], ProfileResult]) -> tuple[ProfileResult, bool]:
    """The result kept under `key`, or else the one that `make` makes, which is then kept.

    Args:
        folder: where results are kept; None to keep none.
        key: a hash of all that the result depends on.
        make: makes the result.

    Returns:
        The result, and whether it was kept from before.
    """
    path = folder / f"{key}.nq" if folder else None
    if path and path.is_file():
        try:
            return loaded(path.read_bytes()), True
        except (ValueError, SyntaxError, KeyError):
            path.unlink()
    result = make()
    if folder and path:
        folder.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(dumped(result))
        Path(fresh).replace(path)
    return result, False
