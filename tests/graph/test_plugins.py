"""Plug-ins: what they propose is verified, goes to review, and whatever they do wrong is told and costs nothing else."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.errors import SettingError
from graph.extraction.analysis import Analysis
from graph.extraction.chat import Chat, ChatFault
from graph.extraction.plugins import Answer, Host, PluginFault, ProposedQuote, Wanted, names
from graph.extraction.verification import Verifier, consulted
from graph.iris import Iris
from tests.few_rules import few_rules
from tests.graph.plugins.FAKE_chat_server import FakeServer, fake_server
from webapp.commands.reading import Desk

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "plugins/proposed-quotes.yaml").read_text(encoding="utf-8"))
DOCUMENT = """Norway is a member of the Alliance of Quays. Ruritania watches the Forum of Harbour Police from afar. The Board
of Piers pays for the Lantern Fund. The *Lantern Fund* pays the **Night Ferry** as well. Ruritania, as the EU Agency
for Cybersecurity tells, has money. It is fond of the Lantern Fund. Anna Brown minds the Lantern Fund.
"""
PERSONS = (HERE / "extraction/persons.txt").read_text(encoding="utf-8").splitlines()
FILLER = "\n\nThe Baltic Crime Network meets twice a year, and its members tell each other what they have done against crime.\n"
UNTOLD = (
    *("Vice-chair: {Ó Briain, Tadhg}", "{Jüri Põldmäeots}", "{Åsa Björkengren}", "{Søren Kjærsgaardsen}", "Contact: {Ilse Vandenbogaerde}"),
    *("{Rutger van Oosterzeele}", "{Helmi Rautavaarainen}", "{Beatrix Löwenhaupt}"),
)
"""Persons whom neither a title, an office nor a given name of the lists gives away."""
CLAIM = {
    "subject": "Ruritania",
    "relation": "observerOf",
    "object": "Forum of Harbour Police",
    "quote": "Ruritania watches the Forum of Harbour Police from afar.",
    "polarity": "affirmed",
    "modality": "asserted",
    "score": 0.8,
}
"""A claim as the FAKE endpoint gives it."""


@pytest.fixture(scope="module")
def desk(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Reads documents by few rules."""
    return Desk.of(few_rules(data, tmp_path_factory.mktemp("few")), Iris().base)


