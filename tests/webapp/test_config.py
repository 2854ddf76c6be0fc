"""Settings: from options, from the environment, and what cannot be used."""

from dataclasses import fields
from pathlib import Path

import pytest

from graph.errors import SettingError
from webapp.config import Config, shipped_data


def test_an_option_wins_over_the_environment_and_this_over_the_default() -> None:
    environment = {"LIAISON_PORT": "9001", "LIAISON_HOST": "::1", "LIAISON_DATA": "elsewhere", "OTHER_PORT": "1"}
    config = Config.from_environment(environment, port=9002, host=None)
    assert (config.port, config.host, config.data) == (9002, "::1", Path("elsewhere"))
    assert config.workers == Config().workers


@pytest.mark.cases("settings")
def test_a_setting_that_cannot_be_used_is_named(case: dict[str, str]) -> None:
    with pytest.raises(SettingError, match=case["problem"]):
        Config.from_environment({case["variable"]: case["value"]})


def test_each_setting_says_what_it_means() -> None:
    assert all(setting.metadata["help"] for setting in fields(Config))


def test_the_data_are_those_of_the_working_folder_else_those_of_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shipped_data().parts[-3:] == ("webapp", "shipped", "data")
    (tmp_path / "data").mkdir()
    assert shipped_data() == Path("data")
