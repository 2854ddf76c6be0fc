"""The page on the SPARQL service names every status, every format and only settings that exist."""

import re
from dataclasses import fields
from pathlib import Path

from webapp.config import Config
from webapp.pool.answers import GRAPHS, RESULTS
from webapp.sparql import SPREADSHEET, STATUS

PAGE = (Path(__file__).parents[2] / "docs/service.md").read_text(encoding="utf-8")
SEEN_BY_NOBODY = {499}


def test_every_status_of_a_query_is_explained() -> None:
    explained = {int(code) for codes in re.findall(r"^\| ([\d, ]+) \|", PAGE, re.MULTILINE) for code in codes.split(",")}
    assert set(STATUS.values()) - SEEN_BY_NOBODY <= explained


def test_every_format_is_named_with_its_media_type() -> None:
    for item in (*RESULTS.values(), SPREADSHEET, *GRAPHS.values()):
        assert f"`{item.name}`" in PAGE
        assert f"`{item.media_type}`" in PAGE


def test_every_setting_that_it_names_exists() -> None:
    named = set(re.findall(r"`((?:query|result|spool|log)_\w+|workers|proxy|services)`", PAGE))
    assert named
    assert named <= {setting.name for setting in fields(Config)}
