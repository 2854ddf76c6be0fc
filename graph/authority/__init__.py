"""Authority facts: six CSV files to actors, topics, names and claims, each with its row as evidence.

Every row ends up in what `load` returns, or in its list of rows set aside, with the reason. Nothing of a profile
may be here; nothing here knows about IRIs.
"""

from dataclasses import dataclass
from pathlib import Path

from graph.authority.actors import Loaded, bodies, countries, groups
from graph.authority.facts import memberships
from graph.authority.names import names
from graph.authority.records import Actor, Name, Row, Topic
from graph.authority.topics import topics
from graph.claims import Claim, merged
from graph.errors import InputError
from graph.text import sha256
from graph.vocabulary import Vocabulary

FILES = ("countries", "topics", "bodies", "groups", "memberships", "aliases")
"""The files, each after those that it refers to."""

__all__ = ["FILES", "Actor", "Authority", "Name", "Row", "Topic", "load"]


@dataclass(frozen=True)
class Authority:
    """All authority facts.

    Args:
        actors: by reference.
        topics: by reference.
        names: of actors and topics.
        rows: by reference.
        claims: one for each thing said, in order of key.
        files: name of each file to the SHA-256 of its bytes.
        keys: keys as side-cars and files write them (`country:ES`) to references.
        aside: what could not be loaded, and why.
    """

    actors: dict[str, Actor]
    topics: dict[str, Topic]
    names: list[Name]
    rows: dict[str, Row]
    claims: list[Claim]
    files: dict[str, str]
    keys: dict[str, str]
    aside: list[InputError]


def load(folder: Path, vocabulary: Vocabulary) -> Authority:
    """Read the six files in `folder`.

    Raises:
        TableError: a file or a column is missing, or a relation has no row in the relation map.
    """
    path = {name: folder / f"{name}.csv" for name in FILES}
    loaded = Loaded()
    countries(path["countries"], loaded)
    found_topics = topics(path["topics"], loaded)
    bodies(path["bodies"], loaded, vocabulary)
    groups(path["groups"], loaded, vocabulary, [reference.removeprefix("topic/") for reference in found_topics])
    memberships(path["memberships"], loaded, vocabulary)
    found_names = names(path["aliases"], loaded, vocabulary)
    hashes = {name: sha256(file.read_bytes()) for name, file in path.items()}
    return Authority(loaded.actors, found_topics, found_names, loaded.rows, merged(loaded.claims), hashes, loaded.keys, loaded.aside)
