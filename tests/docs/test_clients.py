"""Each example of docs/clients.md runs against a real server and finds the sentence."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs/clients.md").read_text(encoding="utf-8")
EXAMPLES = [(heading, *example) for heading, section in re.findall(r"^## (.+?)$(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
            for example in re.findall(r"^```(\w+)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)]  # fmt: skip
RUNNERS = {
    "sh": (["sh", "-eu", "-c"], "curl", "curl"),
    "python": ([sys.executable, "-c"], sys.executable, "python"),
    "r": (["Rscript", "-e"], "Rscript", "r-base-core"),
    "js": (["node", "--input-type=module", "-e"], "node", "nodejs"),
}
"""For each language: the command, what it needs, and the Debian package that brings it."""


def test_there_is_an_example_for_each_client() -> None:
    assert {heading for heading, _, _ in EXAMPLES} == {
        "curl",
        "Python: SPARQLWrapper",
        "Python: rdflib",
        "Python: pandas",
        "R",
        "JavaScript",
    }


@pytest.mark.parametrize(
    ("heading", "language", "example"), EXAMPLES, ids=[f"{heading}-{place}" for place, (heading, _, _) in enumerate(EXAMPLES)]
)
def test_an_example_finds_the_sentence(heading: str, language: str, example: str, site: str) -> None:
    command, program, package = RUNNERS[language]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if shutil.which(program, path=path) is None:
        pytest.skip(f"{heading}: there is no {program}; on Debian: apt-get install {package}")
    ended = subprocess.run(
        [*command, example.replace("http://127.0.0.1:8000", site)],
        capture_output=True, text=True, check=False, timeout=120, env=os.environ | {"PATH": path},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "True" in ended.stdout or "Spain co-drives the CSE EMPACT Group in Europol" in " ".join(ended.stdout.split())
