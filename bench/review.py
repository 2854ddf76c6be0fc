"""Time of the pages of reviewers where much waits, in CPU milliseconds: `python -m bench.review [NUMBER]`.

A data folder with NUMBER proposals, 100,000 by default, is invented, 500 a document, and every tenth is decided on. No rule is compiled: what the rules
propose is invented with the sentences, and laid before reviewers as all proposals are. The first time of a page is told
beside the median of some more. What the server works out behind the scenes is worked out before: the order of what waits,
what the shapes say of it, the templates. Processor time is measured, not the clock on the wall: it hardly depends on what
else the machine does.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from graph.decisions import acting
from graph.decisions.proposals import Material, Rules
from graph.extraction.results import End, Extraction, FoundActor, Proposal
from graph.sentences import Sentence
from graph.spans import Span
from webapp import create_app
from webapp.config import Config
from webapp.review import acts
from webapp.review.office import Office
from webapp.review.reviewers import Reviewers
from webapp.review.room import Room

NUMBER, EACH, DECIDED, ROUNDS, TARGET = 100_000, 500, 10, 7, 300.0
SPAIN, UNIT = End("Spain", "country/ESP"), "Working Party"
RELATIONS = ("memberOf", "cooperatesWith", "representedIn", "supports", "coDrives")
FILLING = "on all matters that the plan of action names, and on those that the states bring before it from time to time, "


@dataclass(frozen=True, eq=False)
class Invented(Rules):
    """Rules that propose one claim of each sentence that names a working party."""

    def extract(self, material: Material) -> Extraction:
        """A proposal a sentence, each rule and confidence in turn."""
        found = [(number, sentence) for number, sentence in enumerate(material.sentences) if UNIT in sentence.text]
        actors = [FoundActor(_name(one), "working-group", None, _at(one), _name(one)) for _, one in found]
        proposals = [_proposal(number, one) for number, one in found]
        return Extraction(tuple(actors), tuple(proposals), "en", is_template=material.document.key != "")

    def is_kept(self, material: Material) -> bool:
        """Nothing takes long."""
        return bool(material)


def _name(sentence: Sentence) -> str:
    return sentence.text[sentence.text.index(UNIT) :].partition(" on ")[0]


def _at(sentence: Sentence) -> Span:
    start = sentence.span.start + sentence.text.index(UNIT)
    return Span(start, start + len(_name(sentence)))


def _proposal(number: int, sentence: Sentence) -> Proposal:
    relation, confidence = RELATIONS[number % len(RELATIONS)], (number * 37 % 100) / 100
    end = End(_name(sentence), None)
    return Proposal(SPAIN, relation, end, sentence.span, sentence.text, "affirmed", "asserted", confidence, f"invented-{relation.lower()}")


def write(folder: Path, number: int) -> Path:
    """A data folder with so many sentences that make a claim.

    Args:
        folder: where it is to be.
        number: how many.
    """
    for room in ("authority", "rules"):
        (folder / room).parent.mkdir(parents=True, exist_ok=True)
        (folder / room).symlink_to((Path(__file__).parents[1] / "data" / room).resolve())
    (folder / "profiles").mkdir()
    for first in range(0, number, EACH):
        lines = [f"Spain works with the {UNIT} {one} {FILLING}and reports to it." for one in range(first, min(first + EACH, number))]
        (folder / "profiles" / f"invented-{first // EACH:04}.md").write_text("\n\n".join(lines), encoding="utf-8")
    return folder


def invent(office: Office, decided: int = 0) -> Office:
    """Let an office propose what is invented, and lay all of it out.

    Args:
        office: a data folder.
        decided: one of so many is decided on; 0 for none.
    """
    given = office._given  # noqa: SLF001  # no setting asks for rules that propose nothing real
    rules = given.rules
    assert rules
    office._given = replace(given, rules=Invented(rules.folder, rules.authority, rules.vocabulary))  # noqa: SLF001
    if decided:
        office.record([acting.accept(card, "ben") for table in office.tables() for card in table.waiting[::decided]])
    for table in office.tables():
        acts.obstacles(table.waiting, office)  # as the server asks behind the scenes, once a profile is laid out
    _ = office.outcomes, office.lexis  # likewise
    return office


@contextmanager
def reviewer(data: Path, decided: int = 0) -> Iterator[tuple[FlaskClient, Room]]:
    """A reviewer who is signed in before an invented data folder.

    Args:
        data: the data folder.
        decided: as in `invent`.
    """
    releases = data.parent / "releases"
    releases.mkdir(exist_ok=True)
    app = create_app(Config(data=data, releases=releases, reviewers=data.parent / "reviewers.json"))
    room: Room = app.extensions["room"]
    room.close()  # nothing is read in the background, where the rules are real ones
    room.compile()
    with room.office() as office:
        invent(office, decided)
    client = app.test_client()
    assert client.post("/review/sign-in", data={"token": Reviewers(room.config.reviewers).add("ana")}).location == "/review"
    yield client, room
    app.extensions["live"].close()


def took(client: FlaskClient, address: str) -> tuple[float, float]:
    """CPU milliseconds of a page the first time, and the median of some more."""
    times = []
    for _ in range(ROUNDS + 1):
        begin = time.process_time()
        assert client.get(address).status_code == HTTPStatus.OK, address
        times.append((time.process_time() - begin) * 1000)
    return times[0], median(times[1:])


def addresses(room: Room, number: int) -> dict[str, str]:
    """Pages, by what they are.

    Args:
        room: the room.
        number: how many proposals there are.
    """
    with room.office() as office:
        table = next(office.tables())
    card = table.cards[len(table.cards) // 2]
    return {
        "the queue": "/review/queue",
        "the queue, page 10": "/review/queue?page=10",
        "the queue, its last page": f"/review/queue?page={number}",
        "the queue, one rule": "/review/queue?rule=invented-memberof",
        "the queue, one profile": f"/review/queue?profile={table.key}",
        "one card": f"/review/sentence/{table.key}/{card.evidence.sentences[0]}",
        "its text": f"/review/text/{table.key}",
    }


def main() -> None:
    """Print a line for each page."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        with reviewer(write(Path(folder) / "data", number), DECIDED) as (client, room):
            print(f"{number:,} proposals, {EACH} a document, laid out in {time.perf_counter() - begin:.0f} s")
            print(f"{'page':<28}{'first':>9}{'CPU ms':>8}   target {TARGET:g} ms")
            for name, address in addresses(room, number).items():
                first, usual = took(client, address)
                print(f"{name:<28}{first:>9.0f}{usual:>8.0f}{'   over' if usual > TARGET else ''}")


if __name__ == "__main__":
    main()
