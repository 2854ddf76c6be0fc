"""A wish as queries of tantivy: made of terms only, so that nothing that is typed becomes part of a query language.

How well a name fits is said by scores that are the same for each thing: the whole name before the beginning of one,
that before words of it, and those before words with mistakes. Of what fits equally well, the index puts first what
more claims are about. Sentences are ordered by BM25, words that stand together first.
"""

from collections.abc import Callable, Mapping
from functools import partial

from tantivy import Occur, Query, Schema

from graph.search.entries import SENTENCE
from graph.search.likeness import INSIDE, mistakes
from graph.search.wish import Part, Wish

REFERENCE, TITLE, WHOLE, NAME, CONTEXT, TEXT = "reference", "title", "whole", "name", "context", "text"
"""Fields: `kind/key`; the preferred name, whole; any name, whole; words of names; words of what a thing is and belongs to; words of a sentence."""
_IS_TITLE, _IS_WHOLE, _BEGINS_TITLE, _BEGINS, _TOGETHER = 120.0, 100.0, 20.0, 30.0, 15.0
_SAME, _BEGUN, _INSIDE, _ALIKE, _BEGUN_ALIKE, _BESIDE = 4.0, 3.0, 2.5, 2.0, 1.2, 1.0
_SHORTEST_IN_TEXT = 3
"""Letters from which on a word finds longer ones in a sentence."""
_AFTER_NAMES, _BEFORE_NAMES = 0.005, 10.0
"""What a sentence counts beside a name: where both fit as they are written, and where only the sentence does."""


def names(schema: Schema, wish: Wish, *, is_tolerant: bool, is_beside: bool = True) -> Query:
    """Things whose names have all words; where there are several, some of them may be of what the thing is or belongs to.

    Args:
        schema: the fields.
        wish: what is looked for.
        is_tolerant: whether mistakes are forgiven.
        is_beside: whether anything has all words beside its name (`beside`).
    """
    fits = partial(_in_name, schema, is_tolerant=is_tolerant, is_only=len(wish.words) == 1)
    found = _all(schema, wish, [fits(part) for part in wish.parts], is_beside=is_beside)
    exact = [
        (_term(schema, TITLE, wish.whole), _IS_TITLE),
        (_term(schema, WHOLE, wish.whole), _IS_WHOLE),
        (_begun(schema, TITLE, wish.whole), _BEGINS_TITLE),
        (_begun(schema, WHOLE, wish.whole), _BEGINS),
    ]
    if len(wish.words) > 1:
        exact.append((Query.phrase_query(schema, NAME, list(wish.words)), _TOGETHER))
    return Query.boolean_query(found + [(Occur.Should, Query.const_score_query(query, score)) for query, score in exact])


def sentences(schema: Schema, wish: Wish, *, is_tolerant: bool, is_beside: bool = True, is_first: bool = False) -> Query:
    """Sentences that have all words; where there are several, some of them may be of the document.

    Args:
        schema: the fields.
        wish: what is looked for.
        is_tolerant: whether mistakes are forgiven.
        is_beside: whether anything has all words beside its text (`beside`).
        is_first: whether they come before things.
    """
    found = _all(schema, wish, [_in_text(schema, part, is_tolerant=is_tolerant) for part in wish.parts], is_beside=is_beside)
    if len(wish.parts) > 1 and len(wish.words) > 1:
        found.append((Occur.Should, Query.const_score_query(Query.phrase_query(schema, TEXT, list(wish.words), slop=1), _TOGETHER)))
    return Query.boost_query(Query.boolean_query(found), _BEFORE_NAMES if is_first else _AFTER_NAMES)


def beside(schema: Schema, wish: Wish) -> Query:
    """What has all words in what it is or belongs to, whatever its name or text."""
    return Query.boolean_query([(Occur.Must, _beside(schema, part)) for part in wish.parts])


def things(schema: Schema) -> Query:
    """Everything but sentences."""
    return Query.boolean_query([(Occur.Must, every()), (Occur.MustNot, of_kind(schema, SENTENCE))])


