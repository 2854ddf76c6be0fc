"""What is measured: the queries in turn, the hostile ones alone, short requests under load."""

import json
import math
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles

import pyoxigraph as ox

from bench.service.client import Answer, Client
from bench.service.hostile import HOSTILE
from bench.service.mix import QUERIES
from bench.service.peers import LIMIT, Server
from graph.store import View

PATIENCE = 15.0
"""Seconds that a client waits for a hostile query."""
BREATH = 2.0
"""Seconds after which a server is looked at again."""
IDLE = 0.25
"""Processor seconds in a second that count as still at work."""
LOAD_SECONDS, HOSTILE_CLIENTS = 12.0, 4
PAGE = "/page/country/ESP"


@dataclass
class Times:
    """Milliseconds of one query on one server, and the rows that it gave."""

    taken: list[float] = field(default_factory=list)
    rows: int | None = None

    @property
    def middle(self) -> float:
        """The median; not a number without any."""
        return median(self.taken) if self.taken else math.nan

    @property
    def spread(self) -> float:
        """From the first to the third quarter."""
        first, _, third = quantiles(self.taken, n=4) if len(self.taken) > 1 else (math.nan,) * 3
        return third - first


@dataclass(frozen=True)
class Ordeal:
    """What a hostile query did to a server.

    Args:
        answer: what the client got.
        survives: whether `ASK {}` is answered afterwards, within some seconds.
        busy: processor seconds in one second, some seconds after the end.
        megabytes: memory then.
        called: whether the listener was called.
    """

    answer: Answer
    survives: bool
    busy: float
    megabytes: float
    called: bool

    @property
    def is_well(self) -> bool:
        """Whether it ended in time with an answer, and left nothing behind."""
        in_time = self.answer.status and self.answer.seconds <= 2 * LIMIT
        return bool(in_time and self.survives and self.busy < IDLE and not self.called and not self.answer.is_cut)


@dataclass(frozen=True)
class Load:
    """Short requests while others hurt: milliseconds of those that were answered, and how many failed."""

    quiet: Sequence[float]
    loaded: Sequence[float]
    failed: int


def in_turn(servers: Sequence[Server], view: View, rounds: int, tell: Callable[[str], None]) -> dict[str, dict[str, Times]]:
    """Every query on every server, one after the other and round after round, and the engine alone as a limit."""
    found = {name: {server.name: Times() for server in servers} | {"engine alone": Times()} for name in QUERIES}
    clients = {server.name: server.client(120) for server in servers}
    for turn in range(rounds + 1):
        tell(f"round {turn} of {rounds}")
        for name, query in QUERIES.items():
            for server in [*servers[turn % len(servers) :], *servers[: turn % len(servers)]]:
                answer, times = clients[server.name].ask(query), found[name][server.name]
                if answer.status == 200 and turn:  # noqa: PLR2004  # the status of success; round 0 warms up
                    times.taken.append(answer.seconds * 1000)
                    times.rows = answer.rows
            begun = time.perf_counter()
            alone = _alone(view, query)
            if turn:
                found[name]["engine alone"].taken.append((time.perf_counter() - begun) * 1000)
                found[name]["engine alone"].rows = alone
    for client in clients.values():
        client.close()
    return found


def ordeals(servers: Sequence[Server], tell: Callable[[str], None]) -> dict[str, dict[str, Ordeal]]:
    """Every hostile query on every server, each alone; a server that does not recover is started anew."""
    found: dict[str, dict[str, Ordeal]] = {name: {} for name in HOSTILE}
    for name, query in HOSTILE.items():
        for server in servers:
            with _spy() as (port, called):
                found[name][server.name] = _ordeal(server, query.replace("SPY", str(port)), called)
            if not found[name][server.name].is_well:
                server.stop()
                server.start()
            tell(f"{name}: {server.name} {found[name][server.name].answer.status}")
    return found


def under_load(server: Server, path: str | None) -> Load:
    """A page, or `ASK {}` where there are no pages, alone and while clients send the three-way product."""
    quiet, _ = _short(server, path, LOAD_SECONDS / 2)
    end = threading.Event()
    hurting = [threading.Thread(target=_hurt, args=(server, end)) for _ in range(HOSTILE_CLIENTS)]
    for thread in hurting:
        thread.start()
    time.sleep(1)
    loaded, failed = _short(server, path, LOAD_SECONDS)
    end.set()
    for thread in hurting:
        thread.join()
    return Load(quiet, loaded, failed)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of all lies; not a number without any."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] if values else math.nan


def _alone(view: View, query: str) -> int | None:
    result = view._store.query(query)  # noqa: SLF001  # the engine itself is what is measured
    if isinstance(result, ox.QueryTriples):
        ox.serialize(result, format=ox.RdfFormat.TURTLE)
        return None
    parsed = json.loads(result.serialize(format=ox.QueryResultsFormat.JSON) or b"{}")
    return 1 if "boolean" in parsed else len(parsed["results"]["bindings"])


def _ordeal(server: Server, query: str, called: threading.Event) -> Ordeal:
    client = server.client(PATIENCE)
    answer = client.ask(query)
    client.close()
    time.sleep(BREATH)
    survives = any(server.client(PATIENCE / 3).ask("ASK {}").status == 200 for _ in range(2))  # noqa: PLR2004
    before = server.processor_seconds()
    time.sleep(1)
    return Ordeal(answer, survives, server.processor_seconds() - before, server.resident_megabytes(), called.is_set())


def _short(server: Server, path: str | None, seconds: float) -> tuple[list[float], int]:
    client, taken, failed, until = server.client(PATIENCE / 3), [], 0, time.monotonic() + seconds
    while time.monotonic() < until:
        answer = client.get(path) if path else client.ask("ASK {}")
        if answer.status == 200:  # noqa: PLR2004
            taken.append(answer.seconds * 1000)
        else:
            failed += 1
        time.sleep(0.01)
    client.close()
    return taken, failed


def _hurt(server: Server, end: threading.Event) -> None:
    query = HOSTILE["three-way product, counted"]
    while not end.is_set():
        client: Client = server.client(PATIENCE)
        client.ask(query)
        client.close()
        end.wait(0.1)


@contextmanager
def _spy() -> Iterator[tuple[int, threading.Event]]:
    """A listener on loopback that notes whether anybody calls."""
    called = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(PATIENCE + 1)

        def wait() -> None:
            """Note one call and hang up."""
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            called.set()
            caller.close()

        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        yield listening.getsockname()[1], called
