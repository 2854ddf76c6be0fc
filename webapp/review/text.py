"""The whole text of a profile with what is claimed of each sentence, and a form that adds what no rule has noticed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph.decisions.records import LONGEST_QUOTE
from graph.errors import SettingError
from graph.sentences import Sentence
from webapp.review import acts
from webapp.review.acts import MODALITIES, POLARITIES
from webapp.review.blueprint import blueprint, signed_in
from webapp.review.fields import faults
from webapp.review.office import Office
from webapp.review.places import key_of, order, share
from webapp.review.room import room
from webapp.review.sentence import being_read, choices, said, told_of
from webapp.review.table import Table

ACTORS = frozenset({"country", "body", "group", "collective", "practice"})
"""Kinds of references whose names in a quote are taken for the ends of a claim."""
_DRAFT = {"polarity": POLARITIES[0], "modality": MODALITIES[0]} | dict.fromkeys(
    ("sentence", "quote", "subject", "relation", "object", "since", "until", "note", "subject_kind", "object_kind"), ""
)


@dataclass(frozen=True)
class Line:
    """A sentence in the text.

    Args:
        sentence: the sentence.
        claims: how many claims there are of it; 0 where it is not the first sentence of any evidence.
        waiting: how many of them wait.
    """

    sentence: Sentence
    claims: int
    waiting: int

    @property
    def told(self) -> str:
        """How many claims there are and wait, in words."""
        claims = "1 claim" if self.claims == 1 else f"{self.claims} claims"
        return claims if not self.waiting else f"{claims}, {self.waiting} wait{'s' if self.waiting == 1 else ''}"


@dataclass(frozen=True)
class Written:
    """A text before reviewers.

    Args:
        parts: its sections, each as its sentences.
        gone: the places of claims whose words no longer stand in it.
        claimed: of how many sentences anything is claimed.
    """

    parts: Sequence[Sequence[Line]]
    gone: Sequence[str]
    claimed: int


@blueprint.get("/text/<profile>")
def text(profile: str) -> str | AnyResponse:
    """The text, and the form; an address may name a sentence or a quote to begin with."""
    with room().office() as office:
        if (table := office.table_if_quick(profile)) is None:
            return being_read(profile)
        now = office.snapshot()
    given, shown = _begun(request.args, table, now), _shown(table, now)
    return render_template("review/text.html", draft=given, problem="", faults={}, **shown)


@blueprint.post("/add")
def add() -> AnyResponse:
    """Record that words say so; if that cannot be, show what was written, with the reason."""
    form, by, profile = request.form, signed_in().handle, request.form.get("profile", "")
    with room().office() as office:
        table = office.ready(profile)
        found, problem = faults(form, table, office), ""
        if not found:
            try:
                quote, note, sentence = (form.get(name, "").strip() for name in ("quote", "note", "sentence"))
                event = acts.added(profile, quote, said(form), by, office, note, sentence)
            except SettingError as error:
                problem = f"{str(error)[:1].upper()}{str(error)[1:]}"
            else:
                office.record([event])
                assert event.evidence
                return redirect(url_for("review.sentence", profile=profile, key=event.evidence.sentences[0], done=event.id), 303)
        now = office.snapshot()
    shown = _shown(table, now)
    page = render_template("review/text.html", draft=_DRAFT | form.to_dict(), problem=problem, faults=found, **shown)
    return AnyResponse(page, 422, mimetype="text/html")


def written(table: Table) -> Written:
    """The text of a profile, by sections.

    Args:
        table: the profile.
    """
    claims, waiting = Counter(map(key_of, table.cards)), Counter(map(key_of, table.waiting))
    lines = [Line(one, claims[one.key], waiting[one.key]) for one in table.sheet.sentences]
    there = {line.sentence.key for line in lines}
    parts = [tuple(found) for _, found in groupby(lines, key=lambda line: line.sentence.section)]
    gone = [key for key in order(table.cards) if key not in there]
    return Written(parts, gone, sum(1 for line in lines if line.claims))


def named(quote: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """The names of actors that stand in a quote as whole words, in their order; of several that overlap, the first and longest.

    Args:
        quote: the words.
        names: name and reference of each that is known.
    """
    words = " ".join(quote.split()).casefold()
    found = [
        (at, -len(wanted), name)
        for name, reference in names
        if reference.partition("/")[0] in ACTORS and (wanted := " ".join(name.split()).casefold())
        for at in _places(wanted, words)
    ]
    kept: list[str] = []
    end = 0
    for at, length, name in sorted(found):
        if at >= end:
            kept.append(name)
            end = at - length
    return list(dict.fromkeys(kept))


def _places(wanted: str, words: str) -> Iterator[int]:
    """Where a name stands in words as a whole."""
    at = words.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not words[at - 1 : at].isalnum() and not words[end : end + 1].isalnum():
            yield at
        at = words.find(wanted, at + 1)


def _begun(args: Mapping[str, str], table: Table, office: Office) -> dict[str, str]:
    """What the form holds at first: the quote, and who and to whom where it names two actors."""
    key = args.get("sentence", "")
    sentence = next((one for one in table.sheet.sentences if one.key == key), None)
    quote = args.get("quote", "").strip()[:LONGEST_QUOTE] or (sentence.text if sentence else "")
    found = named(quote, office.names(table.key)) if quote else []
    subject, target = [*found, "", ""][:2]
    return _DRAFT | {"sentence": sentence.key if sentence else "", "quote": quote, "subject": subject, "object": target}


def _shown(table: Table, office: Office) -> dict[str, object]:
    """What the page shows beside the form's content."""
    about = table.laid.about
    return {
        "profile": table.key, "title": about.title, "language": about.language, "text": written(table), "share": share(table),
        "done": told_of(request.args, office), "longest": LONGEST_QUOTE, **choices(office, table.key),
    }  # fmt: skip
