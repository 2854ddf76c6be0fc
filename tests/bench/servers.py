"""Two servers that are never started."""

from pathlib import Path

from bench.service.peers import Server

SERVERS = [Server(name, lambda _: [], "/", "never started", Path()) for name in ("Ours", "Peer")]
