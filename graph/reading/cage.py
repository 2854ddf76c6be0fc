"""What the process that reads a document may not do, whatever the document makes of the parser.

Limits of the kernel bound its processor time, its memory and its open files, and let it write to no file. Where the
kernel can (Linux: Landlock since 5.13, seccomp on x86-64 and ARM64), it may also make and remove no file, start no
program and open no socket; elsewhere nothing in the parsers does so of itself.
"""

import ctypes
import errno
import platform
import resource
import sys
from dataclasses import dataclass

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""A machine's name, its number for the kernel's audit, and the number of its system call `socket`."""
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
"""Numbers of the system calls of Landlock, the same on all machines."""
_EXECUTE_WRITE_MAKE_REMOVE = 0b1_1111_1111_0011
"""Rights to files as Landlock counts them: all of its first version but those to read a file and to list a folder."""

_TRUNCATE, _TRUNCATE_SINCE, _ASK_VERSION = 1 << 14, 3, 1
_GRACE = 2
"""Seconds between the signal that says what has run out, and the one that cannot be ignored."""


@dataclass(frozen=True)
class Limits:
    """What a conversion may cost.

    Args:
        cpu_seconds: processor time.
        wall_seconds: time on the clock.
        memory: address space, in bytes.
        open_files: files open at a time.
        output: what it may give back, in bytes.
    """

    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    memory: int = 2**30
    open_files: int = 32
    output: int = 64 * 2**20


def close(limits: Limits) -> None:
    """Hold this process to its limits from now on, for good."""
    for kind, most in (
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound + _GRACE if kind == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else bound))
    if sys.platform.startswith("linux"):
        library = ctypes.CDLL(None, use_errno=True)
        if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
            _forbid_files(library)
            _forbid_sockets(library)


def guards_files() -> bool:
    """Whether the kernel can refuse to make, write, remove and run files."""
    return sys.platform.startswith("linux") and _version(ctypes.CDLL(None, use_errno=True)) > 0


def _version(library: ctypes.CDLL) -> int:
    """The version of Landlock that the kernel has, 0 or less for none."""
    return int(library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION)))


def _forbid_files(library: ctypes.CDLL) -> bool:
    """Let the kernel refuse to make, write, remove and run files; False where it cannot."""
    version = _version(library)
    if version <= 0:
        return False
    handled = ctypes.c_uint64(_EXECUTE_WRITE_MAKE_REMOVE | (_TRUNCATE if version >= _TRUNCATE_SINCE else 0))
    ruleset = library.syscall(_CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(ctypes.sizeof(handled)), ctypes.c_uint32(0))
    return bool(ruleset >= 0 and library.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)) == 0)


def _forbid_sockets(library: ctypes.CDLL) -> bool:
    """Let the kernel refuse every new socket; False where it cannot."""
    if platform.machine() not in _SOCKET_CALLS:
        return False
    architecture, call = _SOCKET_CALLS[platform.machine()]
    steps = [
        _Step(_LOAD, 0, 0, _ARCHITECTURE_AT),
        _Step(_JUMP_IF_EQUAL, 0, 3, architecture),
        _Step(_LOAD, 0, 0, _NUMBER_AT),
        _Step(_JUMP_IF_EQUAL, 0, 2, call),
        _Step(_RETURN, 0, 0, _REFUSE),
        _Step(_RETURN, 0, 0, _REFUSE),
        _Step(_RETURN, 0, 0, _ALLOW),
    ]
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    return bool(library.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0)


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("if_true", ctypes.c_uint8), ("if_false", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))
