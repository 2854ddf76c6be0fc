"""The language of the rules: what a pattern finds, and which patterns are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extraction.patterns import PatternCompiler, PatternError, Words

COMPILER = PatternCompiler(
    {"be": "(is|are)"},
    Words(opaque=["in", "of", "with", "is", "are"], helping=["is", "are"], small=["the"], owners=["of"], places=["in"]),
    {"State": ["S"], "Body": ["B", "A"]},
)
SPAIN, EUROPOL, NETWORK = "⟦S0⟧", "⟦B1⟧", "⟦A2⟧"

FITS = {
    "words between two ends": ("{s} joins {o}", f"{SPAIN} joins {EUROPOL}"),
    "one of several": ("{s} (joins|supports) {o}", f"{SPAIN} supports {EUROPOL}"),
    "what may be missing": ("{s} (fully)? joins {o}", f"{SPAIN} joins {EUROPOL}"),
    "a macro": ("{s} <be> part of {o}", f"{SPAIN} is part of {EUROPOL}"),
    "the classes of an end": ("{s:State} joins {o:Body}", f"{SPAIN} joins {NETWORK}"),
    "words that lead on": ("{s} joins ~ {o}", f"{SPAIN} joins the work programme {EUROPOL}"),
    "words and signs": ("{s} .. joins {o}", f"{SPAIN} with {NETWORK} and others joins {EUROPOL}"),
    "whose part the subject is": ("{s} joins {o}", f"{SPAIN} of {NETWORK} joins {EUROPOL}"),
    "where the subject is": ("{s} joins {o}", f"{SPAIN} in rome joins {EUROPOL}"),
    "an insert behind the subject": ("{s} joins {o}", f"{SPAIN} , as before , joins {EUROPOL}"),
    "not behind the word": ("!of {s} joins {o}", f"of course {SPAIN} joins {EUROPOL}"),
    "the beginning": ("^ joins {o}", f"joins {EUROPOL}"),
    "marks": (r"{s} \( {o} \)", f"{SPAIN} ( {EUROPOL} )"),
}
FITS_NOT = {
    "other words": ("{s} joins {o}", f"{SPAIN} leaves {EUROPOL}"),
    "other classes": ("{s:Body} joins {o}", f"{SPAIN} joins {EUROPOL}"),
    "a preposition does not lead on": ("{s} joins ~ {o}", f"{SPAIN} joins police in {EUROPOL}"),
    "the end of a clause": ("{s} .. joins {o}", f"{SPAIN} stays ; it joins {EUROPOL}"),
    "more words than a gap holds": ("{s} ... joins {o}", f"{SPAIN} {'and so on ' * 3}joins {EUROPOL}"),
    "behind the word": ("!of {s} joins {o}", f"part of {SPAIN} joins {EUROPOL}"),
    "the end of another word": ("join {o}", f"disjoin {EUROPOL}"),
    "not at the beginning": ("^ joins {o}", f"it joins {EUROPOL}"),
}
REFUSED = {
    "an open bracket": ("{s} (joins {o}", "not closed"),
    "a bracket too many": ("{s} joins) {o}", "never opened"),
    "an unknown form": ("{s} <joining> {o}", "neither a macro nor a form"),
    "an unknown end": ("{t} joins {o}", "nothing is known"),
    "an end twice": ("{s} joins {o} ({s})?", "twice"),
    "too many gaps": ("{s} .. .. .. .. .. joins {o}", "can be tried in"),
    "too many optional words": ("{s} " + "(very)? " * 20 + "joins {o}", "can be tried in"),
    "alternatives that begin with one another": ("{s} " + "(a|a b|a b c|a b c d) " * 9 + "joins {o}", "can be tried in"),
}


def _finds(pattern: str, words: str) -> bool:
    return COMPILER.compile(pattern, {}, {}).regex.search("".join(f"{word} " for word in words.split())) is not None


@pytest.mark.parametrize("case", FITS)
def test_a_pattern_finds(case: str) -> None:
    assert _finds(*FITS[case])


@pytest.mark.parametrize("case", FITS_NOT)
def test_a_pattern_does_not_find(case: str) -> None:
    assert not _finds(*FITS_NOT[case])


@pytest.mark.parametrize("case", REFUSED)
def test_a_pattern_is_refused_with_its_reason(case: str) -> None:
    pattern, reason = REFUSED[case]
    with pytest.raises(PatternError, match=reason):
        COMPILER.compile(pattern, {}, {})


@given(st.text(alphabet="{}so()|?~_.^! ab<>\\,:", max_size=40))
def test_any_text_is_a_pattern_that_compiles_or_is_refused(text: str) -> None:
    try:
        pattern = COMPILER.compile(text, {}, {})
    except PatternError:
        return
    assert set(pattern.regex.groupindex) <= {"s", "o"}


@given(st.lists(st.sampled_from([SPAIN, EUROPOL, NETWORK, "joins", "supports", "of", "the", ","]), max_size=12))
def test_a_sentence_without_the_needs_of_a_pattern_does_not_fit(words: list[str]) -> None:
    """The index of the rules rests on this."""
    pattern = COMPILER.compile("{s:State} .. (joins|supports the) ~ {o:Body}", {}, {})
    if pattern.regex.search("".join(f"{word} " for word in words)):
        letters = {word[1:2] for word in words}
        assert all(not need.isdisjoint(words) for need in pattern.needs)
        assert all(not end.isdisjoint(letters) for end in pattern.ends)
