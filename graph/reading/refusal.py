"""That a document cannot be read, as the readers say it: without its path, which the child process does not know."""


class Refusal(Exception):
    """A document cannot be read.

    Args:
        problem: what is wrong, as part of a sentence.
        remedy: what to do about it, in the imperative.
        line: line number, counted from 1, where known.
    """

    def __init__(self, problem: str, remedy: str, line: int | None = None) -> None:
        """Keep the parts."""
        self.problem, self.remedy, self.line = problem, remedy, line
        super().__init__(f"{problem}; {remedy}.")
