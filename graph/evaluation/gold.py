"""Gold files: what a careful reader finds in a document, by hand and before any rule ran.

The format is that of the development set: `actors`, `relations` and `must_not`, each with a quote. An item that is not as it
must be is set aside and reported, and the rest of its file is used; a file that is no gold file at all is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError
from graph.evaluation import items
from graph.evaluation.items import Item

ASSERTED = "asserted"
MODALITIES = (ASSERTED, "negated", "planned", "past", "possible", "required")


@dataclass(frozen=True)
class GoldQuote:
    """Words of the file that was annotated.

    Args:
        words: exactly as in the file, with whatever markup it has; empty where none were given.
        cleaned: the same as a reader sees them; empty where that makes no difference.
    """

    words: str
    cleaned: str = ""

    @property
    def shown(self) -> str:
        """The words for a reader."""
        return self.cleaned or self.words


@dataclass(frozen=True)
class GoldActor:
    """An actor that the document names.

    Args:
        name: its name.
        kind: the gold format's own word for its kind.
        quote: where it is named.
        aliases: other real names of it in the document.
        short_forms: what stands for it in the document, "the Ministry".
        generic: whether it is an unnamed collective; finding it is optional.
    """

    name: str
    kind: str
    quote: GoldQuote
    aliases: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    generic: bool = False


@dataclass(frozen=True)
class GoldRelation:
    """A relation that the document states, denies, plans or recalls.

    Args:
        subject: name of an actor.
        predicate: a relation name, as a file may use it.
        object: name of an actor.
        quote: the words that say so.
        modality: one of `MODALITIES`; unstated counts as asserted.
        certain: False where readers may differ.
        explicit: whether both ends and the relation stand in the sentence in so many words.
    """

    subject: str
    predicate: str
    object: str
    quote: GoldQuote
    modality: str = ASSERTED
    certain: bool = True
    explicit: bool = True

    @property
    def words(self) -> str:
        """The relation in a line."""
        return f"{self.subject} {self.predicate} {self.object}"


@dataclass(frozen=True)
class Temptation:
    """A claim that the document tempts one to make and does not support.

    Args:
        words: the claim, in a sentence.
        quote: the words that tempt; empty where none were given.
    """

    words: str
    quote: GoldQuote


@dataclass(frozen=True)
class GoldDocument:
    """A gold file.

    Args:
        key: the document's key: its file's name without ending.
        path: the gold file.
        tier: whether the rules have seen this document, in the caller's words: `fit`, `in-template`, `out-of-template`.
        country: name of the country, None if it has none.
        year: the year it is from, None if unknown.
        priority: its priority, None if it has none.
        stated: which of `country`, `year`, `priority` the document itself states.
        actors: all actors.
        relations: all relations.
        temptations: what must not be claimed.
    """

    key: str
    path: Path
    tier: str
    country: str | None
    year: str | None
    priority: str | None
    stated: frozenset[str]
    actors: tuple[GoldActor, ...]
    relations: tuple[GoldRelation, ...]
    temptations: tuple[Temptation, ...] = ()


def load(paths: Iterable[Path], tier: str) -> tuple[list[GoldDocument], list[InputError]]:
    """All gold files of one tier that can be read, and an error for each file or item that was set aside.

    Of several files for one document the first counts: figures would count the document as often as it has files.
    """
    documents: dict[str, GoldDocument] = {}
    aside: list[InputError] = []
    for path in paths:
        try:
            document, items = read(path, tier)
        except InputError as error:
            aside.append(error)
            continue
        if first := documents.get(document.key):
            problem = f"the document {document.key!r} has a gold file already, {first.path}"
            aside.append(InputError(path, problem, "keep one of the two, or mend `document`", stops=False))
            continue
        documents[document.key] = document
        aside += items
    return list(documents.values()), aside


def read(path: Path, tier: str) -> tuple[GoldDocument, list[InputError]]:
    """The gold file `path`, and an error for each of its items that was set aside.

    Raises:
        InputError: the file cannot be read as a gold file; it sets the file aside.
    """
    file = items.opened(path)
    aside: list[InputError] = []
    actors = tuple(items.kept(file.items("actors"), _actor, aside))
    relations = tuple(items.kept(file.items("relations"), _relation, aside))
    temptations = tuple(items.kept(file.items("must_not", optional=True), _temptation, aside))
    fields = {name: file.stated(name) for name in ("country", "year", "priority")}
    stated = frozenset(name for name, value in fields.items() if file.flag(f"{name}_stated", default=value is not None))
    key = Path(file.text("document", path.name)).stem
    return GoldDocument(
        key, path, tier, fields["country"], fields["year"], fields["priority"], stated, actors, relations, temptations
    ), aside  # fmt: skip


def _quote(item: Item, *, optional: bool = False) -> GoldQuote:
    return GoldQuote(item.text("quote", "" if optional else None), item.text("quote_text", ""))


def _actor(item: Item) -> GoldActor:
    return GoldActor(
        item.text("name"),
        item.text("kind", ""),
        _quote(item, optional=True),
        item.texts("aliases"),
        item.texts("short_forms"),
        item.flag("generic", default=False),
    )


def _relation(item: Item) -> GoldRelation:
    modality = item.values.get("modality") or ASSERTED
    if modality not in MODALITIES:
        raise item.fault(f"`modality` is {modality!r}", f"give one of {', '.join(MODALITIES)}")
    return GoldRelation(
        item.text("subject"),
        item.text("predicate"),
        item.text("object"),
        _quote(item),
        str(modality),
        item.flag("certain", default=True),
        item.flag("explicit", default=True),
    )


def _temptation(item: Item) -> Temptation:
    return Temptation(item.text("must_not"), _quote(item, optional=True))
