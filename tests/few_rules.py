"""A data folder with the shipped facts and few of the rules, so that a command reads its rules in no time."""

from pathlib import Path

import yaml

RULES = ("co-drives", "member-of", "represented-in", "cooperates-with")


def few_rules(data: Path, folder: Path) -> Path:
    """The shipped data folder in `folder`, with no profiles and only `RULES`."""
    (folder / "rules/en").mkdir(parents=True)
    (folder / "authority").symlink_to(data / "authority")
    (folder / "rules/abbreviations.yaml").symlink_to(data / "rules/abbreviations.yaml")
    for path in (data / "rules/en").glob("*.yaml"):
        (folder / "rules/en" / path.name).symlink_to(path)
    keep_few_rules(folder)
    return folder


def keep_few_rules(folder: Path) -> None:
    """Leave only `RULES` in the English rules of a data folder."""
    relations = folder / "rules/en/relations.yaml"
    values = yaml.safe_load(relations.read_text(encoding="utf-8"))
    relations.unlink()
    values["rules"] = [rule for rule in values["rules"] if rule["id"] in RULES]
    assert len(values["rules"]) == len(RULES)
    relations.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
