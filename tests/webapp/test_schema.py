"""The words for an editor: every term of the ontology, and with which classes it is used."""

from flask.testing import FlaskClient

from graph.release import Release

FOUND, UNCHANGED = 200, 304


def test_every_prefix_and_every_term_is_there(client: FlaskClient, release: Release) -> None:
    told = client.get("/sparql/schema.json").get_json()
    assert told["prefixes"] == release.iris.prefixes
    names = {term["name"]: term for term in told["terms"]}
    query = (
        "SELECT ?term { ?term rdfs:isDefinedBy ?module . ?term a ?type VALUES ?type { owl:Class owl:ObjectProperty owl:DatatypeProperty } }"
    )
    there = {release.iris.short(row["term"].value) for row in release.view.select(release.iris.header() + query)}
    assert there <= names.keys()
    assert all(names[name]["label"] and names[name]["about"] for name in there)


def test_a_relation_tells_which_classes_have_it_the_most_frequent_first(client: FlaskClient, release: Release) -> None:
    told = client.get("/sparql/schema.json").get_json()
    drives = next(term for term in told["terms"] if term["name"] == "liaison:runsPractice")
    query = "SELECT ?class (COUNT(*) AS ?n) { ?s liaison:runsPractice ?o ; a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class"
    rows = release.view.select(release.iris.header() + query)
    assert [release.iris.short(row["class"].value) for row in rows][:12] == drives["of"]
    assert drives["uses"] == int(rows[0]["n"].value)


def test_it_need_not_be_sent_again(client: FlaskClient) -> None:
    first = client.get("/sparql/schema.json")
    again = client.get("/sparql/schema.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (FOUND, UNCHANGED, b"")
