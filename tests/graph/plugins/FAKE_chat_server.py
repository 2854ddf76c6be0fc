"""FAKE: a server on the loopback that speaks as an OpenAI-compatible endpoint does. No model is behind it."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HUGE = 5_000_000
SLOW_SECONDS = 5


class FakeServer(ThreadingHTTPServer):
    """FAKE: answers each request as `mode` says, and keeps what it was asked."""

    daemon_threads = True
    mode = "claims"
    claims: list[dict[str, Any]]
    asked: list[tuple[str, str, dict[str, Any]]]


class _Handler(BaseHTTPRequestHandler):
    server: FakeServer

    def do_POST(self) -> None:
        """Answer a question."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization", ""), body))
        match self.server.mode:
            case "500":
                self._send(500, b"{}")
            case "redirect":
                self._send(307, b"", {"Location": "http://127.0.0.1:9/elsewhere"})
            case "slow":
                time.sleep(SLOW_SECONDS)
                self._send(200, b"{}")
            case "dripping":
                self._drip()
            case "huge":
                self._send(200, b" " * HUGE)
            case "broken":
                self._send(200, self._content('{"claims": ['))
            case "no list":
                self._send(200, self._content('{"claims": "none"}'))
            case _:
                self._send(200, self._content(json.dumps({"claims": self.server.claims})))

    def _content(self, words: str) -> bytes:
        return json.dumps({"note": "FAKE", "choices": [{"message": {"role": "assistant", "content": words}}]}).encode()

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        try:
            self.send_response(status)
            for name, value in {"X-Fake": "FAKE", "Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # the client would not wait

    def _drip(self) -> None:
        """Send a byte now and then, so that no single wait is long."""
        try:
            self.send_response(200)
            self.end_headers()
            for _ in range(SLOW_SECONDS * 10):
                self.wfile.write(b" ")
                time.sleep(0.1)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def fake_server() -> Iterator[FakeServer]:
    """FAKE: a server while the block runs."""
    server = FakeServer(("127.0.0.1", 0), _Handler)
    server.claims, server.asked = [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
