"""The fields of a form that adds a claim, each with what is wrong with it, so that all of it can be mended at once."""

from collections.abc import Callable, Mapping

from graph.decisions import acting
from graph.decisions.records import LONGEST_NAME, LONGEST_NOTE, LONGEST_QUOTE
from graph.errors import SettingError
from webapp.review import acts
from webapp.review.acts import MODALITIES, POLARITIES
from webapp.review.office import Office
from webapp.review.table import Table

LONGEST = {"quote": LONGEST_QUOTE, "subject": LONGEST_NAME, "object": LONGEST_NAME, "since": 10, "until": 10, "note": LONGEST_NOTE}
"""Letters of each field in which one writes."""
_EMPTY = {
    "quote": "write the words that say so, as they stand in the text.",
    "subject": "name who.",
    "relation": "choose a relation.",
    "object": "name to whom.",
}


def faults(form: Mapping[str, str], table: Table, office: Office) -> dict[str, str]:
    """What is wrong with the fields of a form, each in a sentence; those with which nothing is wrong are left out.

    Args:
        form: what was sent.
        table: the profile.
        office: the data folder.
    """
    given = {name: value.strip() for name, value in form.items()}
    kinds = {kind.concept for kind in office.vocabulary.kinds.values()}

    def has_kind(name: str) -> bool:
        return given.get(name, "") in {"", *kinds}

    def check_actor(name: str) -> None:
        if has_kind(f"{name}_kind"):
            acts.actor_of(given[name], given.get(f"{name}_kind"), table.key, office)

    def check_choice(name: str, known: tuple[str, ...]) -> None:
        if given.get(name, known[0]) not in known:
            message = f"choose one of {', '.join(known)}."
            raise SettingError(message)

    def check_relation() -> None:
        if given["relation"] not in office.vocabulary.relations:
            message = "there is no such relation; choose one of the list."
            raise SettingError(message)

    def check_kind(name: str) -> None:
        if not has_kind(name):
            message = "there is no such kind of actors; choose one of the list."
            raise SettingError(message)

    checks: dict[str, Callable[[], object]] = {
        "quote": lambda: acting.quoted(given["quote"], table.sheet, given.get("sentence", "")),
        "subject": lambda: check_actor("subject"),
        "relation": check_relation,
        "object": lambda: check_actor("object"),
        "polarity": lambda: check_choice("polarity", POLARITIES),
        "modality": lambda: check_choice("modality", MODALITIES),
        "since": lambda: acting.date(given.get("since")),
        "until": lambda: acting.date(given.get("until")),
        "subject_kind": lambda: check_kind("subject_kind"),
        "object_kind": lambda: check_kind("object_kind"),
        "note": lambda: None,
    }
    found = {name: _fault(name, given.get(name, ""), check) for name, check in checks.items()}
    return {name: f"{told[:1].upper()}{told[1:]}" for name, told in found.items() if told}


def _fault(name: str, value: str, check: Callable[[], object]) -> str:
    """What is wrong with one field; empty if nothing is."""
    most = LONGEST.get(name, LONGEST_NAME)
    if len(value) > most:
        return f"this has {len(value):,} letters; {most:,} are the most."
    if name in _EMPTY and not value:
        return _EMPTY[name]
    try:
        check()
    except SettingError as error:
        return str(error)
    except ValueError:  # a name of which no reference can be made
        return "this cannot be recorded as a name; write it as the text does."
    return ""
