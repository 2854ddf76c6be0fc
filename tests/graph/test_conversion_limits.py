"""What no conversion may do, and files that no conversion sees: each limit is shown to hold, and not to hold without it."""

import io
import os
import struct
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from graph import documents
from graph.errors import DocumentError
from graph.reading import Limits, cage, convert, process
from graph.reading.refusal import Refusal
from tests.graph.renderings import Words, as_docx, pages

LIMITS = Limits(cpu_seconds=20, wall_seconds=60.0)
TARGET = """
import os, socket, subprocess, sys, time
from graph.reading.converted import Converted
from graph.reading.places import Places

def convert(data):
    told = {action}
    text = f"done {{told}}"
    return Converted(text, "greedy", Places("page", (0,), (1,)))
"""


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Makes a converter that does something else, and gives its name."""

    def make(action: str) -> str:
        (tmp_path / "greedy.py").write_text(TARGET.format(action=action), encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        return "greedy"

    return make


GREEDY = {
    "processor time": ("next(1 for _ in iter(int, 1) if time.process_time() > 1.6)", {"cpu_seconds": 1}, "took more than 1 seconds of processor time"),
    "time on the clock": ("time.sleep(2)", {"wall_seconds": 1.0}, "took longer than 1 seconds"),
    "memory": ("len(bytearray(300 * 2**20))", {"memory": 2**28}, "needs more than 256 MB of memory"),
    "output": ("'x' * 2**20", {"output": 2**18}, "larger than 262,144 bytes"),
    "open files": ("len([os.dup(0) for _ in range(25)])", {"open_files": 16}, "Too many open files"),
}  # fmt: skip
"""What a converter does, the limit that it breaks, and what is said of it."""


@pytest.mark.parametrize("kind", GREEDY)
def test_a_converter_that_takes_too_much_is_stopped(kind: str, target: Callable[[str], str]) -> None:
    action, limit, message = GREEDY[kind]
    began = time.monotonic()
    with pytest.raises(Refusal, match=message):
        process.convert(b"", target(action), replace(LIMITS, **limit))
    assert time.monotonic() - began < 20
    assert [child.name() for child in psutil.Process().children() if "graph.reading.worker" in " ".join(child.cmdline())] == []


@pytest.mark.parametrize("kind", GREEDY)
def test_the_same_converter_passes_under_wider_limits(kind: str, target: Callable[[str], str]) -> None:
    assert process.convert(b"", target(GREEDY[kind][0]), LIMITS).text.startswith("done")


FORBIDDEN = {
    "write to a file": "os.close(os.open({there!r}, os.O_WRONLY))",
    "make a file": "os.close(os.open({new!r}, os.O_WRONLY | os.O_CREAT))",
    "cut a file short": "os.truncate({there!r}, 0)",
    "remove a file": "os.unlink({there!r})",
    "make a folder": "os.mkdir({new!r})",
    "run a program": "subprocess.run(['/bin/true'])",
    "open a socket": "socket.socket().close()",
}


@pytest.mark.skipif(not cage.guards_files(), reason="this kernel has no Landlock, and refuses writing only")
@pytest.mark.parametrize("kind", FORBIDDEN)
def test_a_converter_may_not(kind: str, target: Callable[[str], str], tmp_path: Path) -> None:
    there, new = tmp_path / "there", tmp_path / "new"
    there.write_bytes(b"as it was")
    action = FORBIDDEN[kind].format(there=str(there), new=str(new))
    with pytest.raises(Refusal, match="PermissionError"):
        process.convert(b"", target(action), LIMITS)
    assert (there.read_bytes(), new.exists()) == (b"as it was", False)
    exec(f"import os, socket, subprocess\n_ = {action}")  # noqa: S102  # shows that nothing but the cage refused it


def test_a_converter_sees_no_setting_of_the_program(target: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_SECRET", "word")
    told = process.convert(b"", target("sorted(os.environ)"), LIMITS).text
    assert "LIAISON_SECRET" not in told
    assert "PYTHONPATH" in told


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ("os.abort()", r"ended in the middle \(SIGABRT\)"),
        ("os.kill(os.getpid(), 9)", r"ended in the middle \(SIGKILL\)"),
        ("os._exit(3)", r"ended in the middle \(status 3\)"),
        ("1 / 0", r"could not cope with it \(ZeroDivisionError: division by zero\)"),
        ("(lambda again: again(again))(lambda again: again(again))", "RecursionError"),
        ("[os.write(1, b'{}'), os._exit(0)]", "cannot be used"),
        ("[os.write(1, b'[[['), os._exit(0)]", "cannot be used"),
        ("[os.write(1, b'{\"outcome\": \"converted\", \"text\": \"\"}'), os._exit(0)]", "cannot be used"),
        ("'x' * (5 * 2**20)", "its text is longer than 5,242,880 bytes"),
    ],
)  # fmt: skip
def test_a_converter_that_breaks_is_reported(action: str, message: str, target: Callable[[str], str]) -> None:
    with pytest.raises(Refusal, match=message):
        process.convert(b"", target(action), LIMITS)


@pytest.mark.parametrize("ending", ["txt", "md", "html", "htm", "pdf", "docx"])
def test_a_file_of_200_megabytes_is_refused_unread(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"huge-2018.{ending}"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    with pytest.raises(DocumentError, match=r"209,715,200 bytes, the limit is (5,242,880|52,428,800)"):
        documents.read(path)


def test_a_pipe_named_like_a_document_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe-2018.pdf")
    with pytest.raises(DocumentError, match="this is no file"):
        documents.read(tmp_path / "pipe-2018.pdf")


def test_only_documents_that_are_no_text_are_converted(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="are text already"):
        convert(tmp_path / "text-2018.txt")


def archive(**parts: bytes) -> bytes:
    """A zip archive; the names have `_` for `/` and no ending."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("_", "/") + ".xml", content)
    return file.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A Word file in which one part is another."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx("Words."))) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            content = given.read(entry)
            made.writestr(entry.filename, change(content) if entry.filename == name else content)
    return file.getvalue()