def of_kind(schema: Schema, kind: str) -> Query:
    """Everything of a kind, after things that are found without words."""
    return Query.const_score_query(_term(schema, "kind", kind), _AFTER_NAMES)


def every() -> Query:
    """Everything."""
    return Query.all_query()


def narrowed(schema: Schema, query: Query, chosen: Mapping[str, str]) -> Query:
    """What a query finds that has these values of facets."""
    keys = {facet: key.encode("utf-8", "replace").decode() for facet, key in chosen.items()}
    also = [(Occur.Must, Query.const_score_query(_term(schema, facet, key), 0.0)) for facet, key in keys.items()]
    return Query.boolean_query([(Occur.Must, query), *also]) if also else query


def either(one: Query, other: Query) -> Query:
    """What any of two queries finds."""
    return _any([one, other])


def _all(schema: Schema, wish: Wish, every: list[Query], *, is_beside: bool) -> list[tuple[Occur, Query]]:
    """All parts, each as its query finds it or beside that, but not all of them beside.

    Tantivy walks all words of the index for each query with mistakes, and again where the query stands twice. Where
    nothing has all parts beside, one of them is found by its query in any case, and need not be asked for again.
    """
    if len(every) == 1:
        return [(Occur.Must, every[0])]
    found = [(Occur.Must, _best([query, _beside(schema, part)])) for query, part in zip(every, wish.parts, strict=True)]
    return [*found, (Occur.Must, Query.const_score_query(_any(every), 0.0))] if is_beside else found


def _in_name(schema: Schema, part: Part, *, is_tolerant: bool, is_only: bool) -> Query:
    """Names that have a part. A word alone is also looked for inside longer ones, which takes too long for each of several."""
    if part.is_phrase:
        return Query.const_score_query(Query.phrase_query(schema, NAME, list(part.words)), _SAME)
    (word,) = part.words
    scored = [(_term(schema, NAME, word), _SAME), (_begun(schema, NAME, word), _BEGUN)]
    if is_tolerant:
        scored += [
            (query(schema, NAME, word), score) for query, score in ((_alike, _ALIKE), (_begun_alike, _BEGUN_ALIKE)) if mistakes(word)
        ]
        scored += [(Query.regex_query(schema, NAME, f".*{word}.*"), _INSIDE)] if is_only and len(word) >= INSIDE else []
    return _best([Query.const_score_query(query, score) for query, score in scored])


def _in_text(schema: Schema, part: Part, *, is_tolerant: bool) -> Query:
    if part.is_phrase:
        return Query.phrase_query(schema, TEXT, list(part.words))
    (word,) = part.words
    ways: list[Callable[[Schema, str, str], Query]] = []
    if len(word) >= _SHORTEST_IN_TEXT:
        ways.append(_begun)
    if is_tolerant and mistakes(word):
        ways.append(_alike)
    return _best([_term(schema, TEXT, word), *(Query.const_score_query(way(schema, TEXT, word), 0.5) for way in ways)])


def _beside(schema: Schema, part: Part) -> Query:
    every = [(Occur.Must, _term(schema, CONTEXT, word)) for word in part.words]
    return Query.const_score_query(Query.boolean_query(every), _BESIDE)


def _term(schema: Schema, field: str, word: str) -> Query:
    return Query.term_query(schema, field, word)


def _begun(schema: Schema, field: str, word: str) -> Query:
    return Query.fuzzy_term_query(schema, field, word, distance=0, prefix=True)


def _alike(schema: Schema, field: str, word: str) -> Query:
    return Query.fuzzy_term_query(schema, field, word, distance=mistakes(word))


def _begun_alike(schema: Schema, field: str, word: str) -> Query:
    return Query.fuzzy_term_query(schema, field, word, distance=mistakes(word), prefix=True)


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _best(queries: list[Query]) -> Query:
    return Query.disjunction_max_query(queries)
