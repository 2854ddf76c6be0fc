"""The servers that are measured: installed apart, started on loopback, ended by their process."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.service.client import Client
from graph.release import Release

LIMIT = 5
"""Seconds that a query may run, for those servers that have such a limit."""
RDFLIB_ENDPOINT, OXIGRAPH, TRIFID = "rdflib-endpoint[cli]==0.6.3", "oxigraph==0.5.13", "trifid@5.3.0"
_START_SECONDS = 120.0
TRIFID_CONFIGURATION = """
server: {{listener: {{host: 127.0.0.1, port: {port}}}}}
globals: {{endpoints: {{default: {{url: /query}}}}}}
plugins:
  fetch-handler:
    module: trifid-handler-fetch
    paths: /query
    config: {{url: "{data}", contentType: application/n-triples, baseIRI: "https://w3id.org/liaison/", unionDefaultGraph: true}}
"""


@dataclass
class Server:
    """One server.

    Args:
        name: what it is called on the page.
        command: starts it on a port.
        path: of its endpoint.
        note: how it was set up.
        port: where it listens now.
    """

    name: str
    command: Callable[[int], Sequence[str]]
    path: str
    note: str
    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> bool:
        """Start it, and wait until it answers; False if it does not."""
        self.port = free_port()
        environment = os.environ | {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
        self.process = subprocess.Popen(
            self.command(self.port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd=self.folder, env=environment, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if self.client(5).ask("ASK {}").status == 200:  # noqa: PLR2004  # the status of success
                return True
            time.sleep(0.5)
        self.stop()
        return False

    def client(self, patience: float) -> Client:
        """A client of it."""
        return Client(self.port, self.path, patience)

    def stop(self) -> None:
        """End it with all that it has started."""
        if self.process:
            for process in [*self.family()]:
                process.kill()
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def family(self) -> list[psutil.Process]:
        """It and what it has started."""
        try:
            parent = psutil.Process(self.process.pid if self.process else -1)
            return [*parent.children(recursive=True), parent]
        except (psutil.NoSuchProcess, ValueError):
            return []

    def processor_seconds(self) -> float:
        """Processor time that it has used so far."""
        return sum(_quietly(lambda p=process: sum(p.cpu_times()[:2])) for process in self.family())

    def resident_megabytes(self) -> float:
        """Memory that it holds."""
        return sum(_quietly(lambda p=process: p.memory_info().rss / 2**20) for process in self.family())


def servers(releases: Path, release: Release, cache: Path) -> tuple[list[Server], list[str]]:
    """The servers that can be run here, ours first, and in words those that cannot."""
    data, missing = release.folder.absolute() / "liaison.nt", []
    ours = Server("Liaison", lambda port: [sys.executable, "-m", "webapp.cli", "serve", "--releases", str(releases.absolute()), "--port", str(port), "--query-seconds", str(LIMIT)], "/sparql", f"defaults, {LIMIT} s a query", Path.cwd())  # fmt: skip
    found = [ours]
    venv = _python_packages(cache / "python", [RDFLIB_ENDPOINT, OXIGRAPH])
    if venv:
        found.append(Server("rdflib-endpoint", lambda port: ["rdflib-endpoint", "serve", "--host", "127.0.0.1", "--port", str(port), str(data)], "/", f"{RDFLIB_ENDPOINT}, data in memory; it has no limit of time", venv))  # fmt: skip
        store = cache / f"oxigraph-{release.id}"
        if not store.exists():
            subprocess.run([venv / "bin/oxigraph", "load", "--location", store, "--file", data], check=True, capture_output=True)
        found.append(Server("Oxigraph server", lambda port: ["oxigraph", "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}", "--timeout-s", str(LIMIT)], "/query", f"{OXIGRAPH}, --timeout-s {LIMIT}", venv))  # fmt: skip
    else:
        missing.append("rdflib-endpoint and the Oxigraph server could not be installed")
    node = _node_packages(cache / "node", [TRIFID, "trifid-handler-fetch"])
    if node:
        found.append(
            Server("Trifid", lambda port: _trifid(node, port, data), "/query", f"{TRIFID} with trifid-handler-fetch, data in memory", node)
        )
    else:
        missing.append("Trifid was left out: no Node here, or it could not be installed")
    return found, missing


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _trifid(folder: Path, port: int, data: Path) -> list[str]:
    configuration = folder / f"trifid-{port}.yaml"
    configuration.write_text(TRIFID_CONFIGURATION.format(port=port, data=data), encoding="utf-8")
    return [str(folder / "node_modules/.bin/trifid"), "-c", str(configuration)]


def _python_packages(folder: Path, packages: Sequence[str]) -> Path | None:
    if not (folder / "bin/oxigraph").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        if subprocess.run([folder / "bin/pip", "install", "--quiet", *packages], check=False).returncode:
            return None
    return folder


def _node_packages(folder: Path, packages: Sequence[str]) -> Path | None:
    npm = shutil.which("npm")
    if npm is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    if (
        not (folder / "node_modules/.bin/trifid").exists()
        and subprocess.run([npm, "install", "--silent", "--prefix", folder, *packages], check=False, capture_output=True).returncode
    ):
        return None
    return folder


def _quietly(read: Callable[[], float]) -> float:
    try:
        return read()
    except psutil.Error:
        return 0.0
