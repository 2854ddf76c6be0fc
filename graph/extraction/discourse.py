"""What sentences leave unsaid for those behind them: the country, the strategy, the practice, the last group, the line before a list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.extraction.mentions import Read
from graph.extraction.registry import Entity, Registry

_POLICIES = ("national-strategy", "action-plan")
_PRACTICES = ("practice", "campaign", "hotline", "project", "programme", "operation")
_GROUPS = ("Collaboration", "Network", "WorkingGroup", "Taskforce", "Coalition", "Programme", "Project", "CrimePreventionCouncil")
_OPERATION = "operation"
_SILENT = ("heading", "front-block-line")
_ROW = "table-row"
_ITEM = "list-item"


@dataclass
class Context:
    """What a sentence may leave unsaid.

    Args:
        registry: the entities of the document.
        country: the document's country.
        year: the document's year.
        is_template: whether the document follows the template, so that its present is the time of the document.
        policy: the strategy or plan that the document speaks of.
        practice: the practice that is being described.
        before: what the sentence before began with.
        group: the last network, group or body that was named.
        subject: whom the document speaks for where it says "we".
        boards: nouns of bodies that may be authorities or groups, and have members and chairs either way.
    """

    registry: Registry
    country: Entity | None = None
    year: int | None = None
    is_template: bool = False
    policy: Entity | None = None
    practice: Entity | None = None
    before: Entity | None = None
    group: Entity | None = None
    subject: Entity | None = None
    boards: frozenset[str] = frozenset()

    def implicit(self, name: str) -> Entity | None:
        """The entity that a rule means by `$country`, `$policy`, `$practice`, `$before` or `$group`."""
        return {
            "$country": self.country,
            "$policy": self.policy,
            "$practice": self.practice,
            "$before": self.before,
            "$group": self.group,
            "$self": self.subject,
        }[name]


@dataclass(frozen=True)
class Turn:
    """A sentence when its turn comes; what it may leave unsaid stands in the context until the next one is asked for.

    Args:
        read: the sentence.
        intro: the line that introduces the list of which it is an item, None elsewhere.
        header: the first row of the table of which it is a row, None elsewhere.
    """

    read: Read
    intro: Read | None = None
    header: Read | None = None


def begin(
    registry: Registry,
    country: Entity | None,
    subject: Entity | None,
    year: int | None,
    *,
    is_template: bool,
    boards: frozenset[str] = frozenset(),
) -> Context:
    """What a document leaves unsaid from its first sentence on.

    Args:
        registry: its entities.
        country: its country.
        subject: whom it speaks for where it says "we"; None where that is its country.
        year: its year.
        is_template: whether it follows the template.
        boards: nouns of bodies that may be authorities or groups.
    """
    context = Context(registry, country, year, is_template, subject=subject or country, boards=boards)
    if not is_template:
        context.group = subject if subject is not None and is_group(context, subject) else None
        own = (entity for entity in registry if entity.kind in _PRACTICES and entity.is_sure)
        context.practice = next((entity for entity in own if not entity.reference or entity.kind == _OPERATION), None)
    context.policy = next((entity for entity in registry if entity.kind in _POLICIES and entity.is_sure), None)
    return context


def follow(reads: Iterable[Read], context: Context) -> Iterator[Turn]:
    """The sentences that may make a statement, one after the other, while the context keeps up with them.

    Args:
        reads: all sentences of a document, with their mentions.
        context: what they may leave unsaid; it changes from one to the next.
    """
    intro: Read | None = None
    header: Read | None = None
    section = ""
    for read in reads:
        form = read.sentence.form
        if read.sentence.section != section:
            section, context.before, header = read.sentence.section, None, None
            if context.is_template:
                context.group, context.practice = None, None
        if form == _ROW:
            if header is None:
                header = read
            else:
                yield Turn(read, header=header)
            continue
        header = None
        if form in _SILENT:
            intro = None
            continue
        _take_up_practice(context, read)
        yield Turn(read, intro if form == _ITEM and read.opens else None)
        _take_up(context, read)
        if form == "sentence":
            intro = read if read.plain.text.rstrip().endswith(":") else None


def _take_up_practice(context: Context, read: Read) -> None:
    """The practice that a sentence begins to describe; it is meant in this sentence already."""
    entities = [context.registry[mention.entity] for mention in read.mentions[:2]]
    if read.opens and "practices" in read.sentence.section:
        context.practice = next((entity for entity in entities if entity.kind in _PRACTICES), context.practice)
    elif entities and entities[0].kind in _PRACTICES:
        context.practice = entities[0]
    if entities and read.mentions[0].start <= 1 and _is_label(read) and is_group(context, entities[0]):
        context.group = entities[0]


def _take_up(context: Context, read: Read) -> None:
    """What the next sentence may leave unsaid."""
    entities = [context.registry[mention.entity] for mention in read.mentions]
    context.before = entities[0] if entities else context.before
    context.group = next((entity for entity in reversed(entities) if is_group(context, entity)), context.group)
    context.policy = entities[0] if entities and entities[0].kind in _POLICIES else context.policy


def _is_label(read: Read) -> bool:
    """Whether a sentence begins with a name and a colon: `EJTN: the Institute is a full member`."""
    end = read.mentions[0].end + read.mentions[0].skip
    return end < len(read.tokens) and read.tokens[end].text == ":"


def is_undertaking(context: Context, entity: Entity) -> bool:
    """Whether an entity is something that is run, led, joined or paid for: a practice or a group."""
    return entity.kind in _PRACTICES or is_group(context, entity)


def is_group(context: Context, entity: Entity) -> bool:
    """Whether an entity has members, a chair or a secretariat."""
    return entity.classname in _GROUPS or entity.head in context.boards
