"""The search finds what people mean: by names in any language, with mistakes, narrowed, and safe whatever is typed."""

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tantivy
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.build import build
from graph.errors import StoreError
from graph.release import Release, Releases
from graph.search import FACETS, FOLDER, SENTENCE, Entry, Index, Results, Wish, entries, write
from graph.search.index import Hit
from graph.search.likeness import is_like, marked
from graph.search.queries import beside, every
from graph.search.words import plain, words
from graph.withdrawal import Withdrawal, withdraw

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases/search.yaml").read_text(encoding="utf-8"))
HOSTILE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases/search-hostile.yaml").read_text(encoding="utf-8"))
AMONG = 5
WORDS = "relationships with a lot of NGOs"
SENTENCES = (("heading", "Crime strategy", 0), ("plain", "Front block", 0), ("claimed", "Front block", 2))


@pytest.fixture(scope="module")
def index(release: Release) -> Index:
    """The index of the shipped data, as the build has written it."""
    return Index.open(release.folder / FOLDER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_meant_is_found(case: dict[str, Any], index: Index) -> None:
    results = Results(index, Wish(case["typed"], case.get("chosen", {})))
    everything = results.part(1000)
    found = [entry for entry in everything if entry.kind == case.get("kind", entry.kind)]
    references = [entry.reference for entry in found]
    if "first" in case:
        assert references[0] == case["first"], references[:AMONG]
    if "says" in case:
        assert found[0].label == case["says"]
    if "total" in case:
        assert (results.total, len(everything)) == (case["total"], case["total"])
    assert set(case.get("among", ())) <= set(references[:AMONG])
    assert not set(case.get("never", ())) & set(references)
    if found and results.wish.parts:
        pieces = results.pieces(found[0].label, found[0]) + results.pieces(results.name(found[0])[0], found[0])
        assert any(piece.is_match for piece in pieces), "what was looked for is marked"


def test_each_name_finds_its_thing_unless_many_share_it(release: Release, index: Index) -> None:
    every = [entry for entry in entries(release.view, release.iris) if entry.names]
    bearers: dict[str, set[str]] = {}
    for entry in every:
        for name, _ in entry.names:
            bearers.setdefault(plain(name), set()).add(entry.reference)
    asked = 0
    for entry in every[::7]:
        for name, _ in entry.names[::5]:
            if plain(name) and len(bearers[plain(name)]) <= AMONG:
                asked += 1
                assert entry.reference in [one.reference for one in Results(index, Wish(name)).part(AMONG)], name
    assert asked > 100


def test_only_what_is_published_can_be_found(release: Release, index: Index) -> None:
    published = (release.folder / "liaison.nt").read_text(encoding="utf-8")
    found = list(entries(release.view, release.iris))
    assert len(found) == len(index) > 500
    for entry in found:
        node = release.iris.concept(entry.reference) if entry.kind == "channel" else release.iris.thing(entry.reference)
        assert f"<{node.value}> " in published


def test_the_counts_beside_what_results_are_narrowed_by_are_what_comes_of_it(index: Index) -> None:
    results = Results(index, Wish("police"))
    assert set(results.facets) == set(FACETS) - {"kind"}
    assert sum(kind.number for kind in results.kinds) == results.total
    for facet, values in {"kind": results.kinds, **results.facets}.items():
        for value in values[:8]:
            assert value.label
            narrowed = Results(index, Wish("police", {facet: value.key}))
            assert narrowed.total == value.number == len(narrowed.part(1000))
            assert facet not in narrowed.facets
            assert [kind for kind in narrowed.kinds if facet == "kind"] == [kind for kind in results.kinds if facet == "kind"]


@pytest.mark.parametrize("typed", ["police", "crime", "eurpol", "european comission", "spain cse"])
def test_the_best_of_each_kind_are_those_of_the_kind_alone(typed: str, index: Index) -> None:
    results = Results(index, Wish(typed))
    groups = results.groups(3)
    assert {group.kind for group in groups} == {kind.key for kind in results.kinds}
    for group in groups:
        alone = Results(index, Wish(typed, {"kind": group.kind}))
        assert ([*group.entries], group.number) == (alone.part(3), alone.total)


class Watched(Index):
    """An index that keeps what it is asked: queries, and facets that are counted."""

    def __init__(self, index: tantivy.Index) -> None:
        super().__init__(index)
        self.asked: list[str] = []
        self.counted: list[list[str]] = []

    def hits(self, query: tantivy.Query, limit: int, offset: int = 0) -> Iterator[Hit]:
        """Keep the query."""
        self.asked.append(repr(query))
        return super().hits(query, limit, offset)

    def values(self, query: tantivy.Query, facets: Iterable[str], most: int) -> dict[str, list[tuple[str, int]]]:
        """Keep the facets."""
        self.counted.append([*facets])
        return super().values(query, self.counted[-1], most)


MISTAKES = re.compile(r'"(\w+)"\), distance: [12]')
"""What is looked for with mistakes in a query that tantivy has written out."""


def test_mistakes_are_looked_for_once_in_each_word(release: Release) -> None:
    """Each of them is a walk through all words of the index: whole words with mistakes, and beginnings with mistakes."""
    index = Watched.open(release.folder / FOLDER)
    assert Results(index, Wish("european comission")).suggestions()[0].entries[0].reference == "body/european-commission"
    assert Counter(word for query in index.asked for word in MISTAKES.findall(query)) == {"european": 2, "comission": 2}


def test_kinds_and_facets_are_counted_at_once(release: Release) -> None:
    index = Watched.open(release.folder / FOLDER)
    results = Results(index, Wish("eurpol", {"said": "2018"}))
    assert results.kinds
    assert results.facets
    assert index.counted == [["kind", "country", "topic", "certainty"]]


def test_all_words_beside_a_name_do_not_find_it(index: Index) -> None:
    """`spain` and `2018` stand beside much that has neither in its name."""
    typed = Wish("spain 2018")
    assert index.count(beside(index.schema, typed)) > Results(index, typed).total > 0


def test_the_parts_of_what_was_found_hold_each_entry_once(index: Index) -> None:
    results = Results(index, Wish("crime"))
    parts = [entry.reference for begin in range(0, results.total, 7) for entry in results.part(7, begin)]
    assert len(parts) == len(set(parts)) == results.total > 20
    assert results.part(7, results.total) == results.part(7, 10_000_000) == []


def test_suggestions_are_few_and_each_kind_stands_once(index: Index) -> None:
    groups = Results(index, Wish("europol")).suggestions()
    assert groups[0].entries[0].reference == "body/europol"
    assert [group.kind for group in groups] == list(dict.fromkeys(group.kind for group in groups))
    assert sum(group.number for group in groups) <= 8
    assert {entry.kind for group in groups for entry in group.entries} >= {"body", "sentence"}
    assert Results(index, Wish("")).suggestions() == Results(index, Wish("!")).suggestions() == []


def test_sentences_with_mistakes_are_suggested_only_where_no_name_is_like_it(index: Index) -> None:
    results = Results(index, Wish("eurpol"))
    assert SENTENCE in {value.key for value in results.kinds}
    assert SENTENCE not in {group.kind for group in results.suggestions()}
    assert [group.kind for group in Results(index, Wish("prosecuxion")).suggestions()] == [SENTENCE]


def test_a_mistake_is_forgiven_only_where_nothing_is_written_so(index: Index) -> None:
    assert not Results(index, Wish("europol")).is_tolerant
    assert Results(index, Wish("eurpol")).is_tolerant
    only_a_sentence = Results(index, Wish("co-drives"))
    assert (only_a_sentence.is_tolerant, only_a_sentence.is_tolerant_of_text) == (True, False)
    assert only_a_sentence.part(1)[0].kind == "sentence", "what is written so comes before what looks like it"


def test_an_index_in_memory_finds_the_same(release: Release, index: Index) -> None:
    other = Index.of(release.view, release.iris)
    assert len(other) == len(index)
    for typed in ("spain", "eurpol", "police"):
        assert Results(other, Wish(typed)).part(20) == Results(index, Wish(typed)).part(20)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["name"])
