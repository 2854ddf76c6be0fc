"""A query as a row of tokens, without parsing it: enough to count, to find the data set, and to know a keyword from a string.

SPARQL cannot be cut into tokens with certainty before it is parsed (`?a<?b&&?c>?d` holds an IRI or two comparisons),
so nothing that must hold for safety rests on this alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    \#[^\r\n]*
    | (?P<iri><[^\x00-\x20<>"{}|^`\\]*+>)
    | "{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+(?:"{3})?+ | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3})?+
    | "(?:[^"\\\r\n]|\\.)*+"?+ | '(?:[^'\\\r\n]|\\.)*+'?+
    | (?P<open>[({\[]) | (?P<close>[)}\]])
    | [?$]\w+ | @\w+(?:-\w+)*+
    | (?P<name>\w(?:[.-]*+\w)*+ (?: :(?:[.-]*+[\w:%\\])*+ )?+ | :(?:[.-]*+[\w:%\\])*+)
    | (?P<operator>\|\||&&|\^\^|[-+*/|^!=<>;,.])
    """,
    re.VERBOSE | re.DOTALL,
)
"""Every repetition is possessive, so that the time grows with the length of the query and no faster, whatever it holds."""
BRACKETS, OPERATORS = "({[", "|&^-+*/!=<>;,."
"""Signs with which every opening bracket and every operator begins."""
PATTERNS = frozenset(("UNION", "OPTIONAL", "FILTER", "BIND", "VALUES", "MINUS", "GRAPH", "IN", "NOT", "EXISTS", "SELECT"))


@dataclass(frozen=True)
class Token:
    """One token that matters.

    Args:
        kind: `iri`, `open`, `close`, `operator`, `pattern` (a keyword that begins a pattern) or `name`.
        text: as written.
    """

    kind: str
    text: str

    @property
    def keyword(self) -> str:
        """The token as a keyword, in capitals."""
        return self.text.upper()


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query that matter, in order; comments, strings and variables are passed over."""
    for found in _TOKEN.finditer(query):
        text, kind = found.group(), found.lastgroup
        if kind == "name" and ":" not in text:
            yield from (_word(part) for part in re.split(r"([.-])", text) if part)
        elif kind:
            yield Token(kind, text)


def _word(text: str) -> Token:
    """`1-2` and `true.` are several tokens, `ex:a-b` is one."""
    return Token("operator" if text in ".-" else "pattern" if text.upper() in PATTERNS else "name", text)
