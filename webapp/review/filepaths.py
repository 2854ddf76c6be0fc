"""The paths of files as reviewers see them: from the folder that they know on, never from the root of the server."""

import re
from pathlib import Path

from webapp.config import Config


def relative(words: object, config: Config) -> str:
    """An error or a line in words, without the way to the folders of data, releases and reviewers.

    Args:
        words: the error or the line.
        config: the settings, which name the folders.
    """
    told = str(words)
    for folder in sorted(_absolute(config), key=lambda one: len(str(one)), reverse=True):
        before = rf"(?<![\w./-]){re.escape(str(folder))}"
        told = re.sub(rf"{before}/+(?=[^\s/:])", "", told)
        told = re.sub(rf"{before}(?![\w/-])", folder.name.replace("\\", r"\\"), told)
    return told


def _absolute(config: Config) -> set[Path]:
    """The folders as settings name them and as they are, as far as that begins at the root."""
    folders = (config.data, config.releases, config.reviewers.parent)
    return {
        path
        for folder in folders
        for path in (folder, folder.absolute(), folder.resolve())
        if path.is_absolute() and path != Path(path.anchor)
    }