def test_whatever_is_typed_is_words(case: dict[str, Any], index: Index) -> None:
    assert_safe(case["typed"] * case.get("times", 1), index)


def test_half_a_sign_is_no_word(index: Index) -> None:
    assert_safe("\ud800 europol", index)  # which no file of cases can hold


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(typed=st.text(max_size=300))
def test_any_text_can_be_typed(typed: str, index: Index) -> None:
    assert_safe(typed, index)


def assert_safe(typed: str, index: Index) -> None:
    """It is answered, and what is shown is what was found."""
    for chosen in ({}, {"country": typed}):
        results = Results(index, Wish(typed, chosen))
        assert (results.total > 0) == bool(results.part(1))
        assert sum(kind.number for kind in results.kinds) >= results.total
        for group in (*results.suggestions(), *results.groups(2)):
            for entry in group.entries:
                assert "".join(piece.text for piece in results.pieces(entry.label, entry)) == entry.label
                assert results.name(entry)[0] in [name for name, _ in entry.names] or entry.kind == "sentence"


def test_what_is_too_long_is_cut_and_says_so() -> None:
    assert Wish("a" * 201).is_cut
    assert Wish(" ".join("abcdefghijklm")).is_cut
    assert not Wish(" ".join("abcdefghijkl")).is_cut
    assert len(Wish(" ".join(map(str, range(90)))).parts) == 12


@given(text=st.text())
@example(text="a0¼")
def test_words_stand_where_they_say(text: str) -> None:
    found = words(text)
    assert all(word.text in plain(text[word.start : word.end]) for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)
    assert plain(plain(text)) == plain(text)


@given(text=st.text(), wanted=st.lists(st.text(min_size=1, max_size=8), max_size=3), most=st.integers(0, 40))
def test_pieces_are_the_text_or_a_stretch_of_it(text: str, wanted: list[str], most: int) -> None:
    pieces = marked(text, [word.text for one in wanted for word in words(one)], is_tolerant=True, most=most)
    shown = "".join(piece.text for piece in pieces)
    assert shown == text if not most else shown.strip("…") in text
    assert not most or len(shown) <= most + 2


