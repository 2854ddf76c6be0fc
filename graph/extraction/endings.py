"""How words change in one language: `plural`, `forms` and `irregular` of its `language.yaml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.extraction.rulebook import Source

FORMS = ("base", "present", "past", "participle", "gerund")


@dataclass(frozen=True)
class Ending:
    """How words with one ending change.

    Args:
        pattern: the ending.
        cut: how many letters are cut off.
        added: each form to what is put on instead; a form may have several.
    """

    pattern: re.Pattern[str]
    cut: int
    added: Mapping[str, Sequence[str]]

    def fits(self, word: str) -> bool:
        """Whether a word has this ending."""
        return bool(self.pattern.search(word))

    def made(self, word: str, form: str) -> list[str]:
        """A form of a word, in each of its ways."""
        stem = word[: -self.cut] if self.cut else word
        return [stem + added for added in self.added[form]]


class Endings:
    """The endings of one language.

    Args:
        language: its file `language.yaml`.

    Raises:
        RuleError: an entry lacks a field or has one that is unknown, an ending is no pattern, or a number is none.
    """

    def __init__(self, language: Source) -> None:
        """Read the lists once."""
        self._plurals = _endings(language, "plural", ("add",))
        self._regular = _endings(language, "forms", FORMS)
        self._irregular = _irregular(language)
        self._connectors = language.words("connectors_of_plurals")

    def plural(self, noun: str) -> str:
        """The plural of a noun; empty where the language gives none.

        Args:
            noun: the noun; in "point of contact" the first word changes.
        """
        parts = [noun.partition(f" {word} ") for word in self._connectors]
        head, separator, rest = min(parts, key=lambda part: len(part[0]), default=(noun, "", ""))
        found = next((ending for ending in self._plurals if ending.fits(head)), None)
        return found.made(head, "add")[0] + separator + rest if found else ""

    def forms(self, verb: str) -> dict[str, str]:
        """Each form of a verb of one word, several ways with bars between them.

        Args:
            verb: the plain form; forms that no rule gives are written out, `sit/sits/sat/sat/sitting`.
        """
        written = verb.split("/")
        if len(written) == len(FORMS):
            return dict(zip(FORMS, written, strict=True))
        if verb in self._irregular:
            return dict(zip(FORMS, (verb, *self._irregular[verb]), strict=True))
        found = next((ending for ending in self._regular if ending.fits(verb)), None)
        return {form: "|".join(found.made(verb, form)) if found else verb for form in FORMS}


def _endings(language: Source, name: str, forms: Sequence[str]) -> tuple[Ending, ...]:
    """A list of endings, each with its pattern, the letters to be cut, and what each form has instead."""
    found = []
    for number, entry in enumerate(language.entries(name, ("ending", "cut", *forms))):
        place = name, number
        added = {form: language.words(*place, form) for form in forms}
        if empty := [form for form, ways in added.items() if not ways]:
            raise language.wrong(f"an entry of {name!r} gives nothing for {empty[0]!r}", 'write the letters, or "" for none', *place)
        ending, cut = (entry[field] if isinstance(entry[field], str) else "?" for field in ("ending", "cut"))
        if not cut.isdecimal():
            raise language.wrong(
                f"an entry of {name!r} cuts {entry['cut']!r}, which is no number of letters",
                "write how many are cut off, 0 for none",
                *place,
            )
        try:
            found.append(Ending(re.compile(f"{ending}$"), int(cut), added))
        except re.error as error:
            raise language.wrong(f"an entry of {name!r}: the ending {ending!r} cannot be read: {error}", "mend it", *place) from error
    return tuple(found)


def _irregular(language: Source) -> dict[str, tuple[str, ...]]:
    """The verbs that no ending gives, each to its forms behind the plain one."""
    found = {base: language.words("irregular", base) for base in language.mapping("irregular")}
    for base, forms in found.items():
        if len(forms) != len(FORMS) - 1:
            remedy = f"write {', '.join(FORMS[1:])}, in this order"
            raise language.wrong(f"{len(forms)} forms are given for the irregular verb {base!r}", remedy, "irregular", base)
    return found
