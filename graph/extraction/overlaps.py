"""Names of the authority files and names that were found, the fitting one where they overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.extraction.candidates import Candidate
from graph.extraction.gazetteer import Entry
from graph.extraction.rulebook import Source
from graph.extraction.tokens import Token

_OWNERS = ("EuropeanUnionBody", "InternationalOrganisation")

Known = tuple[tuple[int, int], Entry]
"""The tokens of a name of the authority files, and what it leads to."""


class Overlaps:
    """Decides between names that share tokens.

    Args:
        language: the file `language.yaml`.
    """

    def __init__(self, language: Source) -> None:
        """Fold the lists once."""
        self._possessive = language.word_set("possessive")
        self._articles = language.word_set("articles")
        self._before_owners = language.word_set("before_owners")

    def decided(
        self, known: Sequence[Known], names: Sequence[Candidate], found: Sequence[Token]
    ) -> list[tuple[int, int, Entry | Candidate]]:
        """The names of a sentence, each with its first and last token, in order.

        Args:
            known: names of the authority files.
            names: names that were found.
            found: the tokens of the sentence.
        """
        out: list[tuple[int, int, Entry | Candidate]] = []
        lost: set[int] = set()
        for name in self._without_owners(known, names, found):
            inside = [number for number, ((start, end), _) in enumerate(known) if start < name.end and end > name.start]
            if not inside or _is_own(name, known[inside[0]], found):
                lost.update(inside)
                out.append((name.start, name.end, name))
        out += [(start, end, entry) for number, ((start, end), entry) in enumerate(known) if number not in lost]
        return sorted(out, key=lambda item: (item[0], -item[1]))

    def _without_owners(self, known: Sequence[Known], names: Sequence[Candidate], found: Sequence[Token]) -> Iterator[Candidate]:
        """Names without the owner beside them: `Europol's European Cybercrime Centre` names the centre."""
        ends = {end for (_, end), _ in known}
        tails = {span for span, entry in known if entry.classname in _OWNERS}
        for name in names:
            tail = next((start for start, end in tails if end == name.end and start > name.start + 1), None)
            if tail is not None and not name.is_title and (before := self._link(found, tail)):
                end = tail - before
                yield replace(name, end=end) if end > name.start else name
                continue
            owner = next((at for at in range(name.start + 1, name.end - 1) if found[at].low in self._possessive and at in ends), None)
            yield name if owner is None or name.is_title else replace(name, start=owner + 1)

    def _link(self, found: Sequence[Token], tail: int) -> int:
        """How many tokens link a name to the owner behind it: one for `of`, two for `of the`; 0 if none do."""
        before = found[tail - 1].low
        return 2 if before in self._articles else int(before in self._before_owners)


def _is_own(name: Candidate, known: Known, found: Sequence[Token]) -> bool:
    """Whether a name that was found is more than the known one inside it: it has a noun of its own, or goes before a state's."""
    (start, end), entry = known
    covers = start <= name.start and end >= name.end
    if covers:
        return False
    if entry.classname == "State" and name.start < start and not name.head:
        return True
    if start == name.start and name.end > end and name.head == found[start].low:
        return True  # the known word only leads: `EMPACT priority on synthetic drugs`
    rest = {token.low for number, token in enumerate(found[name.start : name.end], name.start) if not start <= number < end}
    is_inside = start > name.start and end < name.end
    return bool(name.head) and (name.is_title or set(name.head.split()) <= rest or is_inside)
