"""The HTTP server: where it listens, and what it takes from clients and proxies."""

import errno
import socket
from copy import copy
from typing import Any

from flask import Flask, Request
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server
from waitress.utilities import RequestEntityTooLarge

from graph.errors import SettingError
from webapp.config import Config
from webapp.review import session
from webapp.review.room import Room
from webapp.security import LARGEST_BODY, UPLOAD, largest_upload, too_large

_MARGIN = 4
"""Times the largest body: what is less too large, the application refuses in words and with its headers."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that is bound to this address.

    Raises:
        SettingError: another program has it, or it is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        used = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        reason = "another program is listening there" if used else str(error)
        message = f"{host}:{port} cannot be listened on: {reason}; choose another with --port or --host."
        raise SettingError(message) from error
    return listening


def serving(app: Flask, listening: socket.socket, config: Config) -> BaseWSGIServer:
    """A server of `app`, ready to run."""
    server = create_server(
        app,
        sockets=[listening],
        threads=config.threads,
        ident=None,
        channel_timeout=60,
        channel_request_lookahead=1,  # so that it is noticed when a client goes away
        connection_limit=500,
        max_request_body_size=_MARGIN * LARGEST_BODY,
        **_behind(config.proxy),
    )
    assert isinstance(server, BaseWSGIServer)
    server.channel_class = _channel(app.extensions["room"])
    return server


def _channel(room: Room) -> type[HTTPChannel]:
    """Connections on which reviewers who are signed in may send a document; nobody else's body is taken for one."""

    class Parser(HTTPRequestParser):
        path: str
        is_document = False

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            if self.path == UPLOAD and _is_signed_in(self.headers.get("COOKIE", ""), room):
                self.is_document, self.adj = True, copy(self.adj)
                self.adj.max_request_body_size = max(_MARGIN * LARGEST_BODY, largest_upload(room.config) + LARGEST_BODY)

        def received(self, data: bytes) -> int:
            consumed = super().received(data)
            if isinstance(self.error, RequestEntityTooLarge) and self.is_document:
                self.error = RequestEntityTooLarge(too_large(room.config))
            return consumed

    class Channel(HTTPChannel):
        parser_class = Parser

    return Channel


def _is_signed_in(cookie: str, room: Room) -> bool:
    try:
        return bool(cookie) and session.of(Request({"HTTP_COOKIE": cookie}), room.reviewers, room.ended) is not None
    except SettingError:  # the application says so
        return False


def _behind(proxy: str) -> dict[str, Any]:
    """What the server believes of a proxy: nothing, unless its address is a setting."""
    if not proxy:
        return {}
    return {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}}
