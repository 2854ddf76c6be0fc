"""What an index has for words, to models."""

from collections.abc import Iterable, Sequence
from typing import overload

from graph.iris import Iris
from graph.search import FACETS, Entry, Piece, Results, Wish
from webapp.api import models
from webapp.live import Serving
from webapp.pages import search

_EXCERPT = 110
"""Letters of a sentence that is suggested."""


def hits(serving: Serving, given: models.SearchParameters) -> Sequence[models.Hit]:
    """What fits the words, the best first; each is made when it is looked at."""
    chosen = {facet: str(key) for facet, key in given.model_dump(include=set(FACETS)).items() if key}
    return _Hits(Results(serving.index, Wish(given.q, chosen)), serving.iris)


class _Hits(Sequence[models.Hit]):
    """Hits of which only those that are looked at are made."""

    def __init__(self, results: Results, iris: Iris) -> None:
        self._results, self._iris = results, iris

    def __len__(self) -> int:
        return self._results.total

    @overload
    def __getitem__(self, place: int) -> models.Hit: ...

    @overload
    def __getitem__(self, place: slice) -> list[models.Hit]: ...

    def __getitem__(self, place: int | slice) -> models.Hit | list[models.Hit]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        begin, end, _ = place.indices(len(self))
        entries = self._results.part(end - begin, begin) if begin < end else []
        return [_hit(entry, self._results.name(entry)[0], self._iris) for entry in entries]


def suggestions(serving: Serving, given: models.SuggestParameters) -> models.Suggestions:
    """What the words may mean, by kind."""
    results = Results(serving.index, Wish(given.q))
    groups = [
        models.SuggestionGroup(kind=group.kind, title=search.TITLES[group.kind], items=[_suggestion(results, one) for one in group.entries])
        for group in results.suggestions()
    ]
    return models.Suggestions(release=serving.release.id, total=sum(len(group.items) for group in groups), groups=groups)


def _suggestion(results: Results, entry: Entry) -> models.Suggestion:
    name, language = results.name(entry)
    return models.Suggestion(
        reference=entry.reference,
        page=entry.page,
        kind=entry.title or entry.what,
        label=_pieces(results.pieces(entry.label, entry, _EXCERPT)),
        name=_pieces(results.pieces(name, entry, _EXCERPT)) if name != entry.label else [],
        language=language if name != entry.label else "",
        summary=bool(entry.summary_of),
    )


def _pieces(found: Iterable[Piece]) -> list[models.Piece]:
    return [models.Piece(text=piece.text, matched=piece.is_match) for piece in found]


def _hit(entry: Entry, name: str, iris: Iris) -> models.Hit:
    return models.Hit(
        iri=iris.thing(entry.reference).value,
        reference=entry.reference,
        kind=entry.what,
        label=entry.label,
        name=name,
        page=f"/page/{entry.reference}",
        data=f"/data/{entry.reference}.ttl",
    )
