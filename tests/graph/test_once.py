"""What is worked out once is, however many threads ask for it at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from graph.once import Once
from graph.release import Release
from webapp.live import Serving


class Thing:
    """Something that counts how often its value is made."""

    def __init__(self) -> None:
        """Nothing is made yet."""
        self.made: list[object] = []
        self.again = Event()

    @Once
    def value(self) -> object:
        """A new object; who makes it waits a while for a second one to do so as well."""
        self.made.append(object())
        if len(self.made) > 1:
            self.again.set()
        self.again.wait(0.2)
        return self.made[-1]


def test_threads_that_ask_at_once_get_the_same() -> None:
    thing = Thing()
    with ThreadPoolExecutor(4) as pool:
        found = {id(one.result()) for one in [pool.submit(lambda: thing.value) for _ in range(4)]}
    assert found == {id(thing.made[0])}
    assert len(thing.made) == 1


@pytest.mark.parametrize(("of", "name"), [(Release, "view"), (Release, "index"), (Serving, "index"), (Serving, "adjacency")])
def test_what_is_opened_is_opened_once(of: type, name: str) -> None:
    assert isinstance(vars(of)[name], Once)
