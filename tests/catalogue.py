"""Judge the description of a release by shapes from elsewhere: `python -m tests.catalogue FILE ...`.

The shapes of DCAT-AP are not part of the repository; FILE is a copy of them, or any other shapes in Turtle.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import pyshacl
from rdflib import RDF, SH, Graph

from graph.release import Releases
from graph.void import FILE
from webapp.config import Config


def judged(description: Path, shapes: Sequence[Path]) -> list[str]:
    """What the shapes find in the description, a line each: severity, node, path, message."""
    rules = Graph()
    for path in shapes:
        rules.parse(path, format="turtle")
    _, report, _ = pyshacl.validate(Graph().parse(description, format="turtle"), shacl_graph=rules, advanced=True)
    assert isinstance(report, Graph)
    return sorted(
        " ".join(
            str(report.value(result, part) or "-").rpartition("#")[2]
            for part in (SH.resultSeverity, SH.focusNode, SH.resultPath, SH.resultMessage)
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def main() -> None:
    """Judge the current release; ends with 1 if a violation is found, with 2 if no shapes are named."""
    shapes = [Path(name) for name in sys.argv[1:]]
    if not shapes:
        sys.exit("name the files of the shapes: make catalogue SHAPES=FILE")
    found = judged(Releases(Config().releases).current().folder / FILE, shapes)
    for line in found:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{len(found)} findings\n")
    sys.exit(any(line.startswith("Violation") for line in found))


if __name__ == "__main__":
    main()
