"""What tells two names of one actor from names of two: the names of countries, and words that carry no meaning of their own."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.authority import Name
from graph.errors import RuleError
from graph.extraction import rulebook
from graph.text import fold, fold_words

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_WORD = re.compile(r"\w+")
_LONGEST = 6
"""Words of the name of a country at most."""
_STATE = "country/"


@dataclass(frozen=True)
class Form:
    """A name taken apart.

    Args:
        name: as it is written.
        words: the words by which it is known, folded: without brackets, countries and small words.
        beside: what stands in brackets and is no country, folded.
        country: reference of the country that it states; empty where it states none.
        small: the small words in it.
    """

    name: str
    words: tuple[str, ...]
    beside: frozenset[str] = frozenset()
    country: str = ""
    small: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All of it as it is compared."""
        return fold(self.name)

    @property
    def core(self) -> str:
        """Its words in one text."""
        return " ".join(self.words)


@dataclass(frozen=True)
class Lexis:
    """What is known of words.

    Args:
        countries: name, adjective or code of each country, folded, to its reference.
        codes: those of them that are codes, and tell a country in brackets alone.
        small: articles and other small words of all languages that have rules, folded.
    """

    countries: Mapping[str, str] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    _forms: dict[str, Form] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, names: Iterable[Name], rules: Path) -> "Lexis":
        """That of the authority files and the rules.

        Args:
            names: the names of the authority files.
            rules: the folder of rules; those of a language that cannot be read give no small words.
        """
        found, codes = dict[str, str](), set[str]()
        for name in names:
            if name.of.startswith(_STATE):
                found.setdefault(fold_words(name.text), name.of)
                if name.kind == "code":
                    codes.add(fold_words(name.text))
        return cls(found, frozenset(codes), frozenset(_small(rules)))

    def form(self, name: str) -> Form:
        """A name taken apart; each once.

        Args:
            name: the name.
        """
        if name not in self._forms:
            self._forms[name] = self._made(name)
        return self._forms[name]

    def _made(self, name: str) -> Form:
        beside = frozenset(map(fold_words, _BRACKETS.findall(name))) - {""}
        written = _WORD.findall(unicodedata.normalize("NFKC", _BRACKETS.sub(" ", name)))
        outside = [fold(word) for word in written]
        small = {fold(word) for word in written if not _is_acronym(word)} & self.small
        if not outside:
            return Form(name, tuple(fold_words(name).split()))
        stated = [self.countries[inside] for inside in beside if inside in self.countries]
        rest, own = self._without_country(outside)
        words = tuple(word for word in rest if word not in small)
        if not words:
            return Form(name, tuple(outside), beside)
        country = (stated or own or [""])[0]
        return Form(name, words, beside - self.countries.keys(), country, () if own else tuple(word for word in outside if word in small))

    def _without_country(self, words: list[str]) -> tuple[list[str], list[str]]:
        """Words without the first name of a country among them, and that country."""
        for length in range(min(_LONGEST, len(words)), 0, -1):
            for place in range(len(words) - length + 1):
                name = " ".join(words[place : place + length])
                if name in self.countries and name not in self.codes:
                    return words[:place] + words[place + length :], [self.countries[name]]
        return words, []


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _small(rules: Path) -> Iterator[str]:
    for language in rulebook.languages(rules):
        try:
            source = rulebook.read(rules, language)["language"]
            yield from map(fold, (*source.words("articles"), *source.words("openers")))
        except RuleError:  # it is told with each profile in that language, and costs nothing here but a reason
            continue
