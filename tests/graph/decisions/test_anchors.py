"""Where the words of a decision stand in a text that has changed; never where something else is said."""

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions.anchors import CLOSE, Anchor, Anchorage, with_proposal
from graph.decisions.records import EvidenceRecord
from graph.sentences import Sentence
from tests.graph.decisions.edits import NAMES, edited, text_of, written
from tests.graph.decisions.making import CUES, evidence, split

TEXT = """Prevention

Spain is a member of Europol and of INTERPOL. The National Police works with twelve NGOs on prevention.
It is a member of the working group. The group meets in The Hague every year.

The Ministry chairs the forum. It is a member of the working group.
"""
MEMBER = "Spain is a member of Europol and of INTERPOL."
NGOS = "The National Police works with twelve NGOs on prevention."
AGAIN = "It is a member of the working group."


def found(text: str, record: EvidenceRecord) -> tuple[str, str]:
    """State of an anchor in a text, and the words that it leads to."""
    anchor = Anchorage(text, split(text), CUES).anchor(record)
    return anchor.state, anchor.span.of(text) if anchor.span else ""


KEPT = {
    "the-same-text": (MEMBER, 1, TEXT, "exact", MEMBER),
    "changes-behind-it": (MEMBER, 1, TEXT.replace("every year", "each year"), "exact", MEMBER),
    "words-put-before-it": (MEMBER, 1, "A new line.\n\n" + TEXT, "moved", MEMBER),
    "another-order": (NGOS, 1, "\n\n".join(reversed(TEXT.split("\n\n"))), "moved", NGOS),
    "wrapped-anew": (NGOS, 1, TEXT.replace("with twelve", "with\ntwelve"), "moved", NGOS.replace("with twelve", "with\ntwelve")),
    "in-capitals": (AGAIN, 1, TEXT.replace(AGAIN, AGAIN.upper(), 1), "moved", AGAIN.upper()),
    "the-second-of-two": (AGAIN, 2, TEXT, "exact", AGAIN),
    "the-second-of-two-comes-first": (AGAIN, 2, "\n\n".join([TEXT.split("\n\n")[2], TEXT.split("\n\n")[1]]), "moved", AGAIN),
    "only-the-second-of-two-is-left": (AGAIN, 2, TEXT.replace(AGAIN + " The group", "The group"), "moved", AGAIN),
    "a-part-of-a-sentence": ("Spain is a member of Europol", 1, "New.\n\n" + TEXT, "moved", "Spain is a member of Europol"),
    "a-part-of-a-sentence-wrapped-anew": ("of Europol and", 1, TEXT.replace("of Europol", "of\nEuropol"), "moved", "of\nEuropol and"),
    "a-part-of-a-sentence-in-capitals": ("member of Europol", 1, "Oh.\n\n" + TEXT.replace(MEMBER, MEMBER.upper()), "moved", "MEMBER OF EUROPOL"),
    "two-sentences": (f"{MEMBER} {NGOS}", 1, "New.\n\n" + TEXT, "moved", f"{MEMBER} {NGOS}"),
    "one-sentence-that-is-two-now": ("Spain met France approx. Three times.", 1, "Spain met France approx. Three times.", "exact", "Spain met France approx. Three times."),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_the_same_words_are_found(name: str) -> None:
    words, occurrence, text, state, there = KEPT[name]
    before = text if name == "one-sentence-that-is-two-now" else TEXT
    record = evidence(before, words, occurrence, known=split(before, known={"approx"}))
    assert found(text, record) == (state, there)


def test_of_two_places_with_the_same_words_the_one_with_the_same_neighbours_is_taken() -> None:
    first, second = evidence(TEXT, AGAIN, 1), evidence(TEXT, AGAIN, 2)
    parts = TEXT.split("\n\n")
    text = "\n\n".join([parts[0], parts[2].strip(), parts[1]])
    anchorage = Anchorage(text, split(text), CUES)
    places = [anchorage.anchor(record).span for record in (first, second)]
    assert [place.start for place in places if place] == [text.rindex(AGAIN), text.index(AGAIN)]


@pytest.mark.parametrize(
    ("words", "now"),
    [
        pytest.param(NGOS, "The National Police works with twelve NGOs on early prevention.", id="a-word-more"),
        pytest.param(NGOS, "The National Police works with twelve NGOs on preventoin.", id="a-slip"),
        pytest.param(NGOS, "The National Police works togther with twelve NGOs on prevention.", id="more-letters"),
        pytest.param(MEMBER, "Spain is a full member of Europol and of INTERPOL.", id="an-adjective"),
    ],
)
def test_words_that_changed_a_little_are_found_and_need_a_look(words: str, now: str) -> None:
    text = TEXT.replace(words, now)
    assert found(text, evidence(TEXT, words)) == ("changed", now)
    assert Anchorage(text, split(text), CUES).anchor(evidence(TEXT, words)).needs_a_look


@pytest.mark.parametrize(
    ("words", "now"),
    [
        pytest.param(MEMBER, "Spain is not a member of Europol and of INTERPOL.", id="denied"),
        pytest.param(MEMBER, "Spain is a member of Europol and not of INTERPOL.", id="denied-in-part"),
        pytest.param(MEMBER, "Spain is no longer a member of Europol and of INTERPOL.", id="ended"),
        pytest.param(MEMBER, "Spain may be a member of Europol and of INTERPOL.", id="possible"),
        pytest.param(MEMBER, "France is a member of Europol and of INTERPOL.", id="another-subject"),
        pytest.param(MEMBER, "Spain is a member of Eurojust and of INTERPOL.", id="another-object"),
        pytest.param(MEMBER, "Spain is a member of Europol and of INTERPOL until 2019.", id="with-an-end"),
        pytest.param(MEMBER, "Spain and France are members of Europol and of INTERPOL.", id="a-name-more"),
        pytest.param("Spain is a member of Europol", "It is not true that Spain is a member of Europol and of INTERPOL.", id="denied-before-the-quote"),
        pytest.param("Spain is a member of Europol", "Spain is a member of Europol and of INTERPOL, which it must leave.", id="changed-behind-the-quote"),
        pytest.param(MEMBER, "Spain is a member of INTERPOL and of Europol.", id="names-in-another-order"),
        pytest.param(MEMBER, "", id="removed"),
    ],
)  # fmt: skip
def test_what_says_something_else_is_never_taken_for_it(words: str, now: str) -> None:
    assert found(TEXT.replace(MEMBER, now), evidence(TEXT, words)) == ("missing", "")


def test_a_cue_may_be_an_ending() -> None:
    before, now = "España coordina la red con otros países.", "España coordinará la red con otros países."
    record = evidence(before, before)
    assert Anchorage(now, split(now), ("*ará", "no")).anchor(record).state == "missing"
    assert Anchorage(now, split(now), ("no",)).anchor(record).state == "changed"


def test_without_rules_for_a_language_no_other_wording_is_trusted() -> None:
    now = NGOS.replace("prevention", "preventoin")
    assert Anchorage(now, split(now), None).anchor(evidence(TEXT, NGOS)).state == "missing"
    assert Anchorage(NGOS, split(NGOS), None).anchor(evidence(TEXT, NGOS)).state == "moved"


def test_the_guard_can_fail() -> None:
    text = TEXT.replace(MEMBER, MEMBER.replace("is a", "is not a"))
    assert Anchorage(text, split(text), ()).anchor(evidence(TEXT, MEMBER)).state == "changed"


def test_a_claim_that_only_people_make_is_marked_so() -> None:
    exact, missing = Anchor("exact"), Anchor("missing")
    assert with_proposal(exact, is_added=True, is_proposed=False).state == "humanOnly"
    assert with_proposal(exact, is_added=True, is_proposed=True) == exact
    assert with_proposal(exact, is_added=False, is_proposed=False) == exact
    assert with_proposal(missing, is_added=True, is_proposed=False) == missing


def test_an_empty_text_holds_nothing() -> None:
    assert Anchorage("", [], CUES).anchor(evidence(TEXT, MEMBER)) == Anchor("missing")


@given(st.integers(0, 2**32), st.integers(1, 12), st.integers(0, 15))
def test_any_edits_leave_each_decision_with_its_own_sentence(seed: int, length: int, edits: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # for tests
    before = [written(chance, number) for number in range(length)]
    text = text_of(before, chance)
    known = split(text)
    records = {}
    for sentence in before:
        there = next(s for s in known if sentence.mark in s.text)
        records[sentence.mark] = evidence(text, there.text, known=known)
    after = before
    for _ in range(edits):
        after = edited(after, chance)
    now = text_of(after, chance)
    anchorage = Anchorage(now, split(now), CUES)
    first = {sentence.mark: sentence for sentence in before}
    states = {sentence.mark: sentence.since(first[sentence.mark]) for sentence in after if sentence.mark in first}
    for mark, record in records.items():
        check(mark, record, anchorage.anchor(record), states.get(mark, "gone"), now)


def check(mark: str, record: EvidenceRecord, anchor: Anchor, state: str, now: str) -> None:
    """An anchor leads to what became of its sentence, or nowhere."""
    there = anchor.span.of(now) if anchor.span else ""
    if anchor.state == "changed":
        assert anchor.likeness >= CLOSE
        assert re.findall("|".join(NAMES), there) == re.findall("|".join(NAMES), record.quote)
        assert " not " not in there
        assert "plans to" not in there
    else:
        assert (mark in there) == (anchor.state != "missing")
    match state:
        case "same":
            assert anchor.state in ("exact", "moved")
            assert there.split() == record.quote.split()
        case "spelt":
            assert anchor.state in ("changed", "missing")
        case _:
            assert mark not in there


def test_looking_for_words_in_a_hostile_text_takes_bounded_time() -> None:
    words = " ".join(["ab"] * 2_000) + "."
    text = "\n\n".join(" ".join(["ab"] * (2_000 - number)) + " c." for number in range(30))
    record = evidence(words, words[:6_000], known=[Sentence("x", "body", 1, "sentence", split(words)[0].span, words)]).model_copy(
        update={"passage": ""}
    )
    begun = time.perf_counter()
    Anchorage(text, split(text), CUES).anchor(record)
    assert time.perf_counter() - begun < 5
