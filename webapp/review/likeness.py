"""Actors whose names are the same, or nearly the same: candidates for a person, each with its reason, and never more than that."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.text import fold_words
from webapp.review.lexis import Form, Lexis

_NEAR = 0.85
"""Share of letters in place from which on two names, or two words in the same place of them, are nearly the same."""
_SAME, _BUT_FOR, _ORDER, _SHORT = 4.0, 3.0, 2.0, 1.5
"""How alike names are that are the same, but for something beside them, in another order, or one the short form of the other."""
_MOST_SHARING, _MOST_COMPARED, _MOST_FOUND = 200, 40, 5
_BEGINNING = 4
"""Letters of a word that two names must share to be compared."""
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Named:
    """An actor under one of its names.

    Args:
        name: the name.
        reference: the actor.
        profile: the profile that gives it this name; empty for an authority file.
        into: where what had this name is merged into the actor, the actor's own name; else empty.
        country: reference of the country that its record states; empty where none does.
        home: the country of the document that names it; it counts where neither name nor record states one.
    """

    name: str
    reference: str
    profile: str
    into: str = ""
    country: str = ""
    home: str = ""


@dataclass(frozen=True)
class Likely:
    """What an actor may be.

    Args:
        reference: another actor.
        name: its name.
        reason: why.
    """

    reference: str
    name: str
    reason: str


@dataclass
class Names:
    """Names of actors, to look for those that are alike.

    Args:
        names: the names.
        lexis: what tells two names of one actor from names of two.
        labels: reference of each country to its name.
    """

    names: Sequence[Named]
    lexis: Lexis = field(default_factory=Lexis)
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the names by what they have in common."""
        self._sharing: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.names):
            for part in _parts(self.lexis.form(one.name)):
                self._sharing[part].append(place)

    def like(self, wanted: Named) -> list[Likely]:
        """Other actors whose names are like that of an actor, the most alike first; five at most.

        Only the forty names that have most in common with it are compared; what hundreds have in common tells nothing.

        Args:
            wanted: the actor, as a profile names it.
        """
        sharing = [self._sharing.get(part, []) for part in _parts(self.lexis.form(wanted.name))]
        shared = Counter(place for places in sharing if len(places) <= _MOST_SHARING for place in places)
        most = sorted(shared, key=lambda place: (-shared[place], place))[:_MOST_COMPARED]
        compared = (self.names[place] for place in most)
        found = ((one, self._alike(wanted, one)) for one in compared if one.reference != wanted.reference)
        scored = [(*alike, one) for one, alike in found if alike]
        best: dict[str, Likely] = {}
        for _, reason, one in sorted(scored, key=lambda each: (-each[0], each[2].reference, each[2].name)):
            best.setdefault(one.reference, Likely(one.reference, one.into or one.name, _told(reason, one)))
        return list(best.values())[:_MOST_FOUND]

    def _alike(self, wanted: Named, one: Named) -> tuple[float, str] | None:
        """How alike two actors are by name and country, and why; None where nothing tells that they may be one."""
        this, that = self.lexis.form(wanted.name), self.lexis.form(one.name)
        alike = _compared(this, that)
        if alike is None:
            return None
        score, reason = alike
        countries = [form.country or actor.country or actor.home for form, actor in ((this, wanted), (that, one))]
        is_stated = any(form.country or actor.country for form, actor in ((this, wanted), (that, one)))
        if all(countries) and countries[0] != countries[1]:
            # A spelling tells nothing across borders, and a country that is stated outweighs all but the very same name.
            if score < (_SAME if is_stated else _BUT_FOR):
                return None
            first, second = (self.labels.get(country, country) for country in countries)
            return score - 1, f"{reason.rstrip(',')}, though one is of {first} and the other one of {second},"
        if score <= 1 and wanted.profile == one.profile:
            return None  # whoever writes two words in one document means two things
        return alike


def _compared(this: Form, that: Form) -> tuple[float, str] | None:
    """How alike two names are, and why; None where they are not."""
    if this.whole == that.whole:
        return _SAME, "the same name"
    for short, other in ((this, that), (that, this)):
        if _is_short_for(short, other):
            return _SHORT, f"“{short.name}”, which stands in brackets beside the other one,"
    return _but_for(this, that)


def _but_for(this: Form, that: Form) -> tuple[float, str] | None:
    """How alike two names are that are not the same, word by word, and why; None where they are not."""
    if this.beside and that.beside and this.beside.isdisjoint(that.beside):
        return None
    differences = " and ".join(_differences(this, that))
    if this.words == that.words:
        return _BUT_FOR, f"the same name but for {differences or 'the way in which it is written'},"
    if sorted(this.words) == sorted(that.words):
        return _ORDER, f"the same words in another order{f', but for {differences}' if differences else ''},"
    share = difflib.SequenceMatcher(None, this.core, that.core, autojunk=False).ratio()
    if share >= _NEAR and _is_near(this.words, that.words):
        return share, f"nearly the same name, {share:.0%} of the letters,"
    return None


def _is_short_for(one: Form, other: Form) -> bool:
    """Whether a name is what stands in brackets beside another one."""
    return one.whole in other.beside and not one.beside


def _differences(this: Form, that: Form) -> Iterator[str]:
    """What stands beside one of two names alone, in words."""
    if beside := sorted(this.beside ^ that.beside):
        yield f"“{', '.join(beside)}” in brackets"
    if bool(this.country) != bool(that.country):
        yield "the country"
    if this.small != that.small:
        yield "small words such as an article"


def _is_near(these: Sequence[str], those: Sequence[str]) -> bool:
    """Whether two names differ word by word in spelling alone; what has a number in it is the same or another thing."""
    if "".join(these) == "".join(those):
        return True
    return len(these) == len(those) and all(one == other or _is_spelt_alike(one, other) for one, other in zip(these, those, strict=True))


def _is_spelt_alike(one: str, other: str) -> bool:
    if len(one) < _BEGINNING or len(other) < _BEGINNING or _NUMBER.search(one + other):
        return False
    return sorted(one) == sorted(other) or difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


def _parts(form: Form) -> set[str]:
    """What names are looked for by: all of it, its words in any order, what is in brackets, and the beginnings of its words."""
    beginnings = (word[:_BEGINNING] for word in fold_words(form.core).split())
    return {form.whole, " ".join(sorted(form.words)), *form.beside, *beginnings}


def _told(reason: str, one: Named) -> str:
    """Why, as a sentence without its full stop."""
    where = f"in {one.profile}" if one.profile else "in the authority files"
    if one.into:
        return f"“{one.name}” of {one.profile} has {reason} and is merged into it"
    return f"{reason.rstrip(',')} {where}"
