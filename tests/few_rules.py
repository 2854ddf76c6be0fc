"""Data folders with few of the shipped rules, facts and profiles, so that reading and building them takes little time."""

import shutil
from pathlib import Path

import yaml

RULES = ("co-drives", "member-of", "represented-in", "cooperates-with")
ROWS = {"aliases": 200, "memberships": 60}
"""How many rows of the long tables are kept."""
PROFILE = "spain-2018-cse"


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


def keep_few_rows(folder: Path, *also: str) -> None:
    """Leave only the first `ROWS` of the long tables of a data folder, and those that begin with one of the texts in `also`."""
    authority = folder / "authority"
    if authority.is_symlink():
        shipped = authority.resolve()
        authority.unlink()
        shutil.copytree(shipped, authority)
    for name, count in ROWS.items():
        path = authority / f"{name}.csv"
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(rows[: count + 1] + [row for row in rows[count + 1 :] if row.startswith(also)]), encoding="utf-8")


def one_profile(data: Path, folder: Path, *also: str) -> Path:
    """A copy of the shipped data in `folder` with one profile, few rules and few rows; `also` as in `keep_few_rows`."""
    for room in ("authority", "rules"):
        shutil.copytree(data / room, folder / room)
    for path in (f"profiles/{PROFILE}.txt", f"claims/{PROFILE}.yaml"):
        (folder / path).parent.mkdir()
        shutil.copy(data / path, folder / path)
    keep_few_rules(folder)
    keep_few_rows(folder, *also)
    return folder
