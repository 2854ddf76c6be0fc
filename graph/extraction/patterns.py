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
    !word            what follows does not stand behind the word; !of|by: behind neither
    ^                the beginning of the sentence, or behind a full stop inside it
    , ; : ( )        marks, written with a backslash where they mean something here: \( \)

All gaps are bounded and stop at the end of a clause, so that the time for a sentence grows no faster than its length; a
pattern that could be tried in too many ways from one place on is refused.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.extraction.render import CLOSE, OPEN

_PART = re.compile(
    r"(?P<slot>\{(?P<end>[sox])(?::(?P<types>[\w|=?]+))?\})|(?P<macro><[\w:|-]+>)|(?P<gap>\.{2,3}|~|(?<!\w)_(?!\w))|(?P<open>\()|(?P<close>\)\??)|(?P<bar>\|)"
    r"|(?P<start>\^)|(?P<free>!\w+(?:\|\w+)*)|(?P<word>\\[()|~_.?]|[^\s(){}<>|~\\]+)|(?P<space>\s+)"
)
_STOP = ";:.\u2013!?"
_WORD = rf"[^\s{OPEN}{CLOSE}{_STOP}]\S* "
_ANY = rf"[^\s{_STOP}]\S* "


_GAPS = {"...": 8, "..": 12, "~": 5, "_": 4}
_MOST_WAYS = 50_000
"""In how many ways a pattern may be tried from one place on: about a second for the longest sentence that is read."""


class PatternError(ValueError):
    """A pattern cannot be read; the message says why and at which place, counted from 1."""


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern.

    Args:
        source: as written, macros and forms filled in.
        expression: what it became, on rendered sentences.
        needs: sets of words; a sentence without a word of each cannot match.
        ends: sets of class letters; nor can one that has no sign of a letter of each.
    """

    source: str
    expression: str
    needs: tuple[frozenset[str], ...]
    ends: tuple[frozenset[str], ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled when a sentence first has the words; most patterns never meet theirs."""
        return re.compile(self.expression)


@dataclass(frozen=True)
class Words:
    """Words of a language that decide how its patterns are read.

    Args:
        opaque: a `~` does not pass them.
        helping: those of them that a `_` passes: helping verbs.
        small: by them no sentence is told from another.
        owners: they lead from a subject to whose part it is: "the office *of* Europol".
        places: they lead from a subject to where it is.
    """

    opaque: Sequence[str]
    helping: Sequence[str]
    small: Collection[str]
    owners: Sequence[str] = ()
    places: Sequence[str] = ()


class PatternCompiler:
    """Compiles the patterns of one language.

    Args:
        macros: name to what it stands for.
        words: words of the language that have a meaning of their own here.
        letters: local name of each class to the letters of it and its sub-classes.
    """

    def __init__(self, macros: Mapping[str, str], words: Words, letters: Mapping[str, Sequence[str]]) -> None:
        """Prepare the gaps."""
        self._macros, self._letters, self.small = macros, letters, frozenset(words.small)
        closed = _unless(words.opaque)
        leads = _unless([word for word in words.opaque if word not in words.helping])
        self.gaps = {
            name: f"(?:{word}){{0,{_GAPS[name]}}}?"
            for name, word in {"...": _WORD, "..": _ANY, "~": f"{closed}(?!, ){_WORD}", "_": f"{leads}(?!, ){_WORD}"}.items()
        }
        plain = rf"[^\s{OPEN}{CLOSE}{_STOP},]"
        owner = rf"(?:(?:{_either(words.owners)}) {OPEN}.\d+{CLOSE} )?" if words.owners else ""
        place = rf"(?:(?:{_either(words.places)}) {plain}+ )?" if words.places else ""
        self._aside = rf"{owner}{place}(?:, (?:{plain}\S* ){{1,9}}, )?"
        self._insert = rf"{owner}{place}(?:, (?:{plain}\S* |{OPEN}.\d+{CLOSE} ){{1,9}}, )?"

    def compile(self, source: str, types: Mapping[str, Sequence[str]], forms: Mapping[str, Sequence[str]]) -> Pattern:
        """A pattern as a regular expression.

        Args:
            source: the pattern.
            types: `s` and `o` to the classes that the ends may have, where the slot does not say.
            forms: `present`, `noun` … to the words of the rule.

        Raises:
            PatternError: it cannot be read.
        """
        filled = self._filled(source, forms)
        growing, at = _Growing(self, types), 0
        while at < len(filled):
            found = _PART.match(filled, at)
            if found is None:
                raise PatternError(f"nothing is known that begins with {filled[at : at + 10]!r} at place {at + 1}")
            growing.take(found)
            at = found.end()
        return growing.whole(filled)

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

    def letters_of(self, types: Sequence[str]) -> frozenset[str]:
        """The letters of classes; `?` is that of a thing whose kind is open."""
        return frozenset(letter for name in types for letter in ("?" if name == "?" else self._letters[name]))

    def slot(self, end: str, letters: frozenset[str], *, is_first: bool) -> str:
        """A sign of one of the letters; a subject may have words beside it, and so may what a pattern begins with.

        Args:
            end: `s`, `o` or `x`.
            letters: the letters; none means any.
            is_first: whether the pattern begins with it; then the words may be an insert that names something: "A, led by B, is".
        """
        klass = f"[{re.escape(''.join(sorted(letters)))}]" if letters else "."
        name = f"(?P<{end}>" if end != "x" else "(?:"
        aside = self._insert if is_first and end != "x" else self._aside if end == "s" else ""
        return rf"(?:{OPEN}{klass}{name}\d+){CLOSE} {aside})"


