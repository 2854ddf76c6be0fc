"""The pages over the shipped data: what each address answers, and what holds of every page."""

import json
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from graph.iris import LISTS as LISTS_OF_CONCEPTS
from graph.release import Release
from webapp.pages.front import LISTS
from webapp.pages.ontology import PARTS
from webapp.pages.relations import MANY
from webapp.pages.things import SUBJECTS

HTML = {"Accept": "text/html"}
LARGEST = 100_000
KINDS = (
    "/",
    "/search?q=euro",
    "/about",
    "/downloads",
    *(f"/{name}" for name in LISTS),
    "/page/profile/spain-2018-cse",
    "/page/profile/finland-2024-crime-prevention",
    "/ontology",
    "/ontology/role",
    "/ontology/relations",
    "/ontology/properties",
    "/ontology/inverses",
    "/compare",
    "/compare?of=country/ESP",
    "/compare?of=country/ESP&of=country/FIN&of=country/DEU&of=country/FRA",
    "/compare/evidence?of=country/FIN&on=body/eucpn",
)
_QUERY = re.compile(r'<pre tabindex="0"><code>(# .*?)</code></pre>', re.DOTALL)


class Reader(HTMLParser):
    """What a browser makes of a page: its tags with their attributes, and what is opened and never closed."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag, and remember that it is open."""
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def values(self, name: str) -> list[str]:
        """All values of one attribute."""
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]


def get(client: FlaskClient, address: str) -> str:
    """The text of a page, which must be there."""
    response = client.get(address, headers=HTML)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response.text


def queries(text: str) -> list[str]:
    """The SPARQL that a page shows."""
    return [unescape(query) for query in _QUERY.findall(text)]


@pytest.fixture(scope="session")
def busiest(release: Release) -> list[str]:
    """The addresses of the things with most claims of each kind, where a page is largest."""
    rows = release.view.select(
        release.iris.header()
        + "SELECT ?thing (COUNT(?claim) AS ?claims) WHERE { ?claim liaison:involves ?thing } GROUP BY ?thing ORDER BY DESC(?claims) ?thing"
    )
    references = [release.iris.reference(row["thing"].value) or "" for row in rows]
    return [f"/page/{reference}" for kind in SUBJECTS for reference in [name for name in references if name.partition("/")[0] == kind][:6]]


@pytest.mark.cases("pages")
def test_an_address_answers(case: dict[str, str], client: FlaskClient) -> None:
    response = client.get(case["address"], headers=HTML)
    assert response.status_code == int(case["status"])
    assert [words for words in case["holds"].split("|") if words not in response.text] == []
    assert not case["holds_not"] or case["holds_not"] not in response.text


def test_every_page_is_small_and_whole(client: FlaskClient, busiest: list[str]) -> None:
    for address in [*KINDS, *busiest]:
        text = get(client, address)
        assert len(text.encode()) <= LARGEST, f"{address}: {len(text.encode())} bytes"
        page = Reader(text)
        assert page.open == [], address
        assert [name for name, count in Counter(page.values("id")).items() if count > 1] == [], f"{address}: ids that are not unique"


def test_no_page_needs_what_the_policy_forbids(client: FlaskClient, busiest: list[str]) -> None:
    for address in [*KINDS, *busiest]:
        page = Reader(get(client, address))
        assert page.values("style") == [], address
        assert [tag for tag, _ in page.tags if tag == "style"] == [], address
        assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == [], address
        assert [source for source in page.values("src") if not source.startswith("/static/")] == [], address
        inline = [attributes for tag, attributes in page.tags if tag == "script" and "src" not in attributes]
        assert [attributes for attributes in inline if attributes != {"type": "application/ld+json"}] == [], (
            address
        )  # data, which is never run


def test_a_link_to_another_site_is_http_and_says_so(client: FlaskClient, busiest: list[str]) -> None:
    for address in [*KINDS, *busiest]:
        for tag, attributes in Reader(get(client, address)).tags:
            link = attributes.get("href") or ""
            if tag == "a" and not link.startswith(("/", "#", "?")):
                assert link.startswith(("http://", "https://")), f"{address}: {link}"
                assert "external" in (attributes.get("rel") or ""), f"{address}: {link}"


@pytest.mark.parametrize("address", ["/", "/about", "/page/country/ESP", "/page/body/europol", "/page/profile/spain-2018-cse"])
def test_a_link_on_a_page_leads_somewhere(address: str, client: FlaskClient) -> None:
    text = get(client, address)
    ids = set(Reader(text).values("id"))
    links = {link for link in Reader(text).values("href") if link.startswith(("/page/", "/about", "#", "?"))}
    for link in sorted(links):
        if link.startswith("#"):
            assert link[1:] in ids, f"{address}: {link}"
        else:
            response = client.get(f"{address}{link}" if link.startswith("?") else link, headers=HTML)
            assert response.status_code in (200, 303), f"{address}: {link}"


