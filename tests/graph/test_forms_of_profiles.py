"""The same template, set in many ways: front blocks, headings, pages, lists and tables."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph import sections, sentences, vocabulary
from graph.documents import Document

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "forms-of-profiles.yaml").read_text(encoding="utf-8"))
TEMPLATE = sections.Template(vocabulary.load().headings)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_profile_is_read_however_it_is_set(case: dict[str, Any]) -> None:
    document = Document("test-2018", Path("test-2018.md"), case["text"], "text/markdown", "", "")
    parts, front = sections.split(document, TEMPLATE)
    found = sentences.split(document, parts, front, frozenset())
    assert {name: span.of(document.text) for name, span in front.fields.items()} == case["front"]
    assert [section.key for section in parts] == case["sections"]
    assert [sentence.text for sentence in found if sentence.form != "front-block-line"] == case["sentences"]
