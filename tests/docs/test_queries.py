"""Queries of docs/queries.md as they stand on the page; two of them are counted again from the CSV files."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from graph.release import Release

ROOT = Path(__file__).parents[2]
QUERIES = dict(
    re.findall(r"^## (.+?)\n.*?```sparql\n(.*?)```", (ROOT / "docs/queries.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
)
EVIDENCE = "With whom does Spain work, and where does it say so?"
NEIGHBOURS = "Who are Spain's neighbours in the graph?"
SHARED = "Which countries shared most groups with Spain in 2018?"
GROUP_KINDS = frozenset(
    [
        "network",
        "working group",
        "expert group",
        "taskforce",
        "taskforce edition",
        "coalition",
        "alliance",
        "programme",
        "policy cycle",
        "project",
        "operation",
        "campaign",
        "hotline network",
        "analysis project",
        "cooperation area",
        "governing body",
        "secretariat",
        "EU network",
        "professional network",
        "international alliance",
        "international police alliance",
    ]
)
"""Kinds in groups.csv and bodies.csv that are collaborations: independent of ontology/actor-kinds.csv, so that each checks the other."""


def rows(release: Release, name: str) -> list[dict[str, str]]:
    """The answer to one query of the page, every value as text."""
    found = release.view.select(release.iris.header() + QUERIES[name])
    return [{column: value.value for column, value in row.items()} for row in found]


def table(name: str) -> list[dict[str, str]]:
    """An authority file, read with nothing of ours."""
    with (ROOT / f"data/authority/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_first_query_is_short_and_has_no_property_path() -> None:
    assert next(iter(QUERIES)) == EVIDENCE
    query = re.sub(r"<[^>]*>", "", QUERIES[EVIDENCE])
    assert len(query.splitlines()) <= 12
    assert "/" not in query
    assert "|" not in query
    assert "UNION" not in query


def test_the_evidence_query_returns_every_edge_with_its_words(release: Release) -> None:
    found = rows(release, EVIDENCE)
    edges = release.view.select(
        release.iris.header() + "SELECT DISTINCT ?s ?p ?o FROM $edges WHERE { ?s ?p ?o FILTER(?s = country:ESP || ?o = country:ESP) }",
        edges=release.iris.graph("edges"),
    )
    spoken = release.view.select(
        release.iris.header() + "SELECT ?claim ?s ?p ?o WHERE { ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    )
    of_claim = {row["claim"].value: (row["s"], row["p"], row["o"]) for row in spoken}
    assert {of_claim[row["claim"]] for row in found} == {(row["s"], row["p"], row["o"]) for row in edges}
    assert all(row["said"] for row in found)
    assert "Spain co-drives the CSE EMPACT Group in Europol." in {row["said"] for row in found}


def kinds(separator: str) -> dict[str, str]:
    """The kind of each group and body, by its key with a prefix."""
    own = {actor["key"].replace("/", separator): actor["kind"] for sidecar in sidecars() for actor in sidecar.get("actors", [])}
    return own | {
        f"{name}{separator}{row['key']}": row["kind"] for name, file in (("group", "groups"), ("body", "bodies")) for row in table(file)
    }


def named_ends(subject: str) -> Iterator[str]:
    """What stands at the other end of Spain's claims, from the CSV files and the side-car alone, as `kind/key`."""
    iso3 = {row["iso2"]: row["iso3"] for row in table("countries")}

    def reference(key: str) -> str:
        kind, _, name = key.partition(":")
        return f"country/{iso3[name]}" if kind == "country" else f"{kind}/{name}"

    for row in table("memberships"):
        target = "group:schengen-area" if row["relation"] == "memberOfSchengenWith" else row["object"]
        ends = [reference(row["subject"]), reference(target)]
        if subject in ends and not row["source"].startswith("seed profile"):
            yield next(end for end in ends if end != subject)
    if next(row["eu_member_from"] for row in table("countries") if row["iso3"] == subject.removeprefix("country/")):
        yield "body/eu"
    for claim in (claim for sidecar in sidecars() for claim in sidecar["claims"]):
        start, _, end = claim["claim"].split()
        if subject in (start, end) and claim.get("modality", "asserted") in ("asserted", "past"):
            yield end if start == subject else start


def sidecars() -> list[dict[str, Any]]:
    """What people have recorded about the profiles."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "data/claims").glob("*.yaml"))]


def test_spains_neighbours_agree_with_the_csv_files(release: Release) -> None:
    group_kind = kinds("/")
    partners = {
        end
        for end in named_ends("country/ESP")
        if end.split("/")[0] in ("country", "body", "collective") or group_kind.get(end) in GROUP_KINDS
    }
    assert {release.iris.reference(row["neighbour"]) for row in rows(release, NEIGHBOURS)} == partners


def test_the_countries_that_share_most_groups_with_spain_agree_with_the_csv_files(release: Release) -> None:
    taking_part = {
        "memberOf",
        "foundingMemberOf",
        "participatesIn",
        "participatedIn",
        "memberOfSchengenWith",
        "formerMemberOf",
        "partnerIn",
        "partnerOf",
    }
    taking_part |= {"coDrives", "drives", "leads", "chairs", "representedIn"}
    group_kind = kinds(":")
    members: dict[str, set[str]] = {}
    for row in table("memberships"):
        target = "group:schengen-area" if row["relation"] == "memberOfSchengenWith" else row["object"]
        dated = (row["from"] or "0000")[:4] <= "2018" <= (row["until"] or "9999")[:4]
        if (
            row["relation"] in taking_part
            and group_kind.get(target) in GROUP_KINDS
            and dated
            and not row["source"].startswith("seed profile")
        ):
            members.setdefault(target, set()).add(row["subject"])
    for group in ("group:empact-cse", "group:isg-cac"):
        members.setdefault(group, set()).add("country:ES")
    shared = Counter(
        country for countries in members.values() if "country:ES" in countries for country in countries if country.startswith("country:")
    )
    del shared["country:ES"]
    iso3 = {f"country:{row['iso2']}": row["iso3"] for row in table("countries")}
    found = {row["country"].rsplit("/", 1)[1]: int(row["groups"]) for row in rows(release, SHARED)}
    assert found == {iso3[country]: count for country, count in shared.items()}