class _Growing:
    """An expression that grows part by part, with the words and signs that it cannot do without."""

    def __init__(self, compiler: PatternCompiler, types: Mapping[str, Sequence[str]]) -> None:
        self._compiler, self._types = compiler, types
        self._out: list[str] = []
        self._needs: list[frozenset[str]] = []
        self._ends: list[frozenset[str]] = []
        self._choices: list[list[list[str]]] = []
        self._named: set[str] = set()
        self._free: list[str] = []
        self._ways: list[list[int]] = [[1]]

    def take(self, found: re.Match[str]) -> None:
        """One more part."""
        kind = found.lastgroup if found.lastgroup not in ("end", "types") else "slot"
        match kind:
            case "slot":
                self._take_slot(found["end"], found["types"])
            case "gap":
                self._out.append(self._compiler.gaps[found["gap"]])
                self._ways[-1][-1] *= 1 + _GAPS[found["gap"]]
            case "open":
                self._out.append("(?:")
                self._choices.append([[]])
                self._ways.append([1])
            case "bar":
                self._out.append("|")
                self._ways[-1].append(1)
                if self._choices:
                    self._choices[-1].append([])
            case "close":
                self._close(found)
            case "free":
                self._take_free(found["free"].removeprefix("!"))
            case "start":
                self._out.append(r"(?:^|(?<=[.] ))")
            case "word":
                self._take_word(found["word"].removeprefix("\\"))

    def whole(self, source: str) -> Pattern:
        """The pattern, once all parts are taken."""
        if self._choices:
            raise PatternError("a bracket is not closed")
        ways = max(self._ways[-1])
        if ways > _MOST_WAYS:
            raise PatternError(f"it can be tried in {ways:,} ways, and {_MOST_WAYS:,} are the most; use fewer gaps and optional words")
        return Pattern(source, self._anchored("".join(self._out)), tuple(self._needs), tuple(self._ends))

    def _take_slot(self, end: str, types: str | None) -> None:
        if end in self._named:
            raise PatternError(f"the end {{{end}}} stands in it twice")
        self._named.update(end if end != "x" else ())
        letters = self._compiler.letters_of(types.split("|") if types else self._types.get(end, ()))
        self._out.append(self._compiler.slot(end, letters, is_first=not self._out))
        if letters and not self._choices:
            self._ends.append(letters)

    def _take_free(self, word: str) -> None:
        words = word.split("|")
        if self._out:
            self._out += [f"(?<!{re.escape(one)} )" for one in words]
        else:
            self._free = words

    def _take_word(self, word: str) -> None:
        if word.endswith("?") and len(word) > 1:
            self._out.append(f"(?:{re.escape(word[:-1])} )?")
            self._ways[-1][-1] *= 2
            return
        self._out.append(f"{re.escape(word)} ")
        if self._choices:
            self._choices[-1][-1].append(word)
        else:
            self._needs.append(frozenset({word}))

    def _close(self, found: re.Match[str]) -> None:
        if not self._choices:
            raise PatternError(f"a bracket closes at place {found.start() + 1} that was never opened")
        is_optional = found[0].endswith("?")
        self._out.append(")?" if is_optional else ")")
        words = self._choices.pop()
        ways = max(self._ways.pop())
        self._ways[-1][-1] *= ways * _deepest(words) + is_optional
        if not self._choices and not is_optional and all(words):
            self._needs.append(frozenset(self._telling(some) for some in words))

    def _telling(self, words: Sequence[str]) -> str:
        """The word of an alternative by which it is looked for: the first one that not every sentence has."""
        return next((word for word in words if word not in self._compiler.small), words[0])

    def _anchored(self, expression: str) -> str:
        """The expression, held to the beginning of a word.

        A sign is one by itself, and what begins with the letter of a sign is found much faster than what begins with a look back.
        """
        sign = f"(?:{OPEN}"
        if not expression.startswith(sign):
            behind = "".join(f"(?<!{re.escape(word)} )" for word in self._free)
            return rf"(?<!\S){behind}{expression}"
        behind = "".join(f"(?<!{re.escape(word)} {OPEN})" for word in self._free)
        return f"{sign}{behind}{expression.removeprefix(sign)}"


def _deepest(choices: Sequence[Sequence[str]]) -> int:
    """How many of some alternatives can fit the same words: those that begin with one another."""
    open_: list[list[str]] = []
    deepest = 1
    for words in sorted(map(list, choices)):
        while open_ and words[: len(open_[-1])] != open_[-1]:
            open_.pop()
        open_.append(words)
        deepest = max(deepest, len(open_))
    return deepest


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def _unless(words: Sequence[str]) -> str:
    """An expression that holds where none of the words follows."""
    return rf"(?!(?:{_either(words)}) )" if words else ""


def _form_names(name: str) -> list[str]:
    """`head:present|base` to `head:present` and `head:base`."""
    prefix, _, rest = name.rpartition(":")
    return [f"{prefix}:{part}" if prefix else part for part in rest.split("|")]
