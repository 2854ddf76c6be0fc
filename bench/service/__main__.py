"""Measure the service beside its peers and write the page."""

import argparse
from pathlib import Path

from bench.service import report, trials
from bench.service.peers import Server, servers
from graph.release import Releases


def main() -> None:
    """Run all trials and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.service", description=__doc__)
    parser.add_argument("releases", type=Path, nargs="+", help="folders of releases; the hostile queries are sent to the first")
    parser.add_argument("--out", type=Path, help="file of the page; without it the page is printed")
    parser.add_argument("--rounds", type=int, default=11, help="how often each query is asked")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "liaison-bench", help="where peers are installed")
    arguments = parser.parse_args()
    runs, ordeals, loads, shown, missing = [], {}, {}, [], []
    for number, folder in enumerate(arguments.releases):
        release = Releases(folder).current()
        found, missing = servers(folder, release, arguments.cache)
        running = [server for server in found if server.start()]
        missing += [f"{server.name} did not start" for server in found if server not in running]
        try:
            title = (
                "the shipped data"
                if number == 0
                else f"invented profiles, {release.manifest['counts']['classes']['liaison:CountryProfile']}"
            )
            times = trials.in_turn(running, release.view, arguments.rounds, lambda text: print(text, flush=True))
            runs.append(report.Run(title, len(release.view), times))
            if number == 0:
                shown = running
                loads = loads_of(running)
                ordeals = trials.ordeals(running, lambda text: print(text, flush=True))
        finally:
            for server in running:
                server.stop()
    page = report.page(shown, missing, runs, ordeals, loads)
    if arguments.out:
        arguments.out.write_text(page, encoding="utf-8")
    else:
        print(page)


def loads_of(running: list[Server]) -> dict[str, trials.Load]:
    """A page of ours, a file of ours as a limit, and `ASK {}` on every server."""
    ours = running[0]
    loads = {
        f"{ours.name}: page of Spain": trials.under_load(ours, trials.PAGE),
        f"{ours.name}: a static file": trials.under_load(ours, "/static/liaison.css"),
    }
    for server in running:
        loads[f"{server.name}: ASK {{}}"] = trials.under_load(server, None)
        if server is not ours:
            server.stop()
            server.start()
    return loads


if __name__ == "__main__":
    main()
