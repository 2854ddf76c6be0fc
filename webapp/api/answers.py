"""A release to the models of the JSON endpoints. The queries are those of the pages, so that both always say the same."""

from collections.abc import Iterable, Sequence
from typing import overload

import pyoxigraph as ox

from graph.iris import DEF, Iris
from graph.search import FACETS, Entry, Piece, Results, Wish
from webapp.api import models
from webapp.live import Serving
from webapp.pages import facts, search
from webapp.pages.asking import Row, ask, ask_some, words
from webapp.pages.claims import End, Shown, shown
from webapp.pages.comparison import sections, table
from webapp.pages.comparison.asked import Asked
from webapp.pages.comparison.whole import compare
from webapp.pages.explorer.ground import counts, with_evidence
from webapp.pages.explorer.seen import reading_label
from webapp.pages.explorer.views import View
from webapp.pages.paths.ends import only
from webapp.pages.paths.finding import find
from webapp.pages.paths.wanted import PathsParameters
from webapp.pages.proofs import Proof, proofs

_CERTAINTIES = """SELECT ?certainty (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim liaison:involves $thing ; liaison:certainty ?certainty
} GROUP BY ?certainty ORDER BY ?certainty"""


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


def thing(serving: Serving, node: ox.NamedNode, reference: str) -> models.Thing:
    """What is said of a thing, apart from its edges."""
    about, names = ask(serving, "thing", thing=node), ask(serving, "names", thing=node)
    rows = serving.view.select(serving.iris.header() + _CERTAINTIES, thing=node)
    counts = {words(row, "certainty").rpartition("#")[2]: int(words(row, "claims")) for row in rows}
    return models.Thing(
        release=serving.release.id,
        iri=node.value,
        reference=reference,
        kind=facts.kind_of(about.rows, reference),
        label=facts.label_of(about.rows, reference),
        attributes=[
            models.Attribute(name=name, values=[fact.value for fact in group]) for name, group in facts.facts(about.rows, serving.iris)
        ],
        names=dict(facts.names(names.rows)),
        elsewhere=[
            models.Elsewhere(site=match.site, code=match.code, how=match.how, address=match.place.address)
            for match in facts.matches(about.rows, serving.iris)
        ],
        claims={"all": sum(counts.values()), **counts},
        edges=f"/api/things/{reference}/edges",
        page=f"/page/{reference}",
        data=f"/data/{reference}.ttl",
    )


def edges(serving: Serving, node: ox.NamedNode, given: models.EdgesParameters) -> Sequence[models.Edge]:
    """The supported claims of a thing that fit the parameters, those of profiles first; each is made when it is looked at."""
    rows = serving.view.select(serving.iris.header() + _fitting(given), thing=node)
    begin = f"{serving.iris.base}id/profile/"
    found = {words(row, "claim"): not words(row, "statedIn").startswith(begin) for row in rows if _is_in(row, given.year)}
    return _Edges(serving, sorted(found, key=lambda claim: (found[claim], claim)))


def comparison(serving: Serving, asked: Asked) -> models.Comparison:
    """Things side by side, cell by cell as the page has them."""
    made, iris = compare(serving, asked), serving.iris
    return models.Comparison(
        release=serving.release.id,
        things=[
            models.ComparedThing(
                written=column.wanted.written,
                iri=iris.thing(column.wanted.reference).value,
                label=column.label,
                documents=[iris.thing(edition.reference).value for edition in column.editions],
                absence=column.absence.key,
                claims=len(column.claims),
            )
            for column in made.columns
        ],
        rows=[
            *(_row("sections", f"section/{row.key}", row.name, (), [_section_cell(cell) for cell in row.cells]) for row in made.sections),
            *(
                _row(part.key, row.end.reference, row.end.label, row.said, [_cell(cell, iris) for cell in row.cells])
                for part, rows in made.parts
                for row in rows
            ),
        ],
        queries=[made.claimed, made.own, *made.section_queries, *made.documents],
        page=f"/compare?{asked.query}",
        table=f"/compare.csv?{asked.query}",
        data=f"/compare.ttl?{asked.query}",
    )


def _row(part: str, reference: str, label: str, said: Sequence[int], cells: list[models.ComparedCell]) -> models.ComparedRow:
    return models.ComparedRow(part=part, reference=reference, label=label, said_of=list(said), cells=cells)


def _cell(cell: table.Cell, iris: Iris) -> models.ComparedCell:
    lines = [
        models.ComparedLine(words=line.words, state=line.state.key, claims=[iris.thing(f"claim/{key}").value for key in line.claims])
        for line in cell.lines
    ]
    return models.ComparedCell(state=cell.state.key, words=cell.words, lines=lines)


def _section_cell(cell: sections.Cell) -> models.ComparedCell:
    lines = [models.ComparedLine(words=line.words, state=line.state.key, claims=[]) for line in cell.lines]
    return models.ComparedCell(state=cell.state.key, words=cell.words, lines=lines)


