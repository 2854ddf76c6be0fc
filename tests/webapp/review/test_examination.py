"""The examination of a document that is sent: apart, one at a time, and within its limits."""

import threading
import time
from pathlib import Path

import pytest

from graph.errors import LiaisonError, SettingError
from webapp.review import examination
from webapp.review.examination import Busy, Understood, examine

TEXT = "Spain is a member of Europol. It is represented in EMPACT.\n"
BASE = "https://example.org/"
FACTS = Understood(
    "Title",
    "",
    "",
    "",
    "",
    "en",
    is_template=False,
    sections=(),
    letters=80,
    sentences=3,
    actors=2,
    claims=1,
    remarks=(),
    converter="",
    countries=(),
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document that was sent."""
    path = tmp_path / "document.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_document_is_understood(document: Path, folder: Path) -> None:
    found = examine(document, "a.md", folder, BASE)
    assert (found.letters, found.sentences, found.language, found.country, found.converter) == (len(TEXT), 2, "en", "", "")
    assert found.claims >= 1
    assert ("country/ESP", "Spain") in found.countries
    assert list(document.parent.glob("*.md")) == [document]


def test_one_that_takes_too_long_is_ended(document: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "SECONDS", 0.05)
    with pytest.raises(SettingError, match="could not be examined within"):
        examine(document, "a.md", folder, BASE)


def test_one_keeps_to_its_memory(document: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "LIMITS", examination.Limits(memory=2**27))
    with pytest.raises(SettingError, match=r"a\.md: (examining it needs more than 128 MB of memory|its examination ended)"):
        examine(document, "a.md", folder, BASE)


def test_rules_that_cannot_be_read_are_told_without_a_path(document: Path, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "rules/en/relations.yaml").write_text("rules: [", encoding="utf-8")
    with pytest.raises(LiaisonError, match=r"^a\.md cannot be examined: rules or facts cannot be read") as told:
        examine(document, "a.md", folder, BASE)
    assert str(folder) not in str(told.value)
    assert str(folder) in caplog.text


def test_one_is_examined_at_a_time_and_few_wait(document: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most, goes_on = [0], [0], threading.Event()

    def slow(_: bytes) -> tuple[int, bytes]:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        goes_on.wait(10)
        at_once[0] -= 1
        return 0, examination.UNDERSTOOD.dump_json(FACTS)[:-1] + b',"outcome":"examined"}'

    monkeypatch.setattr(examination, "_run", slow)
    found: list[Understood] = []
    threads = [threading.Thread(target=lambda: found.append(examine(document, "a.md", folder, BASE))) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(2)  # all four have taken their places by then, also on a machine that is busy
    with pytest.raises(Busy, match="wait a minute, and send it again"):
        examine(document, "a.md", folder, BASE)
    goes_on.set()
    for thread in threads:
        thread.join()
    assert (found, most) == ([FACTS] * 4, [1])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.md", b" \r\n\t", "the file is empty"),
        ("empty.html", b"", "the file is empty"),
        ("empty.docx", b"", "the file is empty"),
        ("binary.txt", b"a\n\x80", "byte 2 is not UTF-8"),
        ("nul.md", b"a\0b", "NUL characters"),
        ("page.htm", b"%PDF-1.7 ...", "looks like a PDF file"),
        ("letter.pdf", b"PK\x03\x04", "looks like a zip archive"),
        ("letter.docx", b"a letter", "does not begin as a .docx file does"),
        ("long.txt", b"a" * (5 * 2**20 + 1), "the limit is 5,242,880"),
    ],
)
def test_what_is_plainly_wrong_is_refused_before_any_process_begins(
    name: str, content: bytes, says: str, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "_run", lambda _: pytest.fail("a process was started"))
    path = tmp_path / f"document{Path(name).suffix}"
    path.write_bytes(content)
    with pytest.raises(SettingError, match=says) as told:
        examine(path, name, folder, BASE)
    assert str(told.value).startswith(name)
    assert str(tmp_path) not in str(told.value)


@pytest.mark.parametrize("answer", [b"", b"{", b'{"outcome": "examined"}', b'{"outcome": "examined", "title": 7}', b"x" * 2**21])
def test_an_answer_that_is_none_is_a_refusal(answer: bytes, document: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "_run", lambda _: (-9, answer))
    with pytest.raises(SettingError, match=r"^a\.md: .+; send it again"):
        examine(document, "a.md", folder, BASE)
