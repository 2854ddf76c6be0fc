"""Countries by networks, as counted when a release is made."""

from pathlib import Path

from graph import affiliations
from graph.build import SUMS
from graph.release import Release
from graph.sheets import spreadsheet


def test_the_table_is_written_the_same_each_time_and_is_a_file_of_the_release(release: Release, tmp_path: Path) -> None:
    (again,) = affiliations.write(release.view, tmp_path, release.iris)
    assert again.read_bytes() == (release.folder / affiliations.FILE).read_bytes()
    assert release.manifest["files"][affiliations.FILE]["media_type"] == "text/csv"
    assert f"  {affiliations.FILE}\n" in (release.folder / SUMS).read_text(encoding="ascii")


def test_what_is_read_is_what_the_graph_holds(release: Release) -> None:
    assert affiliations.read(release.folder / affiliations.FILE) == affiliations.find(release.view, release.iris)


def test_every_claim_between_a_country_and_a_network_is_counted_once(release: Release) -> None:
    iris, found = release.iris, affiliations.find(release.view, release.iris)
    query = """SELECT ?network (COUNT(DISTINCT ?claim) AS ?claims) {
      ?network a liaison:Collaboration . ?claim liaison:involves ?network, ?end .
      ?end liaison:country? $spain . FILTER (?end = $spain || EXISTS { ?end a liaison:Body })
    } GROUP BY ?network"""
    spain = iris.thing("country/ESP")
    counted = {row["network"].value: int(row["claims"].value) for row in release.view.select(iris.header() + query, spain=spain)}
    table: dict[str, int] = {}
    for one in found:
        if one.country == spain.value:
            table[one.network] = table.get(one.network, 0) + int(one.claims)
    assert len(table) > 5
    assert table == counted


def test_a_name_that_begins_like_a_formula_is_safe_in_a_spreadsheet_and_its_row_is_read_as_it_is(tmp_path: Path) -> None:
    one = affiliations.Affiliation(
        "https://example.org/c", "C", "https://example.org/n", "=1+1", "negated", "planned", "curated", "2031", "", "", "2"
    )
    path = tmp_path / affiliations.FILE
    path.write_text("".join(spreadsheet([affiliations.Affiliation._fields, one])), encoding="utf-8", newline="")
    (again,) = affiliations.read(path)
    assert again == one._replace(network_label="'=1+1")
