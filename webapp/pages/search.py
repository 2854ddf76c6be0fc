"""The search: what fits some words, the best of each kind, and what it can be narrowed by. All of it stands in the address."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from flask import abort, render_template, request

from graph.search import FACETS, MOST_LETTERS, MOST_WORDS, SENTENCE, Entry, Piece, Results, Wish
from webapp import parameters
from webapp.live import current
from webapp.pages.blueprint import blueprint
from webapp.pages.places import outside
from webapp.pages.proofs import Origin
from webapp.paging import Part

TITLES = {
    "country": "Countries",
    "body": "Bodies",
    "group": "Networks, treaties and acts",
    "practice": "Practices",
    "topic": "Topics",
    "channel": "Channels",
    "policy": "Policies",
    "profile": "Documents",
    "collective": "Collectives",
    "sentence": "Sentences",
}
"""What the kinds are called, where there may be several of each."""
_NAMES = {"kind": "Kind", "country": "Country", "topic": "Topic", "said": "Said in", "certainty": "How sure"}
_FIRST, _PART, _LONGEST = 5, 25, 480
"""Results of each kind where all kinds are shown, and of one kind on a page; letters of a sentence."""


class Shown(NamedTuple):
    """An entry as the page shows it.

    Args:
        entry: the entry.
        pieces: its label, what was looked for marked.
        name: another name by which it was found, in pieces; none where its label says it.
        language: that name's language.
        origins: where this project wrote the document, the public pages after which it did.
    """

    entry: Entry
    pieces: list[Piece]
    name: list[Piece]
    language: str
    origins: list[Origin]


class Address(NamedTuple):
    """The address of a search, of which others are made by adding to it and taking from it.

    Args:
        typed: what was typed.
        chosen: the facets that are chosen.
    """

    typed: str
    chosen: Mapping[str, str]

    def having(self, facet: str, key: str) -> str:
        """The same with this value of a facet."""
        return self._written({**self.chosen, facet: key})

    def without(self, facet: str) -> str:
        """The same without this facet."""
        return self._written({name: key for name, key in self.chosen.items() if name != facet})

    def __str__(self) -> str:
        """The address itself."""
        return self._written(self.chosen)

    def _written(self, chosen: Mapping[str, str]) -> str:
        return f"/search?{urlencode({'q': self.typed, **{name: chosen[name] for name in FACETS if name in chosen}})}"


@blueprint.get("/search")
def search() -> str:
    """What fits some words."""
    parameters.lead_on(as_written_now)
    serving, wish = current(), wished()
    results = Results(serving.index, wish)
    address, kind = Address(wish.typed, wish.chosen), wish.chosen.get("kind", "")
    part = _part(results.total)
    groups = [(group.kind, group.number, group.entries) for group in results.groups(_FIRST)] if not kind else []
    entries = results.part(part.size, part.begin) if kind else []
    return render_template(
        "search.html",
        wanted=wish.typed[:MOST_LETTERS],
        wish=wish,
        results=results,
        titles=TITLES,
        names=_NAMES,
        address=address,
        chosen=[(facet, label_of(results, facet, key)) for facet, key in wish.chosen.items()],
        part=part,
        groups=[(name, count, [shown(results, entry) for entry in some]) for name, count, some in groups],
        hits=[shown(results, entry) for entry in entries],
        alike=alike(results),
        cut=f"Only the first {MOST_LETTERS} letters and {MOST_WORDS} words are looked for." if wish.is_cut else "",
    )


def as_written_now(name: str, value: str) -> tuple[str, str]:
    """A parameter of an address as it is written now: `year` was the year in which something is said, and a country and a topic may be references."""
    return "said" if name == "year" else name, value.removeprefix(f"{name}/") if name in ("country", "topic") else value


def _part(total: int) -> Part:
    """The part of the results that the address asks for; 404 where there is none."""
    part = Part.of(asked := request.args.get("page", ""), total, _PART)
    if asked not in ("", str(part.number)):
        abort(404, f"There is no page {asked[:MOST_LETTERS]} of these results; page takes a whole number from 1 to {part.parts}.")
    return part


def wished() -> Wish:
    """What the address of this request asks for; a facet without a value is not chosen, and 400 where one has several."""
    for name in ("q", "page", *FACETS):
        if len(request.args.getlist(name)) > 1:
            abort(400, f"{name} is given more than once; give it once.")
    chosen = {facet: request.args.get(facet, "")[:MOST_LETTERS] for facet in FACETS}
    return Wish(request.args.get("q", "").strip()[: MOST_LETTERS + 1], {facet: key for facet, key in chosen.items() if key})


def alike(results: Results) -> str:
    """What is said where things or sentences that are shown only look like what was typed; nothing where none does."""
    kind = results.wish.chosen.get("kind")
    kinds = {kind} if kind else {value.key for value in results.kinds}
    names, sentences = results.is_tolerant and kinds != {SENTENCE}, results.is_tolerant_of_text and SENTENCE in kinds
    if results.total and names and sentences:
        return "Nothing is written like this; what is shown looks like it."
    if results.total and (names or sentences):
        what = "name" if names else "sentence"
        return f"No {what} is written like this; {what}s that are shown look like it."
    return ""


def label_of(results: Results, facet: str, key: str) -> str:
    """The name of a value of a facet."""
    return TITLES.get(key, key) if facet == "kind" else results.label(facet, key)


def shown(results: Results, entry: Entry) -> Shown:
    """An entry as the page shows it."""
    name, language = results.name(entry)
    return Shown(
        entry,
        results.pieces(entry.label, entry, _LONGEST),
        results.pieces(name, entry) if name != entry.label else [],
        language,
        [Origin(page, outside(page)) for page in entry.summary_of],
    )
