"""Countries by networks, counted when a release is made: how many claims connect the two, by how and for when they say so.

Nothing here depends on a day. Whether a claim has ended or is still to begin is for whoever reads the table to say.
The same release gives the same bytes.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from graph.iris import Iris
from graph.sheets import spreadsheet
from graph.store import View

FILE = "affiliations.csv"
QUERY = """# How many claims connect each country, or a body of it, with each network, by how and for when they say so
SELECT ?country ?countryName ?network ?name ?polarity ?modality ?review ?from ?until ?latest (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?network a liaison:Collaboration ; skos:prefLabel ?name .
  ?claim liaison:involves ?network, ?end ; liaison:polarity ?polarity ; liaison:modality ?modality ; liaison:reviewState ?review .
  { ?end a liaison:State . BIND (?end AS ?country) } UNION { ?end a liaison:Body ; liaison:country ?country }
  ?country skos:prefLabel ?countryName FILTER (LANG(?countryName) = "en")
  OPTIONAL { ?claim liaison:from ?from } OPTIONAL { ?claim liaison:until ?until ; liaison:untilLatest ?latest }
}
GROUP BY ?country ?countryName ?network ?name ?polarity ?modality ?review ?from ?until ?latest"""


class Affiliation(NamedTuple):
    """Claims that say the same of a country and a network, or of a body of the country.

    Args:
        country: IRI of the country.
        country_label: its name.
        network: IRI of the network.
        network_label: its name.
        polarity: `affirmed` or `negated`.
        modality: `asserted`, `past`, `planned` and so on.
        review: what people decided.
        begins: since when, as stated.
        ends: until when, as stated.
        latest: the last day that this end can mean.
        claims: how many they are.
    """

    country: str
    country_label: str
    network: str
    network_label: str
    polarity: str
    modality: str
    review: str
    begins: str
    ends: str
    latest: str
    claims: str


def find(view: View, iris: Iris) -> list[Affiliation]:
    """The affiliations that a release holds, in one order."""
    rows = [{name: value.value for name, value in row.items()} for row in view.select(iris.header() + QUERY)]
    return sorted(_affiliation(row) for row in rows if "network" in row)


def write(view: View, folder: Path, iris: Iris) -> list[Path]:
    """Write the affiliations of a release into its folder; the paths of the files."""
    path = folder / FILE
    path.write_text("".join(spreadsheet([Affiliation._fields, *find(view, iris)])), encoding="utf-8", newline="")
    return [path]


def read(path: Path) -> list[Affiliation]:
    """The affiliations that a release was made with; names are written for spreadsheets, and those of the graph are its own."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [Affiliation(**row) for row in csv.DictReader(file)]


def _affiliation(row: Mapping[str, str]) -> Affiliation:
    ends = (row[name] for name in ("country", "countryName", "network", "name"))
    kinds = (row[name].rpartition("#")[2] for name in ("polarity", "modality", "review"))
    dates = (row.get(name, "") for name in ("from", "until", "latest"))
    return Affiliation._make([*ends, *kinds, *dates, row["claims"]])
