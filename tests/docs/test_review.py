"""docs/review.md: its commands exist with the options that it names, its handle is one, and each command is told."""

import re
import shlex
from pathlib import Path

import pytest

from graph.decisions.queue import _ORDER
from webapp.commands.review import command

PAGE = (Path(__file__).parents[2] / "docs/review.md").read_text(encoding="utf-8")
LINES = [
    line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines() if line.startswith("liaison review ")
]


@pytest.mark.parametrize("line", LINES)
def test_a_command_on_the_page_can_be_given(line: str) -> None:
    _, _, name, *rest = shlex.split(line)
    assert command.commands[name].make_context(name, rest)


def test_each_command_is_told() -> None:
    told = set(re.findall(r"`(?:liaison review )?([a-z]+)\b", PAGE)) | {line.split()[2] for line in LINES}
    assert set(command.commands) <= told


def test_the_order_of_the_queue_is_told() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \| [^|]+ \| (?:first|then|last)", PAGE, re.MULTILINE)) == _ORDER