@pytest.fixture(scope="module")
def analysis(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """What the rules find in the document."""
    path = tmp_path_factory.mktemp("document") / "ruritania.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    return desk.analyst.analyse(path)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The FAKE plug-in, as if it were installed."""
    info = tmp_path / "fake_plugin-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fake-plugin\nVersion: 0\n")
    (info / "entry_points.txt").write_text("[liaison.extractors]\nfake = FAKE_plugin:Fake\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(HERE / "plugins"))


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """The FAKE endpoint."""
    with fake_server() as started:
        yield started


def address(server: FakeServer) -> str:
    """Where the FAKE endpoint is."""
    return f"http://127.0.0.1:{server.server_port}"


def told(analysis: Analysis) -> list[str]:
    """The claims for review, in words."""
    return [
        " ".join(
            (
                item.subject.name,
                item.relation,
                item.object.name,
                *(["negated"] if item.polarity == "negated" else [item.modality] if item.modality != "asserted" else []),
            )
        )
        for item in analysis.extraction.proposals
        if item.rule.startswith("plugin:")
    ]


def asked(desk: Desk, analysis: Analysis, wanted: Wanted) -> Analysis:
    """The analysis with what a plug-in adds to it."""
    host = Host(wanted)
    try:
        return consulted(analysis, [host], desk.extractor, desk.vocabulary)
    finally:
        host.close()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_proposed_quote_is_verified(case: dict[str, Any], desk: Desk, analysis: Analysis) -> None:
    verifier = Verifier.of(analysis, desk.extractor.reader("en"), desk.vocabulary)
    found = verifier.extended(Answer("plugin:fake@0", True, (ProposedQuote(**case["quote"]),)))  # noqa: FBT003
    new = [item for item in found.proposals if item.rule == "plugin:fake@0"]
    if "refused" in case:
        assert not new
        assert found.actors == analysis.extraction.actors
        assert f"Refused because {case['refused']} (1)." in found.remarks[-1]
        return
    assert told(Analysis(**{**vars(analysis), "extraction": found})) == [case["becomes"]]
    proposal = new[0]
    assert (proposal.state, proposal.is_asserted) == ("review", False)
    assert proposal.span.of(analysis.document.text) == proposal.quote
    for actor in found.actors:
        assert actor.span.of(analysis.document.text) == actor.quote
    assert {proposal.subject.name, proposal.object.name} <= {actor.name for actor in found.actors}


@pytest.mark.parametrize("line", PERSONS)
def test_a_person_is_refused_as_the_rules_refuse_it(line: str, desk: Desk, tmp_path: Path) -> None:
    """Braces stand around each person's name; of some, nothing but a given name that no list holds would tell."""
    path = tmp_path / "ruritania.md"
    path.write_text(line.replace("{", "").replace("}", "") + FILLER, encoding="utf-8")
    analysis = desk.analyst.analyse(path)
    verifier = Verifier.of(analysis, desk.extractor.reader("en"), desk.vocabulary)
    for name in re.findall(r"\{(.+?)\}", line):
        sentence = next(sentence.text for sentence in analysis.sentences if name in sentence.text)
        other = [word for word in re.findall(r"\w+", sentence.replace(name, "")) if len(word) > 1] or [name.split()[-1]]
        quote = ProposedQuote(name, "cooperatesWith", other[-1], sentence)
        refused = verifier.extended(Answer("plugin:fake@0", True, (quote,))).remarks[-1]  # noqa: FBT003
        assert ("an end seems to be a person (1)" in refused) != any(f"{{{name}}}" in untold and untold in line for untold in UNTOLD), (
            refused
        )


def test_what_is_proposed_twice_counts_once(desk: Desk, analysis: Analysis) -> None:
    quote = ProposedQuote(**CASES[0]["quote"])
    verifier = Verifier.of(analysis, desk.extractor.reader("en"), desk.vocabulary)
    found = verifier.extended(Answer("plugin:fake@0", False, (quote, quote)))  # noqa: FBT003
    assert found.remarks[-1] == (
        "plugin:fake@0 proposed 2 quotes: 1 for review, 1 refused. Refused because it is proposed already (1). "
        "It may answer otherwise another time."
    )


@pytest.mark.usefixtures("installed")
def test_a_plug_in_is_found_by_its_entry_point(desk: Desk, analysis: Analysis) -> None:
    found = asked(desk, analysis, Wanted("fake", {"quotes": json.dumps([CASES[0]["quote"]])}))
    assert told(found) == [CASES[0]["becomes"]]
    assert "fake" in names()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("raise", "The plug-in 'fake' was set aside for this document: ValueError: it did not work."),
        ("hang", "The plug-in 'fake' was set aside: it took longer than 2 seconds."),
        ("end", "The plug-in 'fake' was set aside: its process ended in the middle."),
        ("spoil", "The plug-in 'fake' was set aside: what it sent cannot be read (ValueError)."),
    ],
)
def test_a_plug_in_that_fails_is_set_aside(does: str, says: str, desk: Desk, analysis: Analysis) -> None:
    host = Host(Wanted("fake", {"does": does}, seconds=2))
    first = consulted(analysis, [host], desk.extractor, desk.vocabulary)
    second = consulted(analysis, [host], desk.extractor, desk.vocabulary)
    host.close()
    assert first.extraction.proposals == analysis.extraction.proposals
    assert first.extraction.remarks[-1] == second.extraction.remarks[-1] == says


