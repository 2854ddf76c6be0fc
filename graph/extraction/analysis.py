"""A file to everything that is read from it: the one way from a document to its proposals, for commands and for builds."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from graph import documents, sections, sentences
from graph.curation import metadata, sidecar
from graph.curation.metadata import Lexicon, Metadata
from graph.documents import Document
from graph.errors import DocumentError, InputError
from graph.extraction.extractor import Extractor
from graph.extraction.results import Extraction
from graph.iris import is_key
from graph.sections import FrontBlock, Section, Template
from graph.sentences import Sentence
from graph.text import slug

_NAMELESS = "document"


@dataclass(frozen=True)
class Analysis:
    """One document and what was read from it.

    Args:
        document: the document.
        sections: its sections.
        front: what its front block states.
        sentences: its sentences.
        about: what it says of itself as a whole.
        extraction: what it seems to say.
        open: which fields it leaves open, and what to do about it.
    """

    document: Document
    sections: tuple[Section, ...]
    front: FrontBlock
    sentences: tuple[Sentence, ...]
    about: Metadata
    extraction: Extraction
    open: tuple[InputError, ...]


@dataclass(frozen=True)
class Analyst:
    """Reads documents; the same for each of them, and nothing is kept from one to the next.

    Args:
        extractor: the rules.
        lexicon: names of countries and topics.
        headings: wordings of the template's headings, and their sections.
        abbreviations: words that end in a dot and do not end a sentence.
        texts: the folder in which texts of converted documents are kept, if there is one.
    """

    extractor: Extractor
    lexicon: Lexicon
    headings: Mapping[str, str]
    abbreviations: frozenset[str]
    texts: Path | None = None

    def analyse(self, path: Path, key: str = "") -> Analysis:
        """A file to all that is read from it.

        Args:
            path: the file, by whatever name it was sent.
            key: the document's key; by default the file's name as a key.

        Raises:
            DocumentError: it cannot be read.
            RuleError: the rules of its language cannot be read.
        """
        document = read(path, key or key_of(path), self.texts)
        parts, front = sections.split(document, Template(self.headings))
        found = sentences.split(document, parts, front, self.abbreviations)
        about, aside = metadata.of(document, front, sidecar.Entry(path, 1, {}), self.lexicon)
        extraction = self.extractor.extract(document, parts, found, about)
        return Analysis(document, tuple(parts), front, tuple(found), about, extraction, tuple(aside))


def key_of(path: Path) -> str:
    """The key that a file's name gives: the name where it is one, else its letters, digits and hyphens."""
    return path.stem if is_key(path.stem) else slug(path.stem) or _NAMELESS


def read(path: Path, key: str, texts: Path | None = None) -> Document:
    """The document in a file of any name.

    Args:
        path: the file.
        key: the document's key.
        texts: the folder in which texts of converted documents are kept, if there is one.

    Raises:
        DocumentError: it cannot be read.
    """
    if path.stem == key:
        return documents.read(path, texts)
    with tempfile.TemporaryDirectory(prefix="liaison-") as folder:
        link = Path(folder) / f"{key}{path.suffix}"
        link.symlink_to(path.absolute())
        try:
            return replace(documents.read(link, texts), path=path)
        except DocumentError as error:
            raise DocumentError(path, error.problem, error.remedy, error.line, stops=error.stops) from error
