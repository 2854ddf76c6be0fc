"""Texts of sentences that can be told apart, and random edits whose effect is known.

Each sentence has a mark that no edit touches, a lower-case word of its own, so that a test knows which sentence became
which, whatever the anchoring says.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

NAMES = ("Spain", "Europol", "INTERPOL", "France", "Eurojust", "Frontex", "Guardia Civil", "ENFAST")
VERBS = ("is a member of", "works with", "supports the work of", "reports to", "is represented in")
TAILS = ("in the field of child protection", "on the exchange of information between police forces", "with a contact point of its own", "")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Written:
    """A sentence of a text that is edited.

    Args:
        mark: a word that no other sentence has.
        subject: whose name it begins with.
        verb: what is said.
        target: the other name.
        tail: what follows.
    """

    mark: str
    subject: str
    verb: str
    target: str
    tail: str

    @property
    def text(self) -> str:
        """Its words."""
        return f"{self.subject} {self.verb} {self.target} {self.mark} {self.tail}".rstrip() + "."

    def since(self, before: "Written") -> str:
        """What it is beside an earlier one: the `same`, `spelt` otherwise, or `other`, since it says something else."""
        if self == before:
            return "same"
        return "spelt" if replace(self, tail=before.tail) == before else "other"


def written(chance: random.Random, number: int) -> Written:
    """Any sentence; the number makes its mark."""
    mark = "".join(_LETTERS[number // size % 26] for size in (676, 26, 1)) + "".join(chance.choices(_LETTERS, k=5))
    subject, target = chance.sample(NAMES, 2)
    return Written(mark, subject, chance.choice(VERBS), target, chance.choice(TAILS))


def text_of(sentences: Iterable[Written], chance: random.Random) -> str:
    """The text: paragraphs of some sentences, some of them wrapped."""
    parts: list[str] = []
    for sentence in sentences:
        words = sentence.text if chance.random() < 0.7 else sentence.text.replace(" ", "\n", 3).replace("\n", " ", 2)
        parts += [words, "\n\n" if chance.random() < 0.3 else " "]
    return "".join(parts)


def edited(sentences: list[Written], chance: random.Random) -> list[Written]:
    """The sentences after one edit of any kind."""
    place, number = chance.randrange(len(sentences)), len(sentences) + chance.randrange(600)
    kind = chance.choice(("delete", "insert", "move", "spell", "deny", "rename", "plan", "swap"))
    one = sentences[place]
    rest = sentences[:place] + sentences[place + 1 :]
    other = next(name for name in NAMES if name not in (one.subject, one.target))
    match kind:
        case "delete":
            return rest or sentences
        case "insert":
            return [*sentences[:place], written(chance, number), *sentences[place:]]
        case "move":
            to = chance.randrange(len(rest) + 1)
            return [*rest[:to], one, *rest[to:]]
        case "spell":
            new = replace(one, tail=f"{one.tail} as ever".strip())
        case "deny":
            new = replace(one, verb=f"not {one.verb}")
        case "rename":
            new = replace(one, target=other)
        case "plan":
            new = replace(one, verb=f"plans to {one.verb}")
        case _:
            new = replace(one, subject=one.target, target=one.subject)
    return [*sentences[:place], new, *sentences[place + 1 :]]
