"""Words that a reviewer quotes: those of any sentence, and a refusal that says the truth of all others."""

import pytest

from graph import authority, profiles, vocabulary
from graph.decisions.acting import quoted
from graph.decisions.desk import Sheet
from graph.errors import SettingError
from graph.inputs import ProfileInput
from graph.versions import VERSION
from tests.graph.decisions.desks import IRIS, Desk

TEXT = "# The strategy\n\nSpain supports Europol.\n\n- Spain hosts a network.\n\n12\n\n| Body | Country |\n|---|---|\n| Europol | Spain |\n\n=====\n"


@pytest.fixture
def sheet(desk: Desk) -> Sheet:
    """A short document."""
    desk.path.write_text(TEXT, encoding="utf-8")
    words = vocabulary.load()
    given = profiles.context(authority.load(desk.folder / "authority", words), words, desk.folder / "rules", IRIS, VERSION)
    return profiles.read(ProfileInput(desk.path, None), given).sheet


@pytest.mark.parametrize("words", ["The strategy", "supports  Europol", "hosts a network", "| Europol | Spain |"])
def test_words_of_any_sentence_can_be_quoted(words: str, sheet: Sheet) -> None:
    found = quoted(words, sheet)
    assert TEXT[found.start : found.end] == found.quote == " ".join(words.split())


@pytest.mark.parametrize("words", ["12", "====="])
def test_what_belongs_to_no_sentence_is_refused_by_what_it_is(words: str, sheet: Sheet) -> None:
    with pytest.raises(SettingError, match=r"stand in no sentence of .*not a page number, a running header or a ruled line\.$"):
        quoted(words, sheet)
