"""Countries by networks: in how many claims each takes part, and where none is known, why nothing can be said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.affiliations import Affiliation
from graph.iris import Iris
from webapp.pages.claims import End, Shown, span
from webapp.pages.comparison.held import Held
from webapp.pages.comparison.states import DENIED, ENDED, HOLDS, LATER, OPEN, PLANNED, State, of_claim

COUNTED = (HOLDS, ENDED, LATER, PLANNED, DENIED, OPEN)
"""The states that cells tell apart, what weighs most first; whether dates are stated, the evidence tells."""
_SHORT = {ENDED: "ended", LATER: "to begin later", PLANNED: "planned", DENIED: "denied", OPEN: "not vouched for"}
_STANDING = (HOLDS, ENDED, LATER)


@dataclass(frozen=True)
class Cell:
    """A country and a network.

    Args:
        absence: what it means that there are no claims.
        counts: how many claims connect the two in each of the states.
    """

    absence: State
    counts: Mapping[State, int] = field(default_factory=dict)

    @property
    def claims(self) -> int:
        """How many claims connect the two."""
        return sum(self.counts.values())

    @property
    def standing(self) -> int:
        """How many of them support an edge, be it one that has ended."""
        return sum(self.counts.get(state, 0) for state in _STANDING)

    @property
    def states(self) -> list[State]:
        """The states of its claims, what weighs most first."""
        return [state for state in COUNTED if self.counts.get(state)]

    @property
    def state(self) -> State:
        """The state by which it is drawn."""
        return next(iter(self.states), self.absence)

    def told(self, state: State) -> str:
        """How many claims are in a state, in words; those that hold are a number."""
        return f"{self.counts[state]} {_SHORT[state]}" if state in _SHORT else str(self.counts[state])

    @property
    def words(self) -> str:
        """The whole in words, as pages and tables have it."""
        return ", ".join(map(self.told, self.states)) or self.absence.label


@dataclass(frozen=True)
class MatrixRow:
    """A country, with the number of its documents."""

    country: End
    documents: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The whole.

    Args:
        networks: those in which most countries take part first, each with their number.
        rows: the countries by name.
    """

    networks: Sequence[tuple[End, int]]
    rows: Sequence[MatrixRow]

    def part(self, begin: int, most: int) -> "Matrix":
        """Some of the networks."""
        cut = slice(begin, begin + most)
        return Matrix(self.networks[cut], [MatrixRow(row.country, row.documents, row.cells[cut]) for row in self.rows])


def matrix(
    found: Iterable[Affiliation], names: Mapping[str, str], countries: Mapping[str, str], held: Held, iris: Iris, today: str
) -> Matrix:
    """The matrix of all countries of which a claim or a document is held.

    Args:
        found: the affiliations.
        names: what networks are called, by reference.
        countries: what countries are called, by reference.
        held: the documents.
        iris: makes the IRIs.
        today: the day at which claims are read.
    """
    counts: dict[tuple[str, str], Counter[State]] = {}
    for one in found:
        ends = iris.reference(one.country) or "", iris.reference(one.network) or ""
        counts.setdefault(ends, Counter())[_state(one, today)] += int(one.claims)
    taking_part = Counter(network for (_, network), states in counts.items() if any(states[state] for state in _STANDING))
    networks = sorted({network for _, network in counts}, key=lambda network: (-taking_part[network], names[network].casefold(), network))
    shown = {country for country, _ in counts} | {edition.country for edition in held.editions}
    made = []
    for reference in sorted(shown & countries.keys(), key=lambda reference: countries[reference].casefold()):
        absence = held.absence(reference, None)
        cells = tuple(Cell(absence, counts.get((reference, network), {})) for network in networks)
        made.append(MatrixRow(End(reference, countries[reference]), len(held.of(reference, None)), cells))
    return Matrix([(End(network, names[network]), taking_part[network]) for network in networks], made)


def _state(one: Affiliation, today: str) -> State:
    """How the claims of an affiliation stand, as all claims are read."""
    ends = End(one.country, one.country_label), End(one.network, one.network_label)
    when = span(one.begins, one.ends, "", one.latest, today)
    state = of_claim(Shown("", ends[0], "", ends[1], one.polarity, one.modality, "", one.review, when, End("", "")), None)
    return HOLDS if state.is_said else state
