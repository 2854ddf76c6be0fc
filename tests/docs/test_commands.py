"""Each command, setting and target that exists is documented, and nothing else is."""

import re
from dataclasses import fields
from pathlib import Path

from webapp.cli import cli
from webapp.config import Config

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/commands.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_meaning() -> None:
    rows = re.findall(r"^\| `--([\w-]+)` \| `LIAISON_(\w+)` \| .* \| (.+) \|$", PAGE, re.MULTILINE)
    assert rows == [(setting.name.replace("_", "-"), setting.name.upper(), setting.metadata["help"]) for setting in fields(Config)]


def test_every_command_is_documented() -> None:
    assert set(re.findall(r"^\| `liaison (\w+)", PAGE, re.MULTILINE)) == set(cli.commands)


def test_every_target_of_make_is_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) - {"frontend"}
    assert set(re.findall(r"`make ([a-z]+)`", PAGE)) == targets
