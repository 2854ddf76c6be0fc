"""How long it takes to publish one decision: a copy of the data is built, one claim is accepted, and it is built again.

    python -m bench.publish [DATA]

Each build is a process as the page "Publish" starts it. Seconds are those of the clock on the
wall, station after station as the build tells of them, and of the processor, which hardly depend on what else the machine does.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from graph.decisions import acting, log
from graph.iris import DEFAULT_BASE
from webapp.review.office import Office

PROFILE = "see-2023-firearms-jad"
ROUNDS, TARGET = 3, 10.0


class Took(NamedTuple):
    """What a build took: seconds until each station was told of, in all, and of the processor."""

    stations: dict[str, float]
    wall: float
    processor: float


def built(data: Path, releases: Path) -> Took:
    """Build in a process of its own."""
    command = [sys.executable, "-m", "webapp.builder", str(data), str(releases), DEFAULT_BASE]
    before, begun = _processor(), time.perf_counter()
    stations: dict[str, float] = {}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout
        last = begun
        for line in process.stdout:
            now = time.perf_counter()
            name = line.partition(" ")[0]
            if line.startswith(name + " ") and name:
                stations[name], last = stations.get(name, 0.0) + now - last, now
    if process.returncode:
        message = f"the build ended with {process.returncode}"
        raise RuntimeError(message)
    return Took(stations, time.perf_counter() - begun, _processor() - before)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def accept(data: Path, releases: Path) -> None:
    """Accept the claim of the first profile that waits first."""
    table = Office(data, DEFAULT_BASE, releases / "cache" / "extractions").table(PROFILE)
    card = next(card for card in table.waiting if card.adds_edge)
    log.record(data / "decisions", [acting.accept(card, "ana", "")])


def main() -> None:
    """Print a line for each station."""
    with tempfile.TemporaryDirectory() as scratch:
        data, releases = Path(scratch) / "data", Path(scratch) / "releases"
        shutil.copytree(Path(sys.argv[1] if len(sys.argv) > 1 else "data"), data)
        first, again = built(data, releases), []
        for _ in range(ROUNDS):
            accept(data, releases)
            again.append(built(data, releases))
    print(f"{'seconds':<14}{'first':>8}{'after one decision':>20}")
    for name in ("authority", "profile", "decisions", "edges", "shapes", "release"):
        print(f"{name:<14}{first.stations.get(name, 0.0):>8.2f}{median(took.stations.get(name, 0.0) for took in again):>20.2f}")
    wall, processor = median(took.wall for took in again), median(took.processor for took in again)
    print(f"{'wall':<14}{first.wall:>8.2f}{wall:>20.2f}   target {TARGET:g}")
    print(f"{'processor':<14}{first.processor:>8.2f}{processor:>20.2f}")


if __name__ == "__main__":
    main()
