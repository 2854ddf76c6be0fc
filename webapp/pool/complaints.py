"""What the parser has to say of a query, for a person: line, column, and what it expected there."""

import re

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_EXPECTED = re.compile(r'"(?P<symbol>[^"\\]+)"|"(?:[^"\\]|\\.)*"|\[[^\]]*\]|(?P<words>[^,"\[\s][^,"\[]*)')
_MANY = 8
_UNREADABLE = "The query cannot be read here, or just before"


def explained(complaint: str) -> tuple[str, int | None, int | None]:
    """A sentence, and line and column where known.

    The parser lists everything that it tried last. Reasons in words ("Prefix not found") are the best of it, and the
    punctuation that could have come next helps; its keywords and classes of characters rather mislead.
    """
    found = _PLACE.match(complaint)
    if not found:
        return f"The query cannot be read: {complaint}.", None, None
    parts = list(_EXPECTED.finditer(found[3]))
    reasons = [part["words"].strip() for part in parts if part["words"] and " " in part["words"].strip()]
    symbols = [part["symbol"] for part in parts if part["symbol"]][:_MANY]
    message = f"{'; '.join(reasons)}." if reasons else f"{_UNREADABLE}."
    if symbols and not reasons:
        message = f"{_UNREADABLE}; could stand here: {' '.join(symbols)}"
    return message, int(found[1]), int(found[2])
