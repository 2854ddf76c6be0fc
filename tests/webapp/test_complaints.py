"""What the parser says, as a sentence with its place."""

import pyoxigraph as ox
import pytest

from webapp.pool.complaints import explained


@pytest.mark.cases("complaints")
def test_a_complaint_becomes_a_sentence_with_its_place(case: dict[str, str]) -> None:
    message, line, column = explained(case["complaint"])
    assert message == case["sentence"]
    assert (str(line or ""), str(column or "")) == (case["line"], case["column"])


def test_the_parser_still_speaks_as_it_did() -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query("SELECT *\n{ ?s a ex:Foo }")
    assert explained(caught.value.msg) == ("Prefix not found.", 2, 14)
