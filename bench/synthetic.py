"""Invented profiles as documents with side-cars, for measuring: `python -m bench.synthetic FOLDER NUMBER [SEED]`; and entries for the search.

Each profile is one country, year and priority in the template of the network. A few bodies and groups stand in nearly
all of them and many in few, as in real profiles; each names practices and collectives of its own. Every document says
that it is invented, none is ever written below `data/`, and the same seed gives the same bytes.
"""

import csv
import random
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import networkx as nx

import ontology
from graph.adjacency import Node, Tie
from graph.claims import CERTAINTIES
from graph.errors import SettingError
from graph.search import Entry

NOTICE = "Invented for measurements; no country has written or said this."
YEARS = range(2011, 2026)
PRIORITIES = ("cybercrime", "trafficking in human beings", "organised property crime", "firearms trafficking", "drug trafficking")
HUBS = ("body/europol", "group/empact", "body/interpol", "body/eucpn", "body/eurojust", "body/european-commission")
"""Named in nearly every profile."""
HUB = "europol"
"""The body to which all others are tied where one hub is measured."""
NETWORKS = frozenset({"Network", "WorkingGroup", "Taskforce", "Coalition", "Programme", "Project"})
SECTIONS = (
    "## 1. Overview of the field\n\n### Assessment of trends and developments",
    "## 2. Crime strategy and coordination\n\n### Objectives of the crime strategy",
    "### Stakeholders (working groups, specialised agencies, partners, etc)",
    "### Participation in European/ international networks, working groups, etc",
    "## 3. Good practices",
)
FILLER = (
    "The number of reported cases has risen for {n} years in a row.",
    "Local partners meet {n} times a year.",
    "The measures reach about {n} schools.",
    "An evaluation of part {n} is under way.",
)
SECOND = 0.1
"""How often two neighbours have a second claim between them, and a claim that begins an end."""
RELATIONS = ("memberOf", "participatesIn", "cooperatesWith", "partOf", "supports")
SYLLABLES = ("ba", "cor", "del", "fi", "gra", "hul", "ker", "lo", "mir", "nas", "po", "qui", "ran", "sol", "tu", "ves", "wen", "zar")
OFFICES = ("office", "agency", "council", "police", "institute", "centre", "network", "ministry")
"""Parts of invented names."""
USUAL, RARE, OWN = 0.9, 14, 4
"""How likely a hub is named, how many others are, and how many practices a profile has of its own."""


@dataclass(frozen=True)
class Named:
    """Somebody whom a profile may name.

    Args:
        reference: `kind/key`.
        label: preferred name.
        relation: what the profile says of its country and it.
    """

    reference: str
    label: str
    relation: str


def actors(authority: Path) -> list[Named]:
    """Bodies and groups of the authority files that can be worked with, hubs first."""
    with ontology.path("actor-kinds.csv").open(encoding="utf-8", newline="") as file:
        classes = {row["kind"]: row["class"] for row in csv.DictReader(file)}
    bodies = [Named(f"body/{row['key']}", row["preferred_name"], "cooperatesWith") for row in _rows(authority / "bodies.csv")]
    groups = [
        Named(f"group/{row['key']}", row["name"], "participatesIn")
        for row in _rows(authority / "groups.csv")
        if classes[row["kind"]] in NETWORKS
    ]
    return sorted([*bodies, *groups], key=lambda actor: (actor.reference not in HUBS, actor.reference))


def countries(authority: Path) -> list[tuple[str, str]]:
    """Alpha-3 code and name of each country that is or was a member of the Union."""
    return [(row["iso3"], row["name_en"]) for row in _rows(authority / "countries.csv") if row["eu_member_from"]]


def write(folder: Path, number: int, seed: int, authority: Path) -> None:
    """Write so many profiles, laid out as `data/` is.

    Args:
        folder: where to; made anew.
        number: how many.
        seed: the same seed gives the same bytes.
        authority: the authority files, which are copied.

    Raises:
        SettingError: more profiles are wanted than there are countries, years and priorities.
    """
    cases = list(product(YEARS, PRIORITIES, countries(authority)))
    if number > len(cases):
        message = f"{number} profiles are wanted; there are {len(cases)} countries, years and priorities."
        raise SettingError(message)
    chance, known = random.Random(seed), actors(authority)  # noqa: S311  # a seeded choice is what is wanted
    for room in ("profiles", "claims"):
        (folder / room).mkdir(parents=True)
    shutil.copytree(authority, folder / "authority")
    shutil.copytree(authority.parent / "rules", folder / "rules")
    for year, priority, (code, country) in chance.sample(cases, number):
        key = f"invented-{code.lower()}-{year}-{priority.replace(' ', '-')}"
        document, sidecar = _profile(key, (code, country, year, priority), known, chance)
        (folder / "profiles" / f"{key}.md").write_text(document, encoding="utf-8")
        (folder / "claims" / f"{key}.yaml").write_text(sidecar, encoding="utf-8")


def write_hub(folder: Path, number: int, authority: Path) -> str:
    """Write authority files in which so many invented bodies are tied to one, and no profiles.

    Args:
        folder: where to; made anew.
        number: how many.
        authority: the authority files, of which aliases and memberships are left out.

    Returns:
        The reference of the hub.
    """
    (folder / "profiles").mkdir(parents=True)
    shutil.copytree(authority, folder / "authority")
    shutil.copytree(authority.parent / "rules", folder / "rules")
    bodies = ({"key": f"invented-{place}", "preferred_name": f"Invented body {place}", "kind": "EU agency"} for place in range(number))
    ties = (
        {"subject": f"body:invented-{place}", "relation": ("partOf", "cooperatesWith")[place % 2], "object": f"body:{HUB}"}
        for place in range(number)
    )
    for name, rows, is_kept in (("bodies", bodies, True), ("memberships", ties, False), ("aliases", iter(()), False)):
        path = folder / "authority" / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            columns, *there = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            csv.writer(file, lineterminator="\n").writerows(there if is_kept else [])
            writer.writerows({"source": NOTICE, "confidence": "stated", **row} for row in rows)
    return f"body/{HUB}"


