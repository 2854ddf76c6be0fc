"""Messages between the web process and a worker: JSON with its length before it, and with it an open file."""

import json
import select
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

_LENGTH = struct.Struct("!I")


class Closed(OSError):
    """The other end is gone."""


class Late(OSError):
    """The other end did not answer in time."""


class Channel:
    """One end of a pair of sockets; the pair is made before a worker starts, so that the worker needs no right to make one.

    Args:
        end: the socket.
    """

    def __init__(self, end: socket.socket) -> None:
        """Use `end`, which is closed with the channel."""
        self._end = end

    def send(self, message: Mapping[str, Any], file: int | None = None) -> None:
        """Send a message, and the file with this descriptor.

        Raises:
            Closed: nobody listens.
        """
        content = json.dumps(message).encode()
        try:
            self._end.settimeout(None)
            socket.send_fds(self._end, [_LENGTH.pack(len(content))], [] if file is None else [file])
            self._end.sendall(content)
        except OSError as error:
            raise Closed from error

    def is_waiting(self, seconds: float) -> bool:
        """Whether a message has begun to come, or the other end is gone, within so many seconds."""
        poll = select.poll()
        poll.register(self._end, select.POLLIN)
        return bool(poll.poll(max(seconds, 0.0) * 1000))

    def wait_for_end(self) -> None:
        """Return when the other end is gone; messages are left for `receive`."""
        poll = select.poll()
        poll.register(self._end, select.POLLRDHUP)
        poll.poll()

    def receive(self, seconds: float | None = None) -> tuple[dict[str, Any], int | None]:
        """The next message and the descriptor that came with it.

        Raises:
            Closed: nobody is there any more.
            Late: no whole message within so many seconds.
        """
        until = None if seconds is None else time.monotonic() + seconds
        self._wait(until)
        try:
            head, files, _, _ = socket.recv_fds(self._end, _LENGTH.size, 1)
        except TimeoutError as error:
            raise Late from error
        except OSError as error:
            raise Closed from error
        head += self._rest(_LENGTH.size - len(head), until)
        message: dict[str, Any] = json.loads(self._rest(_LENGTH.unpack(head)[0], until))
        return message, files[0] if files else None

    def close(self) -> None:
        """Let the other end know that nothing more comes."""
        self._end.close()

    def _rest(self, size: int, until: float | None) -> bytes:
        parts = []
        while size:
            self._wait(until)
            try:
                part = self._end.recv(min(size, 65536))
            except TimeoutError as error:
                raise Late from error
            except OSError as error:
                raise Closed from error
            if not part:
                raise Closed
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _wait(self, until: float | None) -> None:
        left = None if until is None else until - time.monotonic()
        if left is not None and left <= 0:
            raise Late
        self._end.settimeout(left)
