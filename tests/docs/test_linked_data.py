"""The page for consumers of linked data: its table is what the running server answers, and each of its commands runs."""

import re
import subprocess
from pathlib import Path

import pytest
import requests

from graph.difference import Difference
from graph.iris import DATA_KINDS
from graph.release import Release, Releases
from webapp.resources import formats_of

PAGE = Path(__file__).parents[2] / "docs/linked-data.md"
FORMATS = ("ttl", "nt", "trig", "nq", "jsonld", "rdf", "csv")
COMMAND = re.compile(r"^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", re.DOTALL | re.MULTILINE)


def example(kind: str, release: Release) -> str:
    """One thing of a kind, the first by its IRI."""
    query = f'SELECT ?s {{ ?s a ?class FILTER (STRSTARTS(STR(?s), "{release.iris.base}id/{kind}/") && !CONTAINS(STR(?s), "#")) }} ORDER BY ?s LIMIT 1'
    (row,) = release.view.select(query)
    return release.iris.reference(row["s"].value) or ""


def table(site: str, release: Release) -> str:
    """Status of each kind of thing in each format, as the server answers."""
    lines = ["| kind | IRI, to a browser | page | IRI, to a program | " + " | ".join(FORMATS) + " | again | no such format |"]
    lines.append("|---" * (len(FORMATS) + 6) + "|")
    with requests.Session() as session:
        for kind in DATA_KINDS:
            reference = example(kind, release)
            browser = session.get(f"{site}/id/{reference}", headers={"Accept": "text/html"}, allow_redirects=False)
            page = session.get(f"{site}/page/{reference}", headers={"Accept": "text/html"}, allow_redirects=False)
            program = session.get(f"{site}/id/{reference}", headers={"Accept": "text/turtle"}, allow_redirects=False)
            answers = [session.get(f"{site}/data/{reference}.{form}") for form in FORMATS]
            again = session.get(f"{site}/data/{reference}.ttl", headers={"If-None-Match": answers[0].headers["ETag"]})
            none = session.get(f"{site}/id/{reference}", headers={"Accept": "image/png"}, allow_redirects=False)
            found = [browser, page, program, *answers, again, none]
            lines.append(f"| {kind} | " + " | ".join(str(answer.status_code) for answer in found) + " |")
    return "\n".join(lines)


def test_the_table_is_what_the_server_answers(site: str, release: Release) -> None:
    assert table(site, release) in PAGE.read_text(encoding="utf-8")


def test_every_format_of_things_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## Formats")[2].partition("## Files")[0]
    assert all(f"`{item.name}`" in text for item in formats_of("country/ESP"))


def test_the_difference_that_is_shown_is_that_of_two_releases(two_releases: Releases) -> None:
    """The change that the page makes is one of those between the two releases of the tests."""
    (shown,) = re.findall(r"^\$ liaison diff\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    later = two_releases.current()
    told = list(Difference(two_releases.before(later), later).words())
    _, *lines = shown.splitlines()
    assert lines
    assert set(lines) <= set(told)


@pytest.mark.parametrize("place", range(len(COMMAND.findall(PAGE.read_text(encoding="utf-8")))))
def test_each_command_runs_and_answers_as_shown(place: int, site: str) -> None:
    """The lines shown are among those answered; `…` stands for what is left out."""
    command, shown = COMMAND.findall(PAGE.read_text(encoding="utf-8"))[place]
    ended = subprocess.run(["sh", "-c", command.replace("http://127.0.0.1:8000", site)], capture_output=True, text=True, check=True)
    answered = ended.stdout.replace("\r", "")
    assert answered.strip()
    for line in shown.splitlines():
        parts = [part.strip() for part in line.replace("http://127.0.0.1:8000", site).split("…")]
        assert all(part in answered for part in parts), line