def lying() -> bytes:
    """A Word file with a part of 20 MB that says it has 100 bytes."""
    size = 20 * 2**20
    return archive(word_document=bytes(size)).replace(struct.pack("<L", size), struct.pack("<L", 100))


def many_parts() -> bytes:
    """A zip archive of many small parts."""
    return archive(**{f"part{number}": b"" for number in range(4001)})


def with_entity(content: bytes) -> bytes:
    """The part with a document type that names a file."""
    doctype = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    head, _, rest = content.partition(b"?>")
    return head + b"?>" + doctype + rest.replace(b"Words.", b"&e;")


def scan() -> bytes:
    """A PDF with a picture and no text."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawImage(ImageReader(Image.new("L", (50, 50), 128)), 72, 500)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def damaged() -> bytes:
    """A PDF whose middle is gone."""
    whole = pages([[Words(72, 700, "Words.")]])
    return whole[:200] + whole[-40:]


REFUSED = {
    "zip-bomb.docx": (lambda: archive(word_document=bytes(20 * 2**20)), "'word/document.xml' inflates to 20,971,520 bytes out of .*, as zip bombs do"),
    "large.docx": (lambda: archive(word_document=b"", word_media=bytes(129 * 2**20)), "its parts inflate to 135,266,304 bytes, the limit is 134,217,728"),
    "much-text.docx": (lambda: archive(word_document=os.urandom(2**20) * 33), "its text inflates to 34,603,008 bytes, the limit is 33,554,432"),
    "lying.docx": (lying, "the file is damaged .*CRC"),
    "many.docx": (many_parts, "the archive holds 4,001 parts, the limit is 4,000"),
    "spreadsheet.docx": (lambda: archive(xl_workbook=b"<w/>"), "no Word file: it holds no word/document.xml"),
    "entity.docx": (lambda: with_part("word/document.xml", with_entity), "'word/document.xml' defines a document type"),
    "broken.docx": (lambda: with_part("word/document.xml", lambda content: content[:-30]), "the Word file is damaged"),
    "no-text.docx": (lambda: as_docx(""), "the Word file holds no text"),
    "password.pdf": (lambda: pages([[Words(72, 700, "Words.")]], encrypt="secret"), "protected with a password; save it without a password"),
    "damaged.pdf": (damaged, "damaged and cannot be opened; open it in a reader of PDF and print it to a new file"),
    "scan.pdf": (scan, "no text, as scanned pages do; recognise its text, for example with ocrmypdf"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_good_is_refused_with_a_remedy(name: str, tmp_path: Path) -> None:
    make, message = REFUSED[name]
    (tmp_path / name).write_bytes(make())
    with pytest.raises(DocumentError, match=message) as refused:
        documents.read(tmp_path / name)
    assert str(refused.value).startswith(f"{tmp_path / name}: ")
    assert (refused.value.stops, bool(refused.value.remedy)) == (False, True)


HARD = {
    "nested boxes": "<div>" * 200_000 + "Words." + "</div>" * 200_000,
    "nested marks": "<b><i>" * 100_000 + "Words.",
    "nested lists": "<ul><li>" * 100_000 + "Words.",
    "nested tables": "<table><tr><td>" * 50_000 + "Words.",
    "cells": "<table><tr>" + "<td>x" * 100_000 + "</table>Words.",
    "references": "&lt;" * 200_000 + "Words.",
    "attributes": f"<p {'a ' * 500_000}>Words.",
}
"""Pages that are hard on a parser."""


@pytest.mark.parametrize("name", HARD)
def test_a_page_that_is_hard_on_a_parser_is_read_or_refused_in_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name.replace(' ', '-')}.html"
    path.write_text(HARD[name], encoding="utf-8")
    began = time.monotonic()
    try:
        assert "Words." in convert(path, limits=replace(LIMITS, cpu_seconds=10)).text
    except DocumentError as error:
        assert "processor time" in str(error)  # noqa: PT017
    assert time.monotonic() - began < 40
