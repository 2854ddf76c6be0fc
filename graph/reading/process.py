"""A conversion in a process of its own, which is killed when it takes too long or gives too much."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from graph.reading.cage import Limits
from graph.reading.converted import Converted
from graph.reading.kinds import MAX_TEXT
from graph.reading.refusal import Refusal

_CHUNK = 2**16
_END_SECONDS = 10.0
_PRINT = "open it in the program that made it, and save it anew or print it to a new file"
_SMALLER = "cut it into one document a profile, or put its text into a .txt file"


class _Stopped(Exception):
    """The process was killed from here; the words say why."""


def convert(data: bytes, module: str, limits: Limits) -> Converted:
    """What the module `module` makes of a document in a process of its own.

    Args:
        data: the document.
        module: full name of a module with a function `convert` from bytes to Converted.
        limits: what it may cost.

    Raises:
        Refusal: the document cannot be read.
    """
    try:
        status, output = _run(data, module, limits)
    except _Stopped as error:
        raise Refusal(str(error), _SMALLER) from error
    try:
        answer = json.loads(output) if output else {"outcome": "ended"}
        return _judged(answer, status, limits)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal("what its reader made of it cannot be used", _PRINT) from error


def _judged(answer: dict[str, Any], status: int, limits: Limits) -> Converted:
    match answer["outcome"]:
        case "converted":
            return Converted.from_json(answer)
        case "refused":
            line = answer["line"]
            raise Refusal(str(answer["problem"]), str(answer["remedy"]), line if isinstance(line, int) else None)
        case "failed":
            raise Refusal(f"its reader could not cope with it ({answer['reason']})", _PRINT)
        case "memory":
            raise Refusal(f"reading it needs more than {limits.memory // 2**20:,} MB of memory", _SMALLER)
        case "too long":
            raise Refusal(f"its text is longer than {MAX_TEXT:,} bytes", "cut it into one document a profile")
        case _ if status == -signal.SIGXCPU:
            raise Refusal(f"reading it took more than {limits.cpu_seconds} seconds of processor time", _SMALLER)
        case _:
            raise Refusal(f"its reader ended in the middle ({_name(status)})", _PRINT)


def _name(status: int) -> str:
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"status {status}"


def _run(data: bytes, module: str, limits: Limits) -> tuple[int, bytes]:
    """The status with which the process ended, and what it wrote."""
    paths = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(  # noqa: S603  # our own module, no shell
        [sys.executable, "-P", "-s", "-B", "-m", "graph.reading.worker", module, json.dumps(asdict(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "PYTHONPATH": paths, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
        cwd="/",
    )
    try:
        with process:  # closes its pipes
            try:
                output = _exchange(process, data, limits)
                status = process.wait(_END_SECONDS)
            finally:
                process.kill()
    except subprocess.TimeoutExpired as error:
        message = "its reader would not end"
        raise _Stopped(message) from error
    return status, output


def _exchange(process: subprocess.Popen[bytes], data: bytes, limits: Limits) -> bytes:
    """Give a process its input and take its output, both as it can."""
    assert process.stdin is not None
    assert process.stdout is not None
    until = time.monotonic() + limits.wall_seconds
    left, output = memoryview(data), bytearray()

    def give() -> bool:
        nonlocal left
        try:
            left = left[os.write(process.stdin.fileno(), left[:_CHUNK]) :]  # type: ignore[union-attr]
        except BrokenPipeError:
            return False
        return bool(left)

    def take() -> bool:
        chunk = os.read(process.stdout.fileno(), _CHUNK)  # type: ignore[union-attr]
        output.extend(chunk)
        if len(output) > limits.output:
            message = f"what its reader makes of it is larger than {limits.output:,} bytes"
            raise _Stopped(message)
        return bool(chunk)

    with selectors.DefaultSelector() as waiting:
        for file, event, step in ((process.stdin, selectors.EVENT_WRITE, give), (process.stdout, selectors.EVENT_READ, take)):
            os.set_blocking(file.fileno(), False)
            waiting.register(file, event, (file, step))
        while waiting.get_map():
            ready = waiting.select(max(until - time.monotonic(), 0.0))
            if not ready:
                message = f"reading it took longer than {limits.wall_seconds:g} seconds"
                raise _Stopped(message)
            _serve(waiting, ready)
    return bytes(output)


def _serve(waiting: selectors.BaseSelector, ready: list[tuple[selectors.SelectorKey, int]]) -> None:
    for key, _ in ready:
        file, step = key.data
        is_open: Callable[[], bool] = step
        if not is_open():
            waiting.unregister(file)
            file.close()
