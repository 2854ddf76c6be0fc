"""The things and sentences of a release, to be found by words: an index that is made with the release and only read after.

words       text to words as they are compared
entries     a release to what can be found in it
wish        what somebody looks for: words, phrases, and what narrows them
likeness    whether a word is meant by another one, and the stretches of a text that are
queries     a wish to queries of tantivy, which are made of terms only
writing     entries to an index
index       the index, to be read
results     what an index has for a wish: by kind, in parts, by what it can be narrowed

Only what is published is in it: a thing that was withdrawn cannot be found, as it stands in no release that is kept.
"""

from graph.search.entries import SENTENCE, Entry, entries
from graph.search.index import Index
from graph.search.likeness import Piece
from graph.search.results import KINDS, Group, Results, Value
from graph.search.wish import FACETS, MOST_LETTERS, MOST_WORDS, Wish
from graph.search.writing import FOLDER, write

__all__ = [
    "FACETS",
    "FOLDER",
    "KINDS",
    "MOST_LETTERS",
    "MOST_WORDS",
    "SENTENCE",
    "Entry",
    "Group",
    "Index",
    "Piece",
    "Results",
    "Value",
    "Wish",
    "entries",
    "write",
]
