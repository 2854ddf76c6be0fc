"""Errors go from one process to another as they are."""

import pickle
from pathlib import Path

import pytest

from graph import errors
from graph.errors import ActRefused, InputError, LiaisonError, StoreError


def below(kind: type[LiaisonError]) -> list[type[LiaisonError]]:
    """All errors of a kind."""
    return [kind, *(one for child in kind.__subclasses__() for one in below(child) if one.__module__ == errors.__name__)]


@pytest.mark.parametrize("kind", below(InputError))
@pytest.mark.parametrize("stops", [True, False])
def test_what_is_wrong_with_a_file_comes_back_whole(kind: type[InputError], *, stops: bool) -> None:
    error = kind(Path("data/a.txt"), "it is empty", "write something", 3, stops=stops)
    back = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    assert type(back) is kind
    assert vars(back) == vars(error)
    assert str(back) == str(error) == "data/a.txt:3: it is empty; write something."


@pytest.mark.parametrize("kind", [one for one in below(LiaisonError) if not issubclass(one, InputError | StoreError | ActRefused)])
def test_a_message_comes_back(kind: type[LiaisonError]) -> None:
    assert str(pickle.loads(pickle.dumps(kind("so it is.")))) == "so it is."  # noqa: S301


@pytest.mark.parametrize("kind", below(ActRefused))
def test_what_a_reviewer_cannot_do_comes_back_with_the_acts_that_help(kind: type[ActRefused]) -> None:
    back = pickle.loads(pickle.dumps(kind("it is undone", "undo the undo", ("undo", "1a2b"))))  # noqa: S301
    assert type(back) is kind
    assert (str(back), back.ways) == ("it is undone; undo the undo.", (("undo", "1a2b"),))


def test_what_is_wrong_with_a_store_comes_back() -> None:
    error = StoreError(Path("releases"), "there is none", "run `liaison build`")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301
