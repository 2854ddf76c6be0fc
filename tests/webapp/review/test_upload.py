"""A new document by upload: what is understood of it, what a person confirms, and that nobody else and nothing hostile gets in."""

import io
import re
import threading
import zipfile
from collections.abc import Callable
from html import unescape
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from graph import documents
from graph.curation import sidecar
from graph.inputs import find
from graph.reading import stored
from tests.conftest import running
from tests.graph.renderings import as_docx, as_html
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.review import uploading
from webapp.review.examination import Understood

TEXT = "Participation in networks\n\nSpain is a member of Europol. It is represented in EMPACT.\n"
FACTS = Understood("Crime prevention policy", "", "", "", "", "en", False, ("A section",), 80, 3, 2, 1, (), "", (("country/ESP", "Spain"),))  # noqa: FBT003
CONFIRMED = {"key": "spain-2019-thb", "language": "en", "public": "yes"}
LARGE = 6 * 2**20


def form(who: Reviewer, name: str, content: bytes) -> bytes:
    """A form with a document as browsers send it."""
    head = f'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n{who.form}\r\n--x\r\n'
    head += f'Content-Disposition: form-data; name="document"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n"


def send(who: Reviewer, name: str, content: bytes, status: int = 303) -> TestResponse:
    """Send a document."""
    answer = who.client.post("/review/upload", data=form(who, name, content), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == status, answer.text
    return answer


def draft(answer: TestResponse) -> str:
    """The id of what was sent."""
    return answer.headers["Location"].partition("draft=")[2]


def problem(page: str) -> str:
    """What a page says is wrong."""
    found = re.search(r'<p class="problem" role="alert">(.*?)</p>', page)
    assert found, page
    return unescape(found[1])


def uploads(desk: Flask) -> list[Path]:
    """What waits to be taken."""
    return list((desk.extensions["config"].releases / "uploads").glob("*/*"))


def files(folder: Path) -> set[str]:
    """The files of a data folder that are its own."""
    return {
        path.relative_to(folder).as_posix() for room in ("profiles", "claims", "texts", "decisions") for path in (folder / room).glob("*")
    }


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is examined, and every document is found to be the same."""
    monkeypatch.setattr(uploading, "examine", lambda *_: FACTS)


def test_a_text_is_shown_as_it_was_understood_and_is_a_profile_once_it_is_confirmed(ana: Reviewer, desk: Flask, folder: Path) -> None:
    before, content = files(folder), TEXT.replace("\n", "\r\n").encode()
    answer = send(ana, "Spain 2019 THB.md", content)
    page = ana.page(answer.headers["Location"])
    for words in ("Spain 2019 THB.md", "not stated", "3 sentences", 'value="spain-2019-thb"', '<option value="country/ESP">Spain</option>'):
        assert words in page
    assert re.search(r"Claims that the rules propose</dt><dd><bdi>[12]<", page)
    assert files(folder) == before
    fields = CONFIRMED | {"country": "country/ESP", "year": "2019", "publisher": "Home  Office", "terms": "CC BY 4.0: text"}
    answer = ana.post("/review/take", draft=draft(answer), **fields, source="https://example.org/a?b=c", title='A "title"', priority="")
    assert answer.headers["Location"] == "/review/profile/spain-2019-thb"
    assert files(folder) - before == {"profiles/spain-2019-thb.md", "claims/spain-2019-thb.yaml"}
    assert (folder / "profiles/spain-2019-thb.md").read_bytes() == content
    kept = sidecar.read(folder / "claims/spain-2019-thb.yaml")
    assert kept.document.values == {
        "title": 'A "title"', "publisher": "Home Office", "terms": "CC BY 4.0: text", "language": "en", "source": "https://example.org/a?b=c",
        "country": "country/ESP", "year": "2019", "basis": "confirmed at upload by a reviewer",
    }  # fmt: skip
    assert (kept.profile, kept.claims, kept.actors) == ("spain-2019-thb", [], [])
    assert "ana" not in (folder / "claims/spain-2019-thb.yaml").read_text(encoding="utf-8").split()
    assert uploads(desk) == []
    assert ana.office.table("spain-2019-thb").waiting
    assert "A &#34;title&#34;" in ana.page("/review/profile/spain-2019-thb")


def test_what_the_front_block_states_is_shown_and_not_asked(ana: Reviewer, folder: Path, data: Path) -> None:
    answer = send(ana, "again.txt", (data / "profiles" / f"{KEY}.txt").read_bytes())
    page = ana.page(answer.headers["Location"])
    assert "<bdi>Spain</bdi> <span" in page
    assert "<bdi>2018</bdi> <span" in page
    assert 'name="country"' not in page
    assert 'name="year"' not in page
    ana.post("/review/take", draft=draft(answer), **CONFIRMED | {"country": "country/FRA", "year": "1999"})
    kept = sidecar.read(folder / "claims/spain-2019-thb.yaml").document.values
    assert kept == {"publisher": "unknown", "terms": "unknown", "language": "en"}


@pytest.mark.parametrize(("make", "ending"), [(as_html, ".html"), (as_docx, ".docx")])
def test_a_document_that_is_converted_is_kept_as_received_and_with_its_text(
    make: Callable[[str], bytes], ending: str, ana: Reviewer, folder: Path
) -> None:
    content = make("## Heading\n\nSpain is a member of Europol. It works with INTERPOL on all matters of the plan.")
    if ending == ".html":
        content = content.replace(b"Spain is", b"<script>alert(1)</script>Spain is &lt;script&gt;alert(2)&lt;/script&gt;")
    answer = send(ana, f"spain{ending}", content)
    page = ana.page(answer.headers["Location"])
    assert "<script>alert" not in page
    ana.post("/review/take", draft=draft(answer), **CONFIRMED)
    path = folder / f"profiles/spain-2019-thb{ending}"
    assert path.read_bytes() == content
    assert stored.is_kept(folder / "texts", "spain-2019-thb")
    read = documents.read(path, folder / "texts")
    assert "Spain is" in read.text
    assert read.converter
    assert [item.key for item in find(folder).profiles] == [KEY, "spain-2019-thb"]
    assert "<script>alert" not in ana.page("/review/text/spain-2019-thb")


def bomb() -> bytes:
    """A Word file that unpacks to far more than it has."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 300_000_000)
    return made.getvalue()


UNREADABLE: list[tuple[str, bytes, str]] = [
    ("virus.exe", b"MZ", "Files ending in .exe cannot be read; save the document as one of .md, .txt"),
    ("document", b"text", "Files ending in nothing cannot be read"),
    ("", b"text", "No document was chosen"),
    ("empty.txt", b"", "empty.txt: the file is empty; put the document's text into it"),
    ("empty.pdf", b"", "empty.pdf: the file is empty"),
    ("empty.html", b"", "empty.html: the file is empty"),
    ("binary.txt", bytes(range(256)), "binary.txt, line 2: byte 128 is not UTF-8; save the file in UTF-8"),
    ("nul.md", b"a\0b", "the file holds NUL characters, so it is no text"),
    ("page.txt", b"%PDF-1.7 ...", "looks like a PDF file"),
    ("letter.pdf", b"PK\x03\x04", "looks like a zip archive"),
    ("broken.docx", b"PK\x03\x04broken", "broken.docx: "),
    ("bomb.docx", bomb(), "bomb.docx: "),
    ("long.md", b"word " * (5 * 2**20 // 5 + 1), "the limit is 5,242,880; cut it into one document a profile"),
]


def test_what_cannot_be_read_is_refused_in_a_sentence_and_nothing_of_it_is_left(ana: Reviewer, desk: Flask, folder: Path) -> None:
    before = files(folder)
    for name, content, says in UNREADABLE:
        told = problem(send(ana, name, content, 422).text)
        assert says in told
        assert told.endswith(".")
        assert str(desk.extensions["config"].releases) not in told
        assert "document." not in told
        assert uploads(desk) == []
    assert files(folder) == before


NAMES = [
    ("../../../etc/Passwd.md", "passwd"),
    ("C:\\\\files\\\\System.txt", "system"),
    (f"{'a' * 300}.md", "a" * 100),
    ("España 2018 (fin).MD", "espana-2018-fin"),
    ("<script>alert(1)</script>.md", "script"),
    ("...md", "document"),
]


@pytest.mark.usefixtures("quick")
def test_a_name_gives_a_key_and_no_place(ana: Reviewer, desk: Flask, folder: Path) -> None:
    before = set(folder.rglob("*"))
    for name, key in NAMES:
        sent = draft(send(ana, name, TEXT.encode()))
        page = ana.page(f"/review/upload?draft={sent}")
        assert f'name="key" type="text" value="{key}"' in page
        assert "<script>alert" not in page
        there = {path.name: {one.stem for one in path.iterdir()} for path in uploads(desk)}
        assert there[sent] == {"document", "draft"}
    assert set(folder.rglob("*")) == before


UNCONFIRMED = [
    ({"key": "Spain"}, "'Spain' is no key"),
    ({"key": "../spain"}, "is no key"),
    ({"key": ""}, "'' is no key"),
    ({"key": "a" * 101}, "100 are the most"),
    ({"key": "nul"}, "'nul' is the name of a device on some systems"),
    ({"key": "empact"}, "An actor of the authority files has a key that begins with empact"),
    ({"key": KEY}, f"profiles/{KEY}.txt: the file is there already, and nothing is overwritten; choose another key."),
    ({"public": ""}, "Confirm that the document is public"),
    ({"country": "country/XXX"}, "The country is none that is known"),
    ({"year": "19"}, "The year is none"),
    ({"year": "٢٠١٩"}, "The year is none"),
    ({"language": "English"}, "The language is no code"),
    ({"source": "javascript:alert(1)"}, "The source is no address of a page"),
    ({"source": "https://a b"}, "The source is no address of a page"),
    ({"publisher": "a" * 301}, "The publisher has 301 letters"),
    ({"terms": "a\u202eb"}, "a character that nobody can see"),
    ({"title": "a\x00b"}, "a character that nobody can see"),
]


@pytest.mark.usefixtures("quick")
def test_what_cannot_be_confirmed_is_said_and_what_was_written_is_kept(ana: Reviewer, desk: Flask, folder: Path) -> None:
    before, sent = files(folder), draft(send(ana, "spain.md", TEXT.encode()))
    for change, says in UNCONFIRMED:
        page = ana.post("/review/take", 422, draft=sent, **CONFIRMED | {"publisher": "Home Office"} | change).text
        assert says in problem(page)
        assert 'value="Home Office"' in page or "publisher" in change
    assert files(folder) == before
    ana.post("/review/take", draft=sent, **CONFIRMED)
    assert uploads(desk) == []


@pytest.mark.usefixtures("quick")
def test_words_of_any_kind_come_out_of_the_side_car_as_they_went_in(ana: Reviewer, folder: Path) -> None:
    words = "- a: 'b' \"c\" # d\\n {e} [f] & * ! | > % @ `g` \U0001f1ea \u00e9"
    sent = draft(send(ana, "spain.md", TEXT.encode()))
    ana.post("/review/take", draft=sent, **CONFIRMED, publisher=f"{words}\n\u2028claims:\n- claim: x", priority="true")
    kept = sidecar.read(folder / "claims/spain-2019-thb.yaml")
    assert kept.document.values["publisher"] == f"{words} claims: - claim: x"
    assert kept.document.values["priority"] == "true"
    assert kept.claims == []


@pytest.mark.usefixtures("quick")
def test_a_document_that_was_withdrawn_does_not_come_back_under_its_key(ana: Reviewer, folder: Path) -> None:
    (folder / "decisions").mkdir()
    row = "reference,successor,start,end,text_hash,date,reason\nprofile/spain-2019-thb,,,,,2026-03-01,the publisher asked\n"
    (folder / "decisions/retired.csv").write_text(row, encoding="utf-8")
    sent = draft(send(ana, "spain.md", TEXT.encode()))
    assert "was withdrawn, and is not taken in again" in problem(ana.post("/review/take", 422, draft=sent, **CONFIRMED).text)


@pytest.mark.usefixtures("quick")
def test_all_is_written_or_nothing(ana: Reviewer, desk: Flask, folder: Path) -> None:
    (folder / "claims").write_text("no folder")
    before, sent = files(folder), draft(send(ana, "spain.md", TEXT.encode()))
    told = problem(ana.post("/review/take", 422, draft=sent, **CONFIRMED).text)
    assert "The profile spain-2019-thb cannot be written" in told
    assert str(folder) not in told
    assert files(folder) == before
    assert len(uploads(desk)) == 1


@pytest.mark.usefixtures("quick")
def test_of_two_who_take_the_same_key_at_once_one_gets_it(ana: Reviewer, sign_in: Callable[[str], Reviewer], folder: Path) -> None:
    both = [ana, sign_in("ben")]
    sent = [draft(send(who, f"spain.{ending}", who.handle.encode() * 20)) for who, ending in zip(both, ("md", "txt"), strict=True)]
    codes: list[int] = []

    def take(who: Reviewer, id_: str) -> None:
        codes.append(who.client.post("/review/take", data={"form": who.form, "draft": id_, **CONFIRMED}).status_code)

    threads = [threading.Thread(target=take, args=pair) for pair in zip(both, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [303, 422]
    assert len([path for path in files(folder) if "spain-2019-thb" in path]) == 2
    assert len([item for item in find(folder).profiles if item.key == "spain-2019-thb"]) == 1


@pytest.mark.usefixtures("quick")
def test_an_upload_is_seen_and_taken_once_by_who_sent_it_alone(ana: Reviewer, sign_in: Callable[[str], Reviewer]) -> None:
    sent, ben = draft(send(ana, "spain.md", TEXT.encode())), sign_in("ben")
    ben.page(f"/review/upload?draft={sent}", 404)
    ben.post("/review/take", 404, draft=sent, **CONFIRMED)
    ana.post("/review/take", draft=sent, **CONFIRMED)
    assert "There is no such upload any more" in ana.post("/review/take", 404, draft=sent, **CONFIRMED | {"key": "other"}).text
    for id_ in ("../uploads", "0" * 32, "%00", "a" * 5000):
        ana.page(f"/review/upload?draft={id_}", 404)


def test_nobody_uploads_without_a_session_without_the_form_or_from_another_site(ana: Reviewer, desk: Flask, folder: Path) -> None:
    before = files(folder)
    stranger = desk.test_client()
    for address in ("/review/upload", "/review/take"):
        assert stranger.post(address, data={"document": (io.BytesIO(b"text"), "a.md")}).status_code == 403
        assert ana.client.post(address, data={"document": (io.BytesIO(b"text"), "a.md")}).status_code == 403
        foreign = {"form": ana.form, "document": (io.BytesIO(b"text"), "a.md")}
        assert ana.client.post(address, data=foreign, headers={"Origin": "https://example.org"}).status_code == 403
    assert stranger.get("/review/upload").status_code == 303
    assert uploads(desk) == []
    assert files(folder) == before


class Unreadable(io.BytesIO):
    """A body of which nothing may be read."""

    def read(self, *_: object) -> bytes:
        """Nobody may."""
        message = "the body was read"
        raise AssertionError(message)

    readline = readinto = read  # type: ignore[assignment]


def test_a_large_body_of_a_stranger_is_refused_unread(desk: Flask) -> None:
    for size, status in ((LARGE, 403), (50 * 2**20, 413)):
        body = Unreadable(bytes(size))
        kind = "multipart/form-data; boundary=x"
        assert desk.test_client().post("/review/upload", input_stream=body, content_type=kind).status_code == status


def test_a_document_above_the_limit_is_refused_in_a_sentence_and_no_other_form_may_be_so_large(ana: Reviewer) -> None:
    answer = send(ana, "large.pdf", b"%PDF-" + b"a" * 11 * 2**20, 413)
    assert "10 MB are the most. Cut it into one document a profile" in answer.text
    large = form(ana, "a.md", b"a" * 2 * 2**20)
    for address in ("/review/take", "/review/decide"):
        assert ana.client.post(address, data=large, content_type="multipart/form-data; boundary=x").status_code == 413


def posted(port: int, cookie: str, length: int, body: bytes = b"", address: str = "/review/upload") -> str:
    """What the server answers to so long a body, of which only the beginning is sent unless it is whole."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.putrequest("POST", address)
        for name, value in (("Cookie", cookie), ("Content-Type", "multipart/form-data; boundary=x"), ("Content-Length", str(length))):
            connection.putheader(name, value)
        connection.endheaders(body or None)
        response = connection.getresponse()
        return f"{response.status} {response.read().decode()}"
    finally:
        connection.close()


def test_the_server_takes_a_large_body_from_reviewers_alone_and_only_for_a_document(ana: Reviewer, desk: Flask) -> None:
    cookie = ana.client.get_cookie("liaison_review", path="/review")
    assert cookie
    own = f"liaison_review={cookie.value}"
    content = form(ana, "a.md", b"word " * (LARGE // 5))
    with running(desk) as port:
        assert posted(port, own, len(content), content).startswith("422 ")
        for stranger in ("", "liaison_review=forged", f"{own}x"):
            assert posted(port, stranger, LARGE).startswith("413 ")
        assert posted(port, own, LARGE, address="/review/take").startswith("413 ")
        answer = posted(port, own, 50 * 2**20)
        assert answer.startswith("413 ")
        assert "10 MB are the most" in answer
