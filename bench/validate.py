"""How long the shapes take: compiled queries against pySHACL, on the slice of the first profile and on everything.

Usage: python bench/validate.py [DATA]
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pyoxigraph as ox

from graph import inputs
from graph.assembly import assemble
from graph.iris import Iris
from graph.store import View
from graph.validation import validate_release
from graph.validation.slices import slice_of, validate_slice

ROUNDS = 3


def seconds(task: Callable[[], object]) -> float:
    """Median processor time of a task over some rounds."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        task()
        taken.append(time.process_time() - begun)
    return median(taken)


def main() -> None:
    """Measure and print."""
    iris = Iris()
    assembly = assemble(inputs.find(Path(sys.argv[1] if len(sys.argv) > 1 else "data")), iris, None, lambda _: None)
    whole = View.of(assembly.published())
    part = slice_of(whole, iris.graph(f"profile/{assembly.profiles[0]}"))
    triples = len(part.own) + len(part.classes)
    pyshacl = seconds(lambda: validate_slice(part))
    view = View.of(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in (*part.own, *part.classes))
    compiled, everything = seconds(lambda: validate_release(view)), seconds(lambda: validate_release(whole))
    print(f"slice of {triples} triples: pySHACL {pyshacl:.2f} s, compiled {compiled:.3f} s, {pyshacl / compiled:.0f} times as quick")
    print(f"everything, {len(assembly.quads)} triples: compiled {everything:.2f} s")


if __name__ == "__main__":
    main()