def network(things: int, links: int, seed: int) -> tuple[list[Node], list[Tie]]:
    """Invented things and supported claims between them: few have very many neighbours and many have few, as where each new one joins those that many have joined.

    Args:
        things: how many things.
        links: about how many pairs of neighbours; every tenth pair has a second claim.
        seed: the same seed gives the same network.
    """
    chance = random.Random(seed)  # noqa: S311  # a seeded choice is what is wanted
    graph = nx.barabasi_albert_graph(things, links // things, seed=seed)
    names = [f"{('body', 'group', 'country')[place % 3]}/invented-{place}" for place in range(things)]
    nodes = [Node(name, f"Invented {place}", is_universal=place < len(HUBS)) for place, name in enumerate(names)]
    ties = []
    for one, other in graph.edges:
        for _ in range(1 + (chance.random() < SECOND)):
            first = chance.choice((0, *YEARS))
            last = first + chance.randrange(9) if first and chance.random() < SECOND else 0
            how = (chance.choice(RELATIONS), names[other], chance.choices(CERTAINTIES, (8, 3, 1))[0], "reference")
            ties.append(Tie(f"{len(ties):020x}", names[one], *how, first, last))
    return nodes, ties


def entries(number: int, seed: int, authority: Path) -> Iterator[Entry]:
    """So many invented things and sentences, as the search has them: two bodies, with three names each, for each sentence that names one.

    Args:
        number: how many.
        seed: the same seed gives the same entries.
        authority: the authority files, of which the countries are taken.
    """
    chance, states = random.Random(seed), countries(authority)  # noqa: S311  # a seeded choice is what is wanted
    words = ["".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 5))) for _ in range(number // 5 + 20)]
    label = ""
    for place in range(number):
        code, country = chance.choice(states)
        year, certainty = str(chance.choice(YEARS)), chance.choice(("stated", "secondary", "derived"))
        if place % 3 == 2:  # noqa: PLR2004  # each third one
            text = f"{country} works with {label} on {chance.choice(PRIORITIES)} in {' '.join(chance.choices(words, k=14))}."
            yield Entry(
                f"sentence/invented-{place}", text, "sentence", (), (code,), (), (year,), (certainty,), place % 3, "profile/invented"
            )
            continue
        label = f"{' '.join(chance.choices(words, k=2))} {chance.choice(OFFICES)} of {country}".capitalize()
        own = f"{' '.join(chance.choices(words, k=3))} {country}".title()
        names = ((label, "en"), (own, ""), ("".join(word[0] for word in own.split()).upper() + str(place % 97), ""))
        yield Entry(
            f"body/invented-{place}", label, "public agency", names, (code,), (), (year,), (certainty,), int(chance.paretovariate(1))
        )


def _profile(key: str, case: tuple[str, str, int, str], known: Sequence[Named], chance: random.Random) -> tuple[str, str]:
    code, country, year, priority = case
    hubs = [actor for actor in known if actor.reference in HUBS and chance.random() < USUAL]
    others = [actor for actor in known if actor.reference not in HUBS]
    weights = [1 / (place + 1) for place in range(len(others))]
    rare = dict.fromkeys(chance.choices(others, weights, k=RARE))
    said = [(f"{country} works with {actor.label} on {priority}", f"country/{code} {actor.relation} {actor.reference}") for actor in hubs]
    said += [
        (f"In {year} {actor.label} was a partner of {country}", f"country/{code} {actor.relation} {actor.reference}") for actor in rare
    ]
    own = [(f"practice/{key}-{number}", f"The programme number {number} of {country}") for number in range(1, OWN + 1)]
    said += [(f"{label} runs in every region", f"country/{code} runsPractice {reference}") for reference, label in own]
    parts = [[] for _ in SECTIONS]  # type: list[list[str]]
    for number, (sentence, _) in enumerate(said):
        parts[number % len(parts)] += [f"{sentence}.", chance.choice(FILLER).format(n=chance.randrange(2, 900))]
    front = f"<b>EU- priority</b>\t{priority.capitalize()}\n<b>Country</b>\t{country}\n<b>Year</b>\t{year}"
    body = "\n\n".join(f"{heading}\n\n{' '.join(sentences)}" for heading, sentences in zip(SECTIONS, parts, strict=True))
    return f"<b>Crime prevention policy</b>\n{front}\n\n{NOTICE}\n\n{body}\n", "".join(_sidecar(key, own, said))


def _sidecar(key: str, own: Sequence[tuple[str, str]], said: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f'profile: {key}\ndocument: {{title: "{key}", publisher: invented, terms: none, language: en, note: "{NOTICE}"}}\nactors:\n'
    for reference, label in own:
        yield f'  - {{key: {reference}, kind: practice, label: "{label} ({key})", quote: "{label}"}}\n'
    yield "claims:\n"
    for sentence, claim in said:
        yield f'  - {{claim: {claim}, quote: "{sentence}"}}\n'


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    target, count, *rest = sys.argv[1:]
    write(Path(target), int(count), int(rest[0]) if rest else 1, Path("data/authority"))
