"""The actors that claims may be about: those of the authority files, of a profile, and those that only decisions name."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.authority import Name
from graph.decisions import queue
from graph.decisions.records import End
from graph.decisions.redirects import Redirects
from graph.errors import SettingError
from graph.text import fold
from webapp.review.table import Table

_MOST, _MOST_LIKELY = 10, 3
"""How many actors of one name are listed, and how many whose names are like one that nobody has."""
_CLOSE = 0.6
Ends = Mapping[str, End]
"""Reference to end."""


@dataclass(frozen=True)
class Register:
    """The actors by reference and by name.

    Args:
        labels: reference of each actor and topic of the authority files to its preferred name.
        others: each folded name of them to those that have it, whatever kind of name it is.
        aliases: each reference to its names in alphabetical order, whatever kind of name they are.
        decided: actors that only decisions name.
        redirects: what actors turned out to be.
    """

    labels: Mapping[str, str]
    others: Mapping[str, Sequence[str]]
    aliases: Mapping[str, Sequence[str]]
    decided: Ends
    redirects: Redirects

    def ends(self, table: Table | None) -> Ends:
        """All that may be an end of a claim in a profile, or in none; names of the files count first.

        Args:
            table: the profile; None for none.
        """
        if table is None:
            return {**self.decided, **_ends(self.labels)}
        own = {end.reference: end for end in queue.ends_of(table.cards)}
        decided = {reference: end for reference, end in self.decided.items() if self.redirects.is_of(reference, table.key)}
        return decided | own | _ends(table.sheet.labels)

    def references(self, text: str, known: Ends) -> set[str]:
        """What is meant by a reference or a name: one that has it as its preferred name first, any other only where nobody has.

        Args:
            text: the reference, or the name.
            known: the actors among which it is looked for.
        """
        return {text} if text in known else self.named(text, known)

    def named(self, name: str, known: Ends) -> set[str]:
        """The references of a name.

        Args:
            name: the name.
            known: the actors among which it is looked for.
        """
        wanted = fold(name)
        if found := {reference for reference, end in known.items() if fold(end.name) == wanted}:
            return found
        return {reference for reference in self.others.get(wanted, ()) if reference in known}

    def name_of(self, reference: str) -> str:
        """The name of an actor of the files, or of one that decisions name; else its reference."""
        decided = self.decided.get(reference)
        return self.labels.get(reference) or (decided.name if decided else reference)


def by_name(names: Iterable[Name]) -> dict[str, list[str]]:
    """Each folded name to the references that have it; adjectives are no names.

    Args:
        names: the names of the authority files.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if name.kind != "adjective":
            found[fold(name.text)].append(name.of)
    return dict(found)


def by_reference(names: Iterable[Name]) -> dict[str, list[str]]:
    """Each reference to its names; neither adjectives nor codes are names: “it” is the code of a country.

    Args:
        names: the names of the authority files.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if name.kind not in ("adjective", "code"):
            found[name.of].add(name.text)
    return {reference: sorted(texts) for reference, texts in found.items()}


def only(text: str, references: Iterable[str], known: Ends) -> End:
    """The one actor that is meant.

    Args:
        text: the reference or name that was given.
        references: what it may mean.
        known: the actors among which it was looked for.

    Raises:
        SettingError: there is none, or there are several.
    """
    found = sorted(references)
    if len(found) == 1:
        return known[found[0]]
    if found:
        told = ", ".join(f"{reference} ({known[reference].name})" for reference in found[:_MOST])
        message = f"the name {text!r} is of several actors; write the reference of one: {told}."
        raise SettingError(message)
    names = {fold(end.name): end for end in known.values()}
    near = [names[name] for name in difflib.get_close_matches(fold(text), sorted(names), _MOST_LIKELY, _CLOSE)]
    likely = f", such as {', '.join(f'{end.reference} ({end.name})' for end in near)}" if near else ""
    message = f"no actor is called {text!r}; write a reference or a name that data/authority, the side-car or a claim has{likely}."
    raise SettingError(message)


def _ends(labels: Mapping[str, str]) -> dict[str, End]:
    return {reference: End(reference=reference, name=name) for reference, name in labels.items()}