@pytest.mark.usefixtures("installed")
def test_what_a_plug_in_prints_is_kept_out_of_the_output(desk: Desk, analysis: Analysis, capfd: pytest.CaptureFixture[str]) -> None:
    asked(desk, analysis, Wanted("fake", {"does": "print"}))
    assert "words that belong nowhere" not in capfd.readouterr().out


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Wanted("nobody"), "there is no plug-in 'nobody'; installed are: .*fake"),
        (Wanted("fake", {"does": "refuse"}), "cannot be used: ValueError: these settings are no good"),
        (Wanted("chat"), "cannot be used: no endpoint is named; name one with --chat-url"),
    ],
    ids=["unknown", "refuses its settings", "chat without an address"],
)
def test_a_plug_in_that_cannot_be_used_is_said_at_once(wanted: Wanted, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        Host(wanted)


def test_a_key_is_not_shown() -> None:
    assert "secret" not in repr(Wanted("chat", {"key": "secret"}))


def test_the_shipped_plug_in_is_an_entry_point() -> None:
    project = tomllib.loads((HERE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["entry-points"]["liaison.extractors"] == {"chat": f"{Chat.__module__}:{Chat.__name__}"}
    assert "chat" in names()


def test_an_endpoint_is_asked_and_its_quotes_are_verified(server: FakeServer, desk: Desk, analysis: Analysis) -> None:
    server.claims = [
        CLAIM,
        CLAIM | {"quote": "Ruritania leads the Forum of Harbour Police."},
        CLAIM | {"subject": "Board of Piers"},
        CLAIM | {"relation": "adores"},
        {"subject": "Ruritania"},
    ]
    found = asked(desk, analysis, Wanted("chat", {"url": address(server), "model": "fake-model", "key": "FAKE-key"}))
    assert told(found) == ["Ruritania observerOf Forum of Harbour Police"]
    proposal = next(item for item in found.extraction.proposals if item.rule == "plugin:chat@1/fake-model")
    assert (proposal.confidence, proposal.state) == (0.8, "review")
    assert found.extraction.remarks[-1] == (
        "plugin:chat@1/fake-model proposed 5 quotes: 1 for review, 4 refused. Refused because the relation is unknown (2); "
        "an end does not stand in the quote (1); the quote does not stand in the document (1). It may answer otherwise another time."
    )
    path, key, body = server.asked[0]
    assert (path, key, len(server.asked)) == ("/v1/chat/completions", "Bearer FAKE-key", 1)
    assert (body["model"], body["temperature"], body["response_format"]["type"]) == ("fake-model", 0, "json_schema")
    assert "Ruritania watches the Forum" in body["messages"][1]["content"]
    assert "observerOf" in body["messages"][0]["content"]


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        ("500", "answered 500"),
        ("redirect", "answered 307"),
        ("broken", "did not answer with the JSON"),
        ("no list", "did not answer with a list"),
        ("slow", "took longer than 0.5 seconds"),
        ("dripping", "took longer than 0.5 seconds"),
        ("huge", "is larger than 2,097,152 bytes"),
    ],
)
def test_an_endpoint_that_does_not_answer_as_it_should_is_said(mode: str, says: str, server: FakeServer) -> None:
    server.mode = mode
    seconds = "0.5" if mode in ("slow", "dripping") else "60"
    chat = Chat({"url": address(server), "model": "fake-model", "seconds": seconds})
    with pytest.raises(ChatFault, match=says):
        list(chat.propose("", ["A sentence."], {}))


def test_an_endpoint_that_fails_costs_nothing_else(server: FakeServer, desk: Desk, analysis: Analysis) -> None:
    server.mode = "500"
    found = asked(desk, analysis, Wanted("chat", {"url": address(server), "model": "fake-model"}))
    assert found.extraction.proposals == analysis.extraction.proposals
    assert found.extraction.remarks[-1] == "The plug-in 'chat' was set aside for this document: the endpoint answered 500."


def test_an_endpoint_that_is_not_there_is_said() -> None:
    chat = Chat({"url": "http://127.0.0.1:9", "model": "fake-model"})
    with pytest.raises(ChatFault, match="cannot be reached"):
        list(chat.propose("", ["A sentence."], {}))


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://127.0.0.1/v1", "127.0.0.1:8080", "http://"])
def test_only_http_is_an_address(url: str) -> None:
    with pytest.raises(ChatFault, match="no address" if url else "no endpoint is named"):
        Chat({"url": url, "model": "fake-model"})


def test_a_model_must_be_named() -> None:
    with pytest.raises(ChatFault, match="--chat-model"):
        Chat({"url": "http://127.0.0.1:9"})


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_an_address_may_be_given_short_or_whole(ending: str, server: FakeServer) -> None:
    list(Chat({"url": address(server) + ending, "model": "fake-model"}).propose("", ["A sentence."], {}))
    assert [path for path, _, _ in server.asked] == ["/v1/chat/completions"]


def test_a_long_document_is_sent_in_parts(server: FakeServer) -> None:
    sentences = [f"Sentence {number} is here. {'x' * 500}" for number in range(40)]
    list(Chat({"url": address(server), "model": "fake-model"}).propose("", sentences, {}))
    parts = [body["messages"][1]["content"] for _, _, body in server.asked]
    assert len(parts) > 1
    assert all(len(part) < 8_000 for part in parts)
    assert [sentence for sentence in sentences if not any(sentence in part for part in parts)] == []


def test_nothing_is_asked_unless_somebody_wants_it(server: FakeServer, desk: Desk, analysis: Analysis) -> None:
    Chat({"url": address(server), "model": "fake-model"})
    assert consulted(analysis, [], desk.extractor, desk.vocabulary) is analysis
    assert server.asked == []


def test_a_lost_process_is_the_end_of_a_plug_in(server: FakeServer) -> None:
    host = Host(Wanted("chat", {"url": address(server), "model": "fake-model"}))
    host.close()
    with pytest.raises(PluginFault, match="ended in the middle"):
        host.propose("", [], {})
