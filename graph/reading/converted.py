"""What a conversion gives: the text, who converted it, and where each word of it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.reading.kinds import MAX_TEXT
from graph.reading.places import Places


@dataclass(frozen=True)
class Converted:
    """A document as text.

    Args:
        text: the text.
        converter: name and version of what made it.
        places: offsets in the text back to the original.
    """

    text: str
    converter: str
    places: Places

    def as_json(self) -> dict[str, Any]:
        """The three of them as JSON has them."""
        return {"text": self.text, "converter": self.converter, "places": self.places.as_json()}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Converted":
        """What `as_json` gave; nothing in it is taken on trust.

        Raises:
            ValueError: it is no conversion.
        """
        text, converter, places = fields.get("text"), fields.get("converter"), fields.get("places")
        if not isinstance(text, str) or not isinstance(converter, str) or not isinstance(places, dict):
            message = "text, converter and places are not all there"
            raise ValueError(message)  # noqa: TRY004  # a wrong value in a file, not a wrong call
        if "\0" in text or not text.strip() or len(text.encode()) > MAX_TEXT:
            message = "the text is empty, too long or no text"
            raise ValueError(message)
        return cls(text, converter, Places.from_json(places, len(text)))
