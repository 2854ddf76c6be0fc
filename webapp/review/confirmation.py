"""What a person confirms of a document that is taken in, and the side-car that says so."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.curation.metadata import UNKNOWN
from graph.errors import SettingError
from graph.rdf.writer import address
from webapp.review.examination import Understood
from webapp.review.intake import checked

BASIS = "confirmed at upload by a reviewer"
LONGEST = {"title": 300, "priority": 300, "publisher": 300, "terms": 1_000, "source": 2_000}
"""Letters of each field that is free text."""
_OPEN = ("country", "year", "priority")
"""What the front block of a document states, or leaves open."""
_YEAR, _LANGUAGE = re.compile(r"(?:19|20)[0-9]{2}"), re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Confirmed:
    """What was confirmed; what the document states itself is not repeated, and what is empty stays open.

    Args:
        key: the profile's key.
        language: language code.
        title: empty for the one that is made of country, year and priority.
        country: reference of the country, where the document states none.
        year: the year, where it states none.
        priority: the priority, where it states none.
        publisher: who published it.
        terms: under which terms it may be used.
        source: address from which it was had.
    """

    key: str
    language: str
    title: str = ""
    country: str = ""
    year: str = ""
    priority: str = ""
    publisher: str = ""
    terms: str = ""
    source: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str], understood: Understood) -> "Confirmed":
        """What a form confirms.

        Args:
            form: its fields.
            understood: what the document states itself.

        Raises:
            SettingError: something is missing or is not as it must be; the message names all of it.
        """
        given = {name: " ".join(form.get(name, "").split()) for name in (*LONGEST, "key", "language", "country", "year")}
        given |= dict.fromkeys((name for name in _OPEN if getattr(understood, name)), "")
        problems = [*_problems(given, understood)]
        if form.get("public") != "yes":
            problems.append("confirm that the document is public and holds neither data of persons nor operational detail, or leave it out")
        try:
            checked(given["key"])
        except SettingError as error:
            problems.append(str(error).removesuffix("."))
        if problems:
            message = "; ".join(problems)
            raise SettingError(f"{message}.")
        return cls(**given)

    @property
    def sidecar(self) -> str:
        """The side-car of a new profile, in YAML: what was confirmed, and no claims."""
        fields = {
            "title": self.title,
            "publisher": self.publisher or UNKNOWN,
            "terms": self.terms or UNKNOWN,
            "language": self.language,
            "source": self.source,
            **{name: getattr(self, name) for name in _OPEN},
            "basis": BASIS if any(getattr(self, name) for name in _OPEN) else "",
        }
        lines = [f"  {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items() if value]
        head = "# What people record about this profile; data/README.md says how. Its claims are decided on by review."
        return "\n".join([head, f"profile: {self.key}", "document:", *lines, ""])


def _problems(given: Mapping[str, str], understood: Understood) -> list[str]:
    """What is not as it must be, each as a part of a sentence."""
    problems = [
        f"the {name} has {len(given[name]):,} letters, and {most:,} are the most"
        for name, most in LONGEST.items()
        if len(given[name]) > most
    ]
    problems += [
        f"the {name} holds a character that nobody can see; write it without" for name, words in given.items() if not words.isprintable()
    ]
    if given["country"] and given["country"] not in dict(understood.countries):
        problems.append("the country is none that is known; choose one of the list")
    if given["year"] and not _YEAR.fullmatch(given["year"]):
        problems.append("the year is none; write the one that the document speaks of in figures, such as 2018")
    if not _LANGUAGE.fullmatch(given["language"]):
        problems.append("the language is no code; write two or three small letters, such as en or es")
    if given["source"] and (len(given["source"].split()) > 1 or address(given["source"]) is None):
        problems.append("the source is no address of a page; write it as it begins with http:// or https://, or leave it empty")
    return problems
