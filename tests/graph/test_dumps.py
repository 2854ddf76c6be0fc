"""Dumps: the same quads give the same bytes, and the bytes give the same quads."""

from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal

from graph import dumps
from graph.iris import Iris, term
from graph.release import Release

IRIS = Iris()
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
KEYS = st.integers(0, 9).map(str)


@st.composite
def quads(draw: st.DrawFn) -> list[ox.Quad]:
    """A few quads of two named graphs, with whatever a text may hold."""
    graph = draw(st.sampled_from([IRIS.graph("edges"), IRIS.graph("profile/a")]))
    node = IRIS.thing(f"claim/{draw(KEYS)}")
    pairs = draw(st.lists(st.tuples(KEYS, WORDS), max_size=5))
    return [ox.Quad(node, ox.NamedNode(f"{IRIS.base}p{key}"), ox.Literal(words), graph) for key, words in pairs]


@given(st.lists(quads(), max_size=4), st.randoms())
def test_the_order_of_quads_does_not_change_a_byte(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[ox.Quad]], random: Random
) -> None:
    given_quads = sorted({quad for part in parts for quad in part}, key=str)
    shuffled = list(given_quads)
    random.shuffle(shuffled)
    first, second = (tmp_path_factory.mktemp("dump") for _ in range(2))
    for one, other in zip(dumps.write(given_quads, first, IRIS), dumps.write(shuffled, second, IRIS), strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


@given(st.lists(quads(), max_size=4))
def test_what_is_written_can_be_read_back(tmp_path_factory: pytest.TempPathFactory, parts: list[list[ox.Quad]]) -> None:
    given_quads = {quad for part in parts for quad in part}
    paths = {path.suffix: path for path in dumps.write(given_quads, tmp_path_factory.mktemp("dump"), IRIS)}
    assert set(ox.parse(path=str(paths[".trig"]), format=ox.RdfFormat.TRIG)) == given_quads
    triples = {quad.triple for quad in given_quads}
    assert {quad.triple for quad in ox.parse(path=str(paths[".ttl"]), format=ox.RdfFormat.TURTLE)} == triples
    assert {quad.triple for quad in ox.parse(path=str(paths[".nt"]), format=ox.RdfFormat.N_TRIPLES)} == triples


def test_the_class_of_a_thing_stands_first(tmp_path: Path) -> None:
    node, graph = IRIS.thing("country/ESP"), IRIS.graph("authority/countries")
    label = ox.Quad(node, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.Literal("Spain"), graph)
    kind = ox.Quad(node, dumps.TYPE, ox.NamedNode("https://w3id.org/liaison/def#State"), graph)
    turtle = dumps.write([label, kind], tmp_path, IRIS)[0].read_text(encoding="utf-8")
    assert 'country:ESP a liaison:State ;\n\trdfs:label "Spain" .' in turtle


def test_the_dumps_of_a_release_hold_what_its_store_holds(release: Release) -> None:
    stored = set(release.view.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    for path in sorted(release.folder.glob("liaison.*")):
        form = ox.RdfFormat.from_extension(path.suffix[1:])
        assert {quad.triple for quad in ox.parse(path=str(path), format=form)} == stored, path.name


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0c", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced_in_rdf_xml_only(character: str, tmp_path: Path) -> None:
    words = f'«Ж» "a"{character}b'
    quad = ox.Quad(IRIS.thing("body/a"), term("rdfs:label"), ox.Literal(words, language="en"), IRIS.graph("x"))
    for path in dumps.write([quad], tmp_path, IRIS):
        (read,) = ox.parse(path=str(path), format=ox.RdfFormat.from_media_type(dumps.MEDIA_TYPES[path.suffix[1:]]))
        assert isinstance(read.object, ox.Literal)
        assert (read.object.value, read.object.language) == (words.replace(character, "\ufffd") if path.suffix == ".rdf" else words, "en")
    assert list(Graph().parse(tmp_path / "liaison.rdf").objects()) == [Literal(words.replace(character, "\ufffd"), lang="en")]
