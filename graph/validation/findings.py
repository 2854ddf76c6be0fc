"""What a shape has to say about one thing, in words that name the sentence or row it rests on."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One broken rule.

    Args:
        severity: `Violation`, `Warning` or `Info`.
        shape: local name of the constraint, `Claim-evidence`.
        focus: IRI of the thing that breaks it.
        message: what is wrong, and what to do.
        label: the thing in words, empty where it has none.
        value: the value that is wrong, empty where one is missing.
        source: words of the sentence or row that the thing rests on, empty where there are none.
    """

    severity: str
    shape: str
    focus: str
    message: str
    label: str = ""
    value: str = ""
    source: str = ""

    @property
    def is_violation(self) -> bool:
        """Whether it stops a release."""
        return self.severity == "Violation"

    def __str__(self) -> str:
        """The finding as one paragraph."""
        what = f"{self.label} ({self.focus})" if self.label else self.focus
        wrong = f" The value is {self.value.removesuffix('.')}." if self.value else ""
        rests = f" It rests on: {self.source}" if self.source else ""
        return f"{what}: {self.message}{wrong}{rests} [{self.shape}]"
