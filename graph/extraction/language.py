"""In which language a text is written."""

from collections.abc import Sequence
from functools import cache

import py3langid
from py3langid.langid import LanguageIdentifier

_EUROPEAN = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nl", "no", "pl", "pt",
    "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk",
)  # fmt: skip
_SHORTEST = 40
"""Letters below which nothing is said of a language."""
_ENOUGH = 2000


@cache
def _identifier() -> LanguageIdentifier:
    py3langid.set_languages(list(_EUROPEAN))
    return py3langid.langid


def detect(texts: Sequence[str]) -> str | None:
    """The language of most of a text, None where it is too short to tell.

    By py3langid (naive Bayes over byte n-grams; Lui and Baldwin 2012), which sees the first 2,000 letters.

    Args:
        texts: its sentences.
    """
    words = " ".join(texts)[:_ENOUGH]
    if sum(letter.isalpha() for letter in words) < _SHORTEST:
        return None
    _identifier()
    return str(py3langid.classify(words)[0])
