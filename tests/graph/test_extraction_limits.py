"""What is too long to be a sentence is set aside and named; the rest goes on."""

from tests.graph.test_extraction import FILLER, found_in, told

GOOD = "Spain participates in EMPACT."
TOO_LONG = {"a list": "Spain, " * 500, "one word": "a" * 100_000, "brackets": "(" * 2_000 + ")" * 2_000, "links": "[a](b) " * 2_000}


def test_what_is_too_long_is_set_aside_and_the_rest_goes_on() -> None:
    for name, words in TOO_LONG.items():
        text = f"{GOOD}{FILLER}\n\n{words}end.\n\nSpain is not a member of the Schengen Area."
        found = found_in(text)
        assert {"Spain participatesIn EMPACT", "Spain memberOf Schengen Area negated"} <= told(found), name
        assert [remark for remark in found.remarks if f"offset {text.index(words)}." in remark], name


def test_a_document_of_usual_sentences_has_no_remark() -> None:
    assert not found_in(GOOD + FILLER).remarks
