"""The index of a release, to be read: opened where a build has written it, or made in memory for a release that has none."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Self

import tantivy
from tantivy import Query

from graph.errors import StoreError
from graph.iris import Iris
from graph.search import queries, writing
from graph.search.entries import Entry, entries
from graph.store import View


class Hit(NamedTuple):
    """An entry that was found, and how well it fits."""

    entry: Entry
    score: float


@contextmanager
def _whole() -> Iterator[None]:
    """A panic of tantivy as an error of ours: it is no `Exception`, and would otherwise end a thread of the server.

    Raises:
        StoreError: tantivy has panicked.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # its class is made by Rust, and no module has it
            raise
        problem = f"the index for the search cannot be read ({str(error).partition(chr(10))[0]})"
        raise StoreError(Path(writing.FOLDER), problem, "remove the release and run `liaison build`") from error


class Index:
    """The entries of a release.

    Args:
        index: what tantivy holds.
    """

    def __init__(self, index: tantivy.Index) -> None:
        """Read the index as it is now; it never changes."""
        index.config_reader("manual")
        self.schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index that lies in `folder`.

        Tantivy writes a lock beside what it reads. It therefore reads links in a folder of its own, so that a release can
        lie where a server may not write; once all is open, they are not needed any more.

        Raises:
            StoreError: there is none, it cannot be read, or it is of another version.
        """
        problem, remedy = "the index for the search cannot be opened", "run `liaison build`"
        try:
            with _whole(), TemporaryDirectory(prefix="liaison-search-") as links:
                for path in folder.iterdir():
                    (Path(links) / path.name).symlink_to(path.absolute())
                made = cls(tantivy.Index.open(links))
        except (OSError, ValueError) as error:
            raise StoreError(folder, f"{problem} ({error})", remedy) from error
        if made.schema != writing.schema():
            raise StoreError(folder, f"{problem}, as another version has made it", remedy)
        return made

    @classmethod
    def of(cls, view: View, iris: Iris) -> Self:
        """An index of a release in memory."""
        index = tantivy.Index(writing.schema())
        writing.fill(index, entries(view, iris))
        return cls(index)

    def __len__(self) -> int:
        """How many entries there are."""
        return self._searcher.num_docs

    def count(self, query: Query) -> int:
        """How many entries a query finds."""
        with _whole():
            found: Any = self._searcher.search(query, 1)
        return int(found.count)  # which the types of tantivy leave out

    def hits(self, query: Query, limit: int, offset: int = 0) -> Iterator[Hit]:
        """What a query finds, the best first.

        Args:
            query: the query.
            limit: how many to bring, at least one.
            offset: how many to pass over.
        """
        if offset >= len(self):
            return
        with _whole():
            found = self._searcher.search(query, limit, count=False, offset=offset, weight_by_field=writing.WEIGHT)
            cards = [(score, self._searcher.doc(address)[writing.CARD][0]) for score, address in found.hits]
        for score, card in cards:
            yield Hit(writing.read(card), score)

    def values(self, query: Query, facets: Iterable[str], most: int) -> dict[str, list[tuple[str, int]]]:
        """The values that what a query finds has of some facets, with how many have each, the most frequent first.

        Args:
            query: the query.
            facets: names of facets.
            most: how many values of each to bring.
        """
        asked = {name: {"terms": {"field": name, "size": most}} for name in facets}
        with _whole():
            found = self._searcher.aggregate(query, asked) if asked else {}
        return {name: [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in found[name]["buckets"]] for name in asked}

    def label(self, reference: str) -> str:
        """The name of a thing, empty where there is none."""
        query = Query.term_query(self.schema, queries.REFERENCE, reference)
        return next((hit.entry.label for hit in self.hits(query, 1)), "")