def test_a_fragment_on_another_page_is_there(client: FlaskClient) -> None:
    ids = set(Reader(get(client, "/about")).values("id"))
    claim = next(link for link in Reader(get(client, "/page/country/ESP")).values("href") if link.startswith("/page/claim/"))
    wanted = {link.partition("#")[2] for link in Reader(get(client, claim)).values("href") if link.startswith("/about#")}
    assert wanted
    assert wanted <= ids


def test_the_sentence_that_spain_co_drives_is_two_clicks_from_the_first_page(client: FlaskClient) -> None:
    home = get(client, "/")
    card = home[home.index("Spain co-drives the CSE EMPACT Group in Europol") - 200 :]
    sentence = re.search(r'href="(/page/sentence/[^"]+)"', card)
    assert sentence
    answer = client.get(sentence[1])
    assert answer.status_code == 303
    address, _, anchor = answer.headers["Location"].partition("#")
    document = get(client, address)
    line = document[document.index(f'id="{anchor}"') :]
    words = re.sub(r"<a class=\"n\".*?</a>|<[^>]+>", "", line[line.index(">") + 1 : line.index("</p>")])
    assert words.startswith("Spain co-drives the CSE EMPACT Group in Europol.")


def test_every_query_on_a_page_runs_and_finds_what_the_page_shows(client: FlaskClient, release: Release, busiest: list[str]) -> None:
    for address in [*KINDS, *busiest[::3]]:
        for query in queries(get(client, address)):
            release.view.query(query)


def test_the_counts_of_the_first_page_are_those_of_its_query(client: FlaskClient, release: Release) -> None:
    text = get(client, "/")
    counting = next(query for query in queries(text) if query.startswith("# How much"))
    counts = {row["class"].value.rpartition("#")[2]: int(row["things"].value) for row in release.view.select(counting)}
    assert counts["Claim"] == release.manifest["counts"]["classes"]["liaison:Claim"]
    for name in ("State", "Body", "Collaboration", "Claim"):
        assert f"<b>{counts[name]:,}</b>" in text


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_as_long_as_its_query_says(name: str, client: FlaskClient, release: Release) -> None:
    text = get(client, f"/{name}")
    rows = release.view.select(queries(text)[0])
    assert text.count('<tr><th scope="row">') == len(rows)
    assert f'<span class="count">{len(rows)}</span>' in text


@pytest.mark.parametrize("address", ["/page/country/ESP", "/page/body/interpol", "/page/topic/csam"])
def test_a_thing_counts_the_claims_that_its_query_finds(address: str, client: FlaskClient, release: Release) -> None:
    text = get(client, address)
    claims, evidence = (
        release.view.select(query) for query in queries(text) if "$" not in query and query.startswith(("# Claims", "# The evidence"))
    )
    assert f"{len(claims)} claims" in text
    assert {row["claim"] for row in evidence} == {row["claim"] for row in claims}


def test_every_claim_of_a_thing_is_reached_from_its_page(client: FlaskClient, release: Release) -> None:
    text = get(client, "/page/body/eu")
    pages = [
        text,
        *(get(client, f"/page/body/eu{link}") for link in {link for link in Reader(text).values("href") if link.startswith("?")}),
    ]
    linked = {link for page in pages for link in Reader(page).values("href") if link.startswith("/page/claim/")}
    rows = release.view.select(release.iris.header() + "SELECT ?claim WHERE { ?claim liaison:involves body:eu }")
    assert linked == {f"/page/{release.iris.reference(row['claim'].value)}" for row in rows}


def test_the_pages_of_a_group_hold_each_claim_once(client: FlaskClient, release: Release) -> None:
    address = "/page/group/ets-185?relation=partyTo&side=object"
    seen: list[str] = []
    while address:
        page = Reader(get(client, address))
        seen += [link for link in page.values("href") if link.startswith("/page/claim/")]
        following = [attributes["href"] or "" for _, attributes in page.tags if attributes.get("rel") == "next"]
        address = f"/page/group/ets-185{following[0]}" if following else ""
    rows = release.view.select(
        release.iris.header() + "SELECT ?claim WHERE { ?claim rdf:predicate liaison:partyTo ; rdf:object group:ets-185 }"
    )
    assert sorted(seen) == sorted(f"/page/{release.iris.reference(row['claim'].value)}" for row in rows)
    assert len(seen) > MANY


