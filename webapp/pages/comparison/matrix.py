"""Countries by networks: in how many claims each takes part, and where none is known, why nothing can be said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.iris import Iris
from webapp.pages.asking import Row, words
from webapp.pages.claims import End
from webapp.pages.comparison.held import Held
from webapp.pages.comparison.states import HOLDS, PLANNED, State


@dataclass(frozen=True)
class Cell:
    """A country and a network.

    Args:
        claims: how many claims connect the two.
        standing: how many of them support an edge.
        absence: what it means that there are none.
    """

    claims: int
    standing: int
    absence: State

    @property
    def state(self) -> State:
        """The state by which it is drawn: claims on which no edge stands are drawn as plans are."""
        return HOLDS if self.standing else PLANNED if self.claims else self.absence

    @property
    def words(self) -> str:
        """The whole in words, as pages and tables have it."""
        if self.claims > self.standing:
            return f"{self.standing} ({self.claims - self.standing} more, no fact)"
        return str(self.standing) if self.claims else self.absence.label


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


def matrix(rows: Iterable[Row], countries: Mapping[str, str], held: Held, iris: Iris) -> Matrix:
    """The matrix of all countries of which a claim or a document is held.

    Args:
        rows: solutions of `countries-by-networks`.
        countries: what countries are called, by reference.
        held: the documents.
        iris: makes the IRIs.
    """
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    names: dict[str, str] = {}
    for row in rows:
        if "network" not in row:
            continue
        country, network = (iris.reference(words(row, name)) or "" for name in ("country", "network"))
        names[network] = words(row, "name")
        counts[country, network] = int(words(row, "claims")), int(words(row, "standing"))
    taking_part = Counter(network for (_, network), (_, standing) in counts.items() if standing)
    networks = sorted(names, key=lambda network: (-taking_part[network], names[network].casefold(), network))
    shown = {country for country, _ in counts} | {edition.country for edition in held.editions}
    made = []
    for reference in sorted(shown & countries.keys(), key=lambda reference: countries[reference].casefold()):
        absence = held.absence(reference, None)
        cells = tuple(Cell(*counts.get((reference, network), (0, 0)), absence) for network in networks)
        made.append(MatrixRow(End(reference, countries[reference]), len(held.of(reference, None)), cells))
    return Matrix([(End(network, names[network]), taking_part[network]) for network in networks], made)
