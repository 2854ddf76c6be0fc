"""Requests to a server on loopback, and the time that they take."""

import http.client
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json, text/turtle;q=0.9"}


@dataclass(frozen=True)
class Answer:
    """What came back.

    Args:
        status: 0 if nothing did.
        seconds: until the last byte.
        body: what was sent.
        kind: media type.
    """

    status: int
    seconds: float
    body: bytes = b""
    kind: str = ""

    @property
    def rows(self) -> int | None:
        """Rows of a result in JSON, 1 for ASK; None for what is none, or was cut off."""
        try:
            parsed = json.loads(self.body)
            return 1 if "boolean" in parsed else len(parsed["results"]["bindings"])
        except (ValueError, KeyError, TypeError, UnicodeDecodeError):
            return None

    @property
    def is_cut(self) -> bool:
        """Whether it says that all is well and is not whole."""
        return self.status == http.client.OK and "json" in self.kind and self.rows is None


class Client:
    """A client of one endpoint that keeps its connection.

    Args:
        port: where the server listens on loopback.
        path: of the endpoint.
        patience: seconds that it waits.
    """

    def __init__(self, port: int, path: str, patience: float) -> None:
        """Connect with the first request."""
        self._port, self._path, self._patience = port, path, patience
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, query: str) -> Answer:
        """Send a query as a form."""
        return self._request("POST", self._path, urlencode({"query": query}), FORM)

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._request("GET", path, None, {"Accept": "text/html"})

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _request(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        begun = time.perf_counter()
        try:
            self._connection = self._connection or http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._patience)
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return Answer(0, time.perf_counter() - begun)
        return Answer(response.status, time.perf_counter() - begun, content, response.headers.get_content_type())
