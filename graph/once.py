"""What is worked out once, whichever thread asks for it first."""

from collections.abc import Callable
from functools import cached_property
from threading import RLock
from typing import Any, TypeVar, overload

Made = TypeVar("Made")


class Once(cached_property[Made]):
    """A cached property behind a lock: that of Python has none from 3.12 on, and two threads would open a store twice."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        """The lock is for all objects of a class, as making is rare."""
        super().__init__(make)
        self._making = RLock()

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> "Once[Made]": ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Made: ...
    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> "Once[Made] | Made":
        """What was made, or is now."""
        if instance is None:
            return self
        with self._making:
            return super().__get__(instance, owner)
