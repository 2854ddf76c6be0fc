r"""The language of the rules, and its translation to regular expressions that cannot run away.

    {s} {o}          subject and object: a mention, or several that are coordinated; {s:State|Body} names their classes
    {x}              any other mention
    word             the word
    (a|b c)          one of these; (a)? may be missing
    <be>             a macro of `language.yaml`; <present>, <noun> … are the forms of the rule's own words
    ...              up to eight words, no mention among them
    ..               up to twelve words and mentions
    ~                up to five words that lead on: no preposition, no `and`, no relative
    _                up to four words between subject and verb: adverbs, helping verbs, short inserts between commas
    !of              what follows stands behind no `of`
    ^                the beginning of the sentence
    , ; : ( )        marks, written with a backslash where they mean something here: \( \)

All gaps are bounded and stop at the end of a clause, so that the time for a sentence grows no faster than its length.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.extraction.render import CLOSE, OPEN

_PART = re.compile(
    r"(?P<slot>\{(?P<end>[sox])(?::(?P<types>[\w|=?]+))?\})|(?P<macro><[\w:|-]+>)|(?P<gap>\.{2,3}|~|(?<!\w)_(?!\w))|(?P<open>\()|(?P<close>\)\??)|(?P<bar>\|)"
    r"|(?P<start>\^)|(?P<free>!of\b)|(?P<word>\\[()|~_.?]|[^\s(){}<>|~\\]+)|(?P<space>\s+)"
)
_STOP = ";:.\u2013!?"
_WORD = rf"[^\s{OPEN}{CLOSE}{_STOP}]\S* "
_ANY = rf"[^\s{_STOP}]\S* "


class PatternError(ValueError):
    """A pattern cannot be read; the message says why and at which place, counted from 1."""


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern.

    Args:
        source: as written, macros and forms filled in.
        expression: what it became, on rendered sentences.
        needs: sets of words; a sentence without a word of each cannot match.
    """

    source: str
    expression: str
    needs: tuple[frozenset[str], ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled when a sentence first has the words; most patterns never meet theirs."""
        return re.compile(self.expression)


class PatternCompiler:
    """Compiles the patterns of one language.

    Args:
        macros: name to what it stands for.
        opaque: words that a `~` does not pass.
        helping: those of them that a `_` passes: helping verbs.
        small: words by which no sentence is told from another.
        letters: local name of each class to the letters of it and its sub-classes.
    """

    def __init__(
        self,
        macros: Mapping[str, str],
        opaque: Sequence[str],
        helping: Sequence[str],
        small: Collection[str],
        letters: Mapping[str, Sequence[str]],
    ) -> None:
        """Prepare the gaps."""
        outer = "|".join(re.escape(word) for word in opaque if word not in helping)
        leads = rf"(?!(?:{outer}) )" if outer else ""
        self._macros, self._letters, self._small = macros, letters, frozenset(small)
        closed = "|".join(re.escape(word) for word in opaque)
        passes = rf"(?!(?:{closed}) )" if closed else ""
        self._gaps = {
            "...": rf"(?:{_WORD}){{0,8}}?",
            "..": rf"(?:{_ANY}){{0,12}}?",
            "~": rf"(?:{passes}(?!, ){_WORD}){{0,5}}?",
            "_": rf"(?:{leads}(?!, ){_WORD}){{0,4}}?",
        }

    def compile(self, source: str, types: Mapping[str, Sequence[str]], forms: Mapping[str, Sequence[str]]) -> Pattern:  # noqa: C901, PLR0912  # one case a part of the language
        """A pattern as a regular expression.

        Args:
            source: the pattern.
            types: `s` and `o` to the classes that the ends may have, where the slot does not say.
            forms: `present`, `noun` … to the words of the rule.

        Raises:
            PatternError: it cannot be read.
        """
        filled = self._filled(source, forms)
        out: list[str] = []
        needs: list[frozenset[str]] = []
        depth, at = 0, 0
        choices: list[list[list[str]]] = []
        while at < len(filled):
            found = _PART.match(filled, at)
            if found is None:
                raise PatternError(f"nothing is known that begins with {filled[at : at + 10]!r} at place {at + 1}")
            match found.lastgroup if found.lastgroup not in ("end", "types") else "slot":
                case "slot":
                    out.append(
                        self._slot(found["end"], (found["types"] or "").split("|") if found["types"] else types.get(found["end"], ()))
                    )
                case "gap":
                    out.append(self._gaps[found["gap"]])
                case "open":
                    out.append("(?:")
                    depth += 1
                    choices.append([[]])
                case "bar":
                    out.append("|")
                    if choices:
                        choices[-1].append([])
                case "close":
                    depth -= 1
                    if depth < 0:
                        raise PatternError(f"a bracket closes at place {at + 1} that was never opened")
                    out.append(")?" if found[0].endswith("?") else ")")
                    words = choices.pop()
                    if depth == 0 and not found[0].endswith("?") and all(words):
                        needs.append(frozenset(self._telling(some) for some in words))
                case "free":
                    out.append("(?<!of )")
                case "start":
                    out.append("^")
                case "word":
                    word = found["word"].removeprefix("\\")
                    is_optional = word.endswith("?") and len(word) > 1
                    word = word.removesuffix("?") if is_optional else word
                    out.append(f"(?:{re.escape(word)} )?" if is_optional else f"{re.escape(word)} ")
                    if choices:
                        if not is_optional:
                            choices[-1][-1].append(word)
                    elif not is_optional:
                        needs.append(frozenset({word}))
            at = found.end()
        if depth:
            raise PatternError("a bracket is not closed")
        return Pattern(filled, "(?:(?<=^)|(?<= ))" + "".join(out), tuple(needs))

    def _telling(self, words: Sequence[str]) -> str:
        """The word of an alternative by which it is looked for: the first one that not every sentence has."""
        return next((word for word in words if word not in self._small), words[0])

    def _filled(self, source: str, forms: Mapping[str, Sequence[str]]) -> str:
        """Macros and forms replaced by what they stand for."""

        def fill(found: re.Match[str]) -> str:
            name = found[0][1:-1]
            if name in self._macros:
                return self._macros[name]
            words = [word for part in _form_names(name) for word in forms.get(part, ())]
            if not words:
                raise PatternError(f"<{name}> is neither a macro nor a form of this rule's words")
            return f"({'|'.join(dict.fromkeys(words))})"

        for _ in range(3):
            source = re.sub(r"<[\w:|-]+>", fill, source)
        return source

    def _slot(self, end: str, types: Sequence[str]) -> str:
        letters = "".join(sorted({letter for name in types for letter in ("?" if name == "?" else self._letters[name])})) if types else ""
        klass = f"[{re.escape(letters)}]" if letters else "."
        name = f"(?P<{end}>" if end != "x" else "(?:"
        inner = rf"{OPEN}{klass}{name}\d+){CLOSE} "
        aside = (
            rf"(?:(?:at|of|from) {OPEN}.\d+{CLOSE} )?(?:(?:in|from|at|near) [^\s{OPEN}{CLOSE}{_STOP},]+ )?(?:, (?:[^\s{OPEN}{CLOSE}{_STOP},]\S* ){{1,9}}, )?"
            if end == "s"
            else ""
        )
        return rf"(?:{inner}{aside})"


def _form_names(name: str) -> list[str]:
    """`head:present|base` to `head:present` and `head:base`."""
    prefix, _, rest = name.rpartition(":")
    return [f"{prefix}:{part}" if prefix else part for part in rest.split("|")]