LETTERS = st.text("abc", min_size=1, max_size=6)


@settings(deadline=None)
@given(one=LETTERS, other=LETTERS, most=st.integers(0, 2))
def test_likeness_is_the_number_of_edits_to_a_beginning(one: str, other: str, most: int) -> None:
    """Against the definition: no beginning of the other word can be reached with fewer edits."""
    assert is_like(one, other, most) == any(edits(one, other[:end]) <= most for end in range(len(other) + 1))


def edits(one: str, other: str) -> int:
    """Letters that are wrong, missing, too many or swapped."""
    if not one or not other:
        return len(one) + len(other)
    costs = [edits(one[1:], other) + 1, edits(one, other[1:]) + 1, edits(one[1:], other[1:]) + (one[0] != other[0])]
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        costs.append(edits(one[2:], other[2:]) + 1)
    return min(costs)


def test_a_release_without_an_index_that_can_be_read_has_one_in_memory(
    release: Release, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for spoil in (shutil.rmtree, lambda folder: (folder / "meta.json").write_text("{")):
        folder = shutil.copytree(release.folder / FOLDER, tmp_path / FOLDER)
        spoil(folder)
        with pytest.raises(StoreError, match="liaison build"):
            Index.open(folder)
        old = Release("old", tmp_path, release.manifest)
        old.__dict__["view"] = release.view
        assert Results(old.index, Wish("europol")).part(1)[0].reference == "body/europol"
        assert "one is made in memory" in caplog.text
        caplog.clear()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_panic_of_the_index_is_an_error_of_ours(index: Index) -> None:
    with pytest.raises(StoreError, match=r"search: the index for the search cannot be read .* run `liaison build`"):
        list(index.hits(every(), 0))


def test_actors_come_before_documents_whose_titles_begin_so(tmp_path: Path) -> None:
    title, network = "Crime prevention: Finland, 2024", "European Crime Prevention Network"
    names = [Entry("profile/a", title, "document", ((title, "en"),), claims=9), Entry("body/b", network, "network", ((network, "en"),))]
    write(tmp_path / FOLDER, [*names, *(Entry(f"body/{n}", f"Office {n}", "agency", ((f"Office {n}", "en"),), claims=9) for n in "cd")])
    index = Index.open(tmp_path / FOLDER)
    assert [group.kind for group in Results(index, Wish("crime prevention")).groups(1)] == ["body", "profile"]


def test_an_index_of_another_version_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / FOLDER, [Entry("body/a", "A", "agency", (("A", "en"),))])
    assert len(Index.open(tmp_path / FOLDER)) == 1
    monkeypatch.setattr("graph.search.writing.CARD", "card_of_another_version")
    with pytest.raises(StoreError, match="another version"):
        Index.open(tmp_path / FOLDER)


def test_of_sentences_that_fit_equally_well_claims_count_and_headings_stand_lower(tmp_path: Path) -> None:
    words = "Crime strategy"
    some = [Entry(f"sentence/{key}", words, "sentence", section=section, claims=claims) for key, section, claims in SENTENCES]
    write(tmp_path / FOLDER, some)
    found = Results(Index.open(tmp_path / FOLDER), Wish(words)).part(3)
    assert [entry.reference for entry in found] == ["sentence/claimed", "sentence/plain", "sentence/heading"]


def test_readers_write_nothing_beside_the_index(release: Release, index: Index) -> None:
    assert Results(index, Wish("spain")).total
    names = {path.name for path in (release.folder / FOLDER).iterdir()}
    assert not {name for name in names if name.endswith(".lock")}
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in (release.folder / FOLDER).iterdir()), "any user may serve it"


def test_what_is_withdrawn_is_found_in_no_release_that_is_kept(one_release: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(one_release, tmp_path / "copy")
    data, releases = folder / "data", folder / "releases"
    kept = Releases(releases)
    assert [results(kept, release, WORDS) for release in kept.ids()] == [["sentence"]]
    withdraw(Withdrawal("profile/spain-2018-cse", "names a person", "2026-03-01", WORDS), data, releases, tell=lambda _: None)
    assert [results(kept, release, f'"{WORDS}"') for release in kept.ids()] == [[]]
    assert "profile" in results(kept, kept.current().id, "spain 2018")
    withdraw(Withdrawal("profile/spain-2018-cse", "the publisher asked", "2026-03-02"), data, releases, tell=lambda _: None)
    (last,) = kept.ids()
    assert {"profile", "policy", "practice", "collective", "sentence"}.isdisjoint(
        entry.kind for entry in entries(kept.get(last).view, kept.get(last).iris)
    )
    assert results(kept, last, "co-drives EMPACT group") == []
    build(data, releases, tell=lambda _: None)
    assert kept.ids() == [last]


def results(kept: Releases, release: str, typed: str) -> list[str]:
    """The kinds of what a release has for some words, best first, nothing forgiven."""
    found = Results(kept.get(release).index, Wish(typed))
    return [entry.kind for entry in found.part(50) if not (found.is_tolerant_of_text if entry.kind == "sentence" else found.is_tolerant)]
