"""What a profile is about: country, year, priority, from its front block or, failing that, as people recorded it.

What neither states stays open; nothing is guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.curation.sidecar import Entry
from graph.dates import StatedDate, stated
from graph.documents import Document
from graph.errors import InputError
from graph.sections import FrontBlock
from graph.text import fold, fold_words

UNKNOWN = "unknown"
_DAY = len("2026-11-24")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True)
class Lexicon:
    """Names that a front block may use, folded.

    Args:
        countries: name to reference; codes are not names.
        topics: name to reference.
        labels: reference to preferred English name, of everything that may be an end of a claim.
    """

    countries: Mapping[str, str]
    topics: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Metadata:
    """What is known about a profile as a whole; `None` or empty where it is open.

    Args:
        title: for people.
        country: reference of the country.
        year: as stated.
        priority: the EU priority in the document's own words.
        topics: references of the topics that the priority names.
        publisher: who published it, or "unknown".
        terms: under which terms, or "unknown".
        language: language code.
        source: where it was had from, or empty.
        note: a remark for the reader.
        summary_of: addresses of the public pages after which this project wrote the document; none if it was received.
        basis: from where people took what the front block leaves open, or empty.
        complete: the day on which people declared that every claim of the document is recorded.
    """

    title: str
    country: str | None
    year: StatedDate | None
    priority: str
    topics: tuple[str, ...]
    publisher: str
    terms: str
    language: str
    source: str
    note: str
    summary_of: tuple[str, ...] = ()
    basis: str = ""
    complete: StatedDate | None = None


def of(document: Document, front: FrontBlock, recorded: Entry, lexicon: Lexicon) -> tuple[Metadata, list[InputError]]:
    """The metadata of a document, and a remark for each field that stays open without people having said why.

    Args:
        document: the profile.
        front: its front block.
        recorded: the `document` entry of its side-car; it fills what the front block leaves open.
        lexicon: names of countries and topics.
    """
    said = {name: span.of(document.text) for name, span in front.fields.items()}
    aside: list[InputError] = []
    country = lexicon.countries.get(fold(said.get("country", ""))) or _recorded_country(recorded, lexicon)
    recorded_year = _recorded_year(recorded)
    year = _YEAR.search(said.get("year", "")) or recorded_year
    priority = said.get("priority", "") or recorded.text("priority")
    topics = _recorded_topics(recorded, lexicon) or _topics(priority, lexicon)
    for name, value in (("country", country), ("year", year), ("priority", priority)):
        if not value and "basis" not in recorded:
            problem = f"the document does not state its {name}" + (f" in words that we know: {said[name]!r}" if name in said else "")
            remedy = f"it stays open; record it under `document` in data/claims/{document.key}.yaml if you know it"
            aside.append(InputError(document.path, problem, remedy, 1, stops=False))
    stated_year = StatedDate(year[0]) if year else None
    title = recorded.text("title") or _title(country, stated_year, priority, lexicon)
    metadata = Metadata(
        title, country, stated_year, priority, topics, recorded.text("publisher", UNKNOWN), recorded.text("terms", UNKNOWN),
        recorded.text("language", "en"), recorded.text("source"), recorded.text("note"),
        _addresses(recorded), recorded.text("basis"), _complete(recorded),
    )  # fmt: skip
    return metadata, aside


def _addresses(recorded: Entry) -> tuple[str, ...]:
    given = recorded.texts("summary_of")
    for words in given:
        if not words.startswith(("http://", "https://")) or len(words.split()) != 1:
            remedy = "write the page's address, beginning with http:// or https://"
            raise recorded.fault(f"{words!r} is no address of a page", remedy, "summary_of")
    return tuple(given)


def _complete(recorded: Entry) -> StatedDate | None:
    words = recorded.text("complete")
    if words and (len(words) != _DAY or not _is_date(words)):
        remedy = "write the day on which the curation was declared complete, such as 2026-11-24"
        raise recorded.fault(f"{words!r} is no day", remedy, "complete")
    return StatedDate(words) if words else None


def _is_date(words: str) -> bool:
    try:
        return stated(words) is not None
    except ValueError:
        return False


def _recorded_country(recorded: Entry, lexicon: Lexicon) -> str | None:
    reference = recorded.text("country")
    if reference and (reference not in lexicon.labels or not reference.startswith("country/")):
        raise recorded.fault(f"there is no {reference!r}", "write country/ and the ISO code of three letters", "country")
    return reference or None


def _recorded_year(recorded: Entry) -> re.Match[str] | None:
    words = recorded.text("year")
    year = _YEAR.search(words)
    if words and not year:
        raise recorded.fault(f"{words!r} is no year", "write the year that the document speaks of in figures, such as 2018", "year")
    return year


def _recorded_topics(recorded: Entry, lexicon: Lexicon) -> tuple[str, ...]:
    topics = recorded.texts("topics")
    for reference in topics:
        if reference not in lexicon.labels or not reference.startswith("topic/"):
            raise recorded.fault(f"there is no {reference!r}", "write topic/ and a key of data/authority/topics.csv", "topics")
    return tuple(topics)


def _topics(priority: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The topics whose names stand in the priority as whole words, longer names first, no word used twice."""
    words = f" {fold_words(priority)} "
    found: list[str] = []
    for name in sorted(lexicon.topics, key=lambda name: (-len(name), name)):
        if f" {name} " in words:
            words = words.replace(f" {name} ", " \0 ")
            found.append(lexicon.topics[name])
    return tuple(sorted(set(found)))


def _title(country: str | None, year: StatedDate | None, priority: str, lexicon: Lexicon) -> str:
    parts = [lexicon.labels[country] if country else "", year.stated if year else "", priority]
    known = ", ".join(part for part in parts if part)
    return f"Crime prevention policy: {known}" if known else "Crime prevention policy"
