"""What decisions may not repeat: documents that are withdrawn, and words of withdrawn passages.

A decision is kept as it was made. Whoever shows it, sends it elsewhere or builds with it asks here first.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from graph import documents, retirement
from graph.curation.quotes import Withheld
from graph.decisions.events import Event, ends_of, texts_of
from graph.decisions.records import End
from graph.decisions.redirects import Redirects, owner
from graph.errors import InputError
from graph.inputs import Inputs
from graph.retirement import PROFILE, Retirement


@dataclass(frozen=True)
class Withdrawn:
    """What is withdrawn of a data folder.

    Args:
        documents: keys of the documents that are withdrawn as a whole.
        passages: key of each document with withdrawn passages to these.
        unread: keys of documents with withdrawn passages that are not here or cannot be read, so that nobody can tell what is in them.
        profiles: keys of all profiles, which tell whose an actor is.
    """

    documents: frozenset[str] = frozenset()
    passages: Mapping[str, Withheld] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    profiles: Collection[str] = ()

    def has(self, event: Event) -> bool:
        """Whether an event is on a withdrawn document, or repeats words of a withdrawn passage.

        Args:
            event: any event; a merge or a split is looked up in all documents.
        """
        if event.profile:
            passages = self.passages.get(event.profile)
            return event.profile in self.documents | self.unread or bool(passages and repeats(event, passages))
        if any(self._whose(end) in self.documents or self._hides(end) for end in ends_of(event)):
            return True
        return any(passages.holds(texts_of(event)) for passages in self.passages.values())

    def without(self, found: Redirects) -> tuple[Redirects, list[Event]]:
        """The merges that name no actor by words of a withdrawn passage, and the events that do.

        Args:
            found: what people decided.
        """
        hidden = {
            source: event
            for source, event in found.merges.items()
            if any(self._whose(end) in self.documents or self._hides(end) for end in ends_of(event))
        }
        targets = {source: target for source, target in found.targets.items() if source not in hidden}
        merges = {source: event for source, event in found.merges.items() if source not in hidden}
        return replace(found, targets=targets, merges=merges), list(hidden.values())

    def _whose(self, end: End) -> str:
        return owner(end.reference, self.profiles) or ""

    def _hides(self, end: End) -> bool:
        whose = self._whose(end)
        return whose in self.unread or (whose in self.passages and self.passages[whose].hides([end.name]))


def repeats(event: Event, passages: Withheld) -> bool:
    """Whether an event repeats words of its document's withdrawn passages: in its evidence, its note or a field of a later version.

    A name counts where no authority file holds the actor and it stands nowhere else in the document.

    Args:
        event: an event on the document.
        passages: the document's withdrawn passages.
    """
    own = f"{event.profile}-"
    names = [end.name for end in ends_of(event) if end.kind or end.reference.partition("/")[2].startswith(own)]
    return passages.holds(texts_of(event)) or passages.hides(names)


def load(inputs: Inputs, retired: Retirement) -> tuple[Withdrawn, list[InputError]]:
    """What is withdrawn of a data folder, and what is wrong with documents of which only passages are.

    Args:
        inputs: the data folder.
        retired: what people have taken back.
    """
    cut = {passage.reference.removeprefix(PROFILE) for passage in retired.passages} - retired.documents
    passages: dict[str, Withheld] = {}
    aside: list[InputError] = []
    for item in inputs.profiles:
        if item.key not in cut:
            continue
        withdrawn = retired.passages_of(item.key)
        try:
            document = documents.read(item.document, item.texts)
            retirement.blanked(document, withdrawn)
        except InputError as error:
            aside.append(error)
        else:
            passages[item.key] = Withheld(document.text, tuple(passage.span for passage in withdrawn))
    keys = {item.key for item in inputs.profiles} | retired.documents | cut
    return Withdrawn(retired.documents, passages, frozenset(cut - passages.keys()), keys), aside
