"""The one way out for `SERVICE`: a server on loopback that passes queries on to endpoints that the operator allows.

A worker may connect to nothing else (`pool.cage`), so whatever a query makes of the engine, it reaches these endpoints
and no other address. Redirects are not followed, as they could lead elsewhere.
"""

import threading
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener
from uuid import uuid4

_LARGEST_QUERY = 1 * 2**20
_PASSED_ON = ("Content-Type", "Accept")


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401  # what urllib passes
        """Follow none."""
        return


class Relay:
    """Passes queries on to the endpoints that are allowed.

    Args:
        allowed: their addresses.
        seconds: how long an endpoint may take.
        result_bytes: the largest answer that is taken from one.
    """

    def __init__(self, allowed: Sequence[str], seconds: float, result_bytes: int) -> None:
        """Listen on a free port of loopback; nothing is asked yet."""
        self._targets = {f"/{uuid4().hex}": address for address in allowed}
        self._seconds, self._most = seconds, result_bytes
        self._opener = build_opener(ProxyHandler({}), _NoRedirect)
        relay = self

        class Handler(BaseHTTPRequestHandler):
            """Takes the engine's queries."""

            def do_POST(self) -> None:
                """Pass a query on."""
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(min(length, _LARGEST_QUERY))
                given = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
                status, kind, content = relay.passed_on(self.path, body, given)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """The log of the service has a line for the query."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    @property
    def services(self) -> Mapping[str, str]:
        """Each endpoint that is allowed, and the address on loopback that stands for it."""
        return {target: f"http://127.0.0.1:{self.port}{path}" for path, target in self._targets.items()}

    def passed_on(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str, bytes]:
        """Status, media type and body of what the endpoint behind a path answers."""
        if path not in self._targets:
            return 404, "text/plain", b"There is nothing behind this path.\n"
        request = Request(self._targets[path], body, {**headers, "User-Agent": "Liaison"})  # noqa: S310  # the operator's own list
        try:
            with self._opener.open(request, timeout=self._seconds) as response:
                content = response.read(self._most + 1)
                kind = response.headers.get("Content-Type", "application/octet-stream")
        except HTTPError as error:
            with error:
                return 502, "text/plain", f"The other endpoint answered {error.code}.\n".encode()
        except (OSError, HTTPException) as error:
            return 502, "text/plain", f"The other endpoint could not be asked: {error}.\n".encode()
        if len(content) > self._most:
            return 502, "text/plain", b"The other endpoint answered with more than is taken.\n"
        return 200, kind, content

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()
