"""The process that examines one document: `python -m webapp.review.examiner`.

Its task comes as JSON on the standard input, what it finds goes as JSON to the standard output. A document that has to be
converted is converted first, in a process that is bounded even more; from then on this one makes and writes no file, starts
no program and opens no socket, whatever the document makes of the rules.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph import authority, documents, vocabulary
from graph.errors import DocumentError, LiaisonError
from graph.extraction import language, report
from graph.extraction.analysis import Analyst
from graph.extraction.extractor import Extractor
from graph.inputs import find
from graph.iris import Iris
from graph.profiles import context
from graph.reading import Limits, convert, kinds, stored
from graph.reading.cage import close
from graph.versions import VERSION
from webapp.review.examination import CONVERSION, Understood

_NO_MEMORY = (MemoryError, SystemError)
"""What is met where there is none left: libraries in C that get none may fail without saying why."""
_TEXTS = "texts"
_MOST_SECTIONS, _MOST_REMARKS, _LONGEST = 200, 30, 300
_WARMING = "The ministry of the interior of the country works with the police and with Europol."


def main() -> None:
    """Examine what the standard input names."""
    task = json.loads(sys.stdin.buffer.read())
    try:
        answer = _answer(Path(task["document"]), Path(task["data"]), task["base"], Limits(**task["limits"]))
    except _NO_MEMORY:
        answer = {"outcome": "memory"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


def _answer(path: Path, data: Path, base: str, limits: Limits) -> dict[str, Any]:
    try:
        _convert(path)
        documents.read(path, path.parent / _TEXTS)  # what cannot be read at all is refused before any rule is
        language.detect([_WARMING])  # the model comes in a file that is unpacked into another one
        close(limits)
        return {"outcome": "examined", **asdict(_understood(path, data, base))}
    except DocumentError as error:
        return {"outcome": "refused", "problem": error.problem, "remedy": error.remedy, "line": error.line}
    except LiaisonError as error:
        return {"outcome": "failed", "reason": str(error)}
    except _NO_MEMORY:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a document makes of the rules, a person must read that it did
        return {"outcome": "failed", "reason": f"{type(error).__name__}: {str(error)[:_LONGEST]}; please report this."}


def _convert(path: Path) -> None:
    """Put the text of a document that is none beside it."""
    if kinds.kind_of(path).reader:
        data = kinds.received(path)
        stored.keep(path.parent / _TEXTS, path.stem, data, convert(path, data, CONVERSION))


def _understood(path: Path, data: Path, base: str) -> Understood:
    folders, known = find(data), vocabulary.load()
    facts = authority.load(folders.authority, known)
    given = context(facts, known, folders.rules, Iris(base), VERSION)
    analyst = Analyst(Extractor(folders.rules, facts, known), given.lexicon, known.headings, given.abbreviations, path.parent / _TEXTS)
    found = analyst.analyse(path, path.stem)
    about, labels = found.about, given.lexicon.labels
    countries = sorted((actor.label, reference) for reference, actor in facts.actors.items() if actor.classname == "State")
    return Understood(
        title=about.title[:_LONGEST],
        country=about.country or "",
        country_name=labels[about.country] if about.country else "",
        year=about.year.stated if about.year else "",
        priority=about.priority[:_LONGEST],
        language=found.extraction.language or "",
        is_template=found.extraction.is_template,
        sections=tuple(section.title[:_LONGEST] for section in found.sections if section.title)[:_MOST_SECTIONS],
        letters=len(found.document.text),
        sentences=len(found.sentences),
        actors=len(found.extraction.actors),
        claims=len(found.extraction.proposals),
        remarks=tuple(remark[:_LONGEST] for remark in report.remarks(found))[:_MOST_REMARKS],
        converter=found.document.converter,
        countries=tuple((reference, label) for label, reference in countries),
    )


if __name__ == "__main__":
    main()