class _Edges(Sequence[models.Edge]):
    """Edges of which only those that are looked at are made."""

    def __init__(self, serving: Serving, claims: Sequence[str]) -> None:
        self._serving, self._claims = serving, claims

    def __len__(self) -> int:
        return len(self._claims)

    @overload
    def __getitem__(self, place: int) -> models.Edge: ...

    @overload
    def __getitem__(self, place: slice) -> list[models.Edge]: ...

    def __getitem__(self, place: int | slice) -> models.Edge | list[models.Edge]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        serving, some = self._serving, [ox.NamedNode(claim) for claim in self._claims[place]]
        rows, evidence = (ask_some(serving, name, some) for name in ("claims", "evidence"))
        made = shown(rows, proofs(evidence, serving.iris), serving.iris, serving.day)
        return [_edge(claim, serving.iris) for claim in made]


def paths(serving: Serving, given: PathsParameters) -> models.Paths:
    """The shortest paths between two things.

    Args:
        serving: the release.
        given: the parameters.

    Raises:
        NotFound: one of the ends is not known, or several things bear its name.
    """
    answer = find(serving, given, is_whole=True)
    source, target = (only(end) for end in (answer.source, answer.target))
    return models.Paths(
        release=serving.release.id,
        source=_end(source, serving.iris),
        target=_end(target, serving.iris),
        end=answer.found.end if answer.found else "same",
        words=answer.words,
        paths=[
            models.Path(
                length=len(way.steps),
                hops=[
                    models.Hop(
                        source=_end(step.source, serving.iris),
                        target=_end(step.target, serving.iris),
                        claims=[_edge(claim, serving.iris) for claim in step.claims],
                    )
                    for step in way.steps
                ],
            )
            for way in answer.ways
        ],
        page=given.address(),
    )


def explored(view: View) -> models.Explored:
    """What the explorer shows."""
    serving, found, iris = view.serving, view.seen, view.serving.iris
    return models.Explored(
        release=serving.release.id,
        nodes=[
            models.Node(
                iri=iris.thing(mark.actor.reference).value,
                reference=mark.actor.reference,
                label=mark.actor.label,
                expanded=mark.actor.is_expanded,
                shared=mark.actor.shared,
                x=mark.at.x,
                y=mark.at.y,
                page=f"/page/{mark.actor.reference}",
            )
            for mark in view.picture.marks
        ],
        edges=[
            models.SeenEdge(**_edge(claim, iris).model_dump(), review=claim.review)
            for claim in with_evidence(serving, found.claims, view.state.shown)
        ],
        all_nodes=found.all_actors,
        beyond=found.beyond,
        filtered=found.filtered,
        hidden=found.hidden,
        uncommon=found.uncommon,
        denied=found.denied,
        query=view.query,
        page=view.state.address,
    )


def expansions(serving: Serving, reference: str) -> models.Expansions:
    """What would come if an actor were expanded."""
    found = counts(serving, [reference]).get(reference, {})
    return models.Expansions(
        release=serving.release.id,
        reference=reference,
        claims=sum(found.values()),
        kinds=[
            models.Expansion(
                relation=reading.relation,
                side=reading.side,
                label=reading_label(reading),
                claims=count,
                expand=f"{reference}~{reading.relation}~{reading.side}",
            )
            for reading, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        ],
    )


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


def _fitting(given: models.EdgesParameters) -> str:
    """A query for the claims that fit the parameters; the parameters hold letters only."""
    relation = f"rdf:predicate liaison:{given.relation} ; " if given.relation else ""
    certainty = f"liaison:certainty certainty:{given.certainty} ; " if given.certainty else ""
    dates = "OPTIONAL { ?claim liaison:from ?from } OPTIONAL { ?claim liaison:until ?until }" if given.year is not None else ""
    return f"""SELECT ?claim ?statedIn ?from ?until WHERE {{
  ?claim liaison:involves $thing ; a liaison:SupportedClaim ; {relation}{certainty}liaison:statedIn ?statedIn . {dates}
}}"""


def _is_in(row: Row, year: int | None) -> bool:
    """Whether a claim holds in a year, as far as dates are stated."""
    begins, ends = (int(date[:4]) if date[:4].isdecimal() else None for date in (words(row, "from"), words(row, "until")))
    return year is None or ((begins is None or begins <= year) and (ends is None or year <= ends))


def _edge(claim: Shown, iris: Iris) -> models.Edge:
    return models.Edge(
        claim=iris.thing(f"claim/{claim.key}").value,
        sentence=claim.sentence,
        subject=_end(claim.subject, iris),
        relation=models.Relation(iri=f"{DEF}#{claim.relation}", name=claim.relation, label=claim.label),
        object=_end(claim.object, iris),
        modality=claim.modality,
        certainty=claim.certainty,
        dated=bool(claim.span.begins or claim.span.ends),
        valid_from=claim.span.begins,
        valid_until=claim.span.ends,
        as_of=claim.span.as_of,
        document=_end(claim.stated_in, iris),
        evidence=[_evidence(proof, iris) for proof in claim.proofs],
    )


def _evidence(proof: Proof, iris: Iris) -> models.Evidence:
    return models.Evidence(
        iri=iris.thing(f"evidence/{proof.key}").value,
        words=proof.quote or proof.text,
        certainty=proof.certainty,
        cited=iris.thing(proof.cited).value,
        start=proof.start if proof.start >= 0 else None,
        end=proof.end if proof.end >= 0 else None,
        sources=[origin.label for origin in proof.origins],
        rule=proof.rule,
    )


def _end(end: End, iris: Iris) -> models.End:
    return models.End(iri=iris.thing(end.reference).value, label=end.label)


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
