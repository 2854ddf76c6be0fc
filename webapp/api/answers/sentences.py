"""The sentences of the documents, to models."""

from webapp.api import models
from webapp.live import Serving
from webapp.pages.asking import ask, words


def sentences(serving: Serving, given: models.SentencesParameters) -> list[models.Sentence]:
    """The sentences of the profiles that fit the parameters, in reading order."""
    found = []
    for row in ask(serving, "all-sentences").rows:
        key = words(row, "profile").rpartition("/")[2]
        claims = sorted(words(row, "claims").split())
        is_fit = (
            given.profile in ("", key) and given.q.casefold() in words(row, "text").casefold() and given.claimed in (None, bool(claims))
        )
        if is_fit:
            found.append(
                models.Sentence(
                    iri=words(row, "sentence"),
                    text=words(row, "text"),
                    form=words(row, "form").rpartition("#")[2],
                    section=words(row, "title"),
                    profile=key,
                    start=int(words(row, "start")),
                    end=int(words(row, "end")),
                    claims=claims,
                )
            )
    return found