def test_evidence_leads_to_its_claim_and_a_claim_to_its_words(client: FlaskClient, release: Release) -> None:
    row = release.view.select(
        release.iris.header()
        + "SELECT ?claim ?evidence WHERE { ?claim rdf:predicate liaison:coDrives ; rdf:subject country:ESP ; liaison:hasEvidence ?evidence }"
    )[0]
    claim, evidence = (release.iris.reference(row[name].value) or "" for name in ("claim", "evidence"))
    answer = client.get(f"/page/{evidence}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/page/{claim}#{evidence.replace('/', '-')}"
    text = get(client, f"/page/{claim}")
    assert f'id="{evidence.replace("/", "-")}"' in text
    assert "A plain edge stands on this" in text
    assert "found exactly" in text


def test_a_plan_is_no_edge_and_its_page_says_why(client: FlaskClient, release: Release) -> None:
    row = release.view.select(release.iris.header() + "SELECT ?claim WHERE { ?claim liaison:modality modality:planned }")[0]
    text = get(client, f"/page/{release.iris.reference(row['claim'].value)}")
    assert "No plain edge stands on this" in text
    assert "planned, not a fact" in text


def test_the_scripts_of_a_page_are_those_that_were_built(client: FlaskClient, tmp_path_factory: pytest.TempPathFactory) -> None:
    from webapp.pages.bundle import script  # noqa: PLC0415  # its default is one of the things under test

    manifest = tmp_path_factory.mktemp("dist") / "manifest.json"
    assert script("src/ego.ts", manifest.with_name("absent.json")) == ""
    manifest.write_text(json.dumps({"src/ego.ts": {"file": "assets/ego-1.js"}}), encoding="utf-8")
    assert script("src/ego.ts", manifest) == "/static/dist/assets/ego-1.js"
    assert script("src/other.ts", manifest) == ""
    built = script("src/ego.ts")
    assert (f'src="{built}"' in get(client, "/page/country/ESP")) == bool(built)
    if built:
        with client.get(built) as response:
            assert response.status_code == 200


def test_a_summary_is_called_one_on_its_page_and_beside_each_quote(client: FlaskClient) -> None:
    label = "Summary written by this project after"
    for address in ("/page/profile/finland-2024-crime-prevention", "/page/body/fi-rtn"):
        text = client.get(address, headers=HTML).text
        assert text.count("not an official EUCPN profile") == text.count(label) >= max(1, text.count("<blockquote>"))
    assert label not in client.get("/page/profile/spain-2018-cse", headers=HTML).text


@pytest.mark.parametrize(
    ("profile", "says"),
    [("spain-2018-cse", "The curation was declared complete on"), ("germany-nd-propk", "both stay open")],
)
def test_a_document_says_how_far_it_has_been_read_and_what_stays_open(profile: str, says: str, client: FlaskClient) -> None:
    assert says in client.get(f"/page/profile/{profile}", headers=HTML).text


def test_every_term_and_every_concept_has_its_entry_with_its_meaning(client: FlaskClient, release: Release) -> None:
    page = client.get("/ontology", headers=HTML).text
    parts = page + "".join(client.get(f"/ontology/{name}", headers=HTML).text for name in PARTS)
    words = "SELECT ?term ?meaning WHERE { ?term rdfs:isDefinedBy <https://w3id.org/liaison/def> ; skos:definition ?meaning ; rdfs:label ?label }"
    for row in release.view.select(release.iris.header() + words):
        name = row["term"].value.rpartition("#")[2]
        assert f'id="{name}"' in page, name
        entry = parts.partition(f'<article id="{name}">')[2].partition("</article>")[0]
        assert row["meaning"].value in unescape(entry), name
    for scheme in LISTS_OF_CONCEPTS:
        text = client.get(f"/ontology/{scheme}", headers=HTML).text
        concepts = f"SELECT ?concept WHERE {{ ?concept skos:inScheme <https://w3id.org/liaison/def/{scheme}> }}"
        for row in release.view.select(release.iris.header() + concepts):
            assert f'id="{row["concept"].value.rpartition("#")[2]}"' in text


def test_the_iri_of_a_term_leads_to_its_entry_or_to_turtle(client: FlaskClient) -> None:
    assert client.get("/def", headers=HTML).location == "/ontology"
    assert client.get("/def/certainty", headers=HTML).location == "/ontology/certainty"
    assert client.get("/ontology", headers={"Accept": "text/turtle"}).location == "/graph/ontology"
    assert client.get("/ontology/no-list", headers=HTML).status_code == 404


def test_the_entry_of_a_term_has_its_rules_its_use_and_its_questions(client: FlaskClient) -> None:
    page, relations = (client.get(address, headers=HTML).text for address in ("/ontology", "/ontology/relations"))
    entry = relations.partition('id="coDrives">')[2].partition("</article>")[0]
    for words in ("Only an actor takes part in something", "is co-driven by", "co-driver", "co-leads", "Who drives, co-drives, leads"):
        assert words in entry
    assert 'href="/ontology#coDrivenBy"' in entry
    assert 'href="/ontology#body"' in page.partition('id="State">')[2].partition("</article>")[0].lower()
