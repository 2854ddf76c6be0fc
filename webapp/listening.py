"""The HTTP server: where it listens, and what it takes from clients and proxies."""

import errno
import socket
from typing import Any

from flask import Flask
from waitress.server import BaseWSGIServer, create_server

from graph.errors import SettingError
from webapp.config import Config
from webapp.security import LARGEST_BODY


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
        max_request_body_size=4 * LARGEST_BODY,  # what is less too large, the application refuses in words and with its headers
        **_behind(config.proxy),
    )
    assert isinstance(server, BaseWSGIServer)
    return server


def _behind(proxy: str) -> dict[str, Any]:
    """What the server believes of a proxy: nothing, unless its address is a setting."""
    if not proxy:
        return {}
    return {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}}
