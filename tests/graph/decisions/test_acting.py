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


def read(desk: Desk) -> Sheet:
    """The document of a desk."""
    words = vocabulary.load()
    given = profiles.context(authority.load(desk.folder / "authority", words), words, desk.folder / "rules", IRIS, VERSION)
    return profiles.read(ProfileInput(desk.path, None), given).sheet


@pytest.fixture
def sheet(desk: Desk) -> Sheet:
    """A short document."""
    desk.path.write_text(TEXT, encoding="utf-8")
    return read(desk)


@pytest.mark.parametrize("words", ["The strategy", "supports  Europol", "hosts a network", "| Europol | Spain |"])
def test_words_of_any_sentence_can_be_quoted(words: str, sheet: Sheet) -> None:
    found = quoted(words, sheet)
    assert TEXT[found.start : found.end] == found.quote == " ".join(words.split())


@pytest.mark.parametrize("words", ["12", "====="])
def test_what_belongs_to_no_sentence_is_refused_by_what_it_is(words: str, sheet: Sheet) -> None:
    with pytest.raises(SettingError, match=r"stand in no sentence of .*not a page number, a running header or a ruled line\.$"):
        quoted(words, sheet)


TWICE = "# Plans\n\nSpain supports Europol.\n\nIt hosts a network. Spain supports\nEuropol. Spain, Spain!\n"


@pytest.mark.parametrize(
    ("words", "sentence", "found"),
    [
        ("Spain supports Europol.", 0, "Spain supports Europol."),
        ("Spain supports Europol.", 1, "Spain supports\nEuropol."),
        ("supports Europol", 1, "supports\nEuropol"),
        ("hosts a network", 0, "hosts a network"),
    ],
    ids=["the first", "the second", "a part of the second", "words that stand once, whatever sentence is named"],
)
def test_of_words_that_stand_there_more_than_once_those_of_a_sentence_are_taken(words: str, sentence: int, found: str, desk: Desk) -> None:
    desk.path.write_text(TWICE, encoding="utf-8")
    sheet = read(desk)
    same = [one for one in sheet.sentences if one.text.split() == ["Spain", "supports", "Europol."]]
    assert same[1].key == f"{same[0].key}-2"
    record = quoted(words, sheet, same[sentence].key)
    assert record.quote == found == TWICE[record.start : record.end]
    assert words == "hosts a network" or record.sentences == (same[sentence].key,)


@pytest.mark.parametrize(("words", "key"), [("Spain supports Europol.", ""), ("Spain supports Europol.", "no-such-key"), ("Spain", "LAST")])
def test_words_that_stand_more_than_once_in_what_is_named_are_refused(words: str, key: str, desk: Desk) -> None:
    desk.path.write_text(TWICE, encoding="utf-8")
    sheet = read(desk)
    with pytest.raises(SettingError, match=r"stand \d times in .*quote more of the sentence\.$"):
        quoted(words, sheet, sheet.sentences[-1].key if key == "LAST" else key)
