"""What a worker may not do, whatever a query makes of the engine: open a socket, take on memory, write without end.

The engine carries an HTTP client for SERVICE that cannot be turned off. The guard refuses SERVICE; the kernel refuses
the socket (Linux on x86-64 and ARM64; elsewhere the guard stands alone). Where the operator allows some endpoints, a
worker for queries to these may connect to one port of TCP and no other, behind which a relay waits; where the kernel
cannot see to that (Landlock, Linux 6.7 or later), nothing is allowed.
"""

import ctypes
import errno
import platform
import resource
import sys
from pathlib import Path

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _AND, _RETURN = 0x20, 0x15, 0x54, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _FAMILY_AT, _TYPE_AT = 0, 4, 16, 24
_INTERNET, _STREAM, _TYPE_MASK = 2, 1, 0xF
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""Numbers of the system calls of Landlock, the same on all machines."""
_NETWORK_RULES_SINCE, _BIND, _CONNECT, _RULE_FOR_PORT, _ASK_VERSION = 4, 1, 2, 2, 1
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""A machine's name, its number for the kernel's audit, and the number of its system call `socket`."""


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("if_true", ctypes.c_uint8), ("if_false", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def forbid_sockets() -> bool:
    """Let the kernel refuse every new socket to this process and its threads to come; False where it cannot."""
    if not sys.platform.startswith("linux") or platform.machine() not in _SOCKET_CALLS:
        return False
    return _filter(_Step(_RETURN, 0, 0, _REFUSE))


def allow_port(port: int) -> bool:
    """Let the kernel refuse every connection but those by TCP to `port`, whatever the host; False where it cannot."""
    if not can_allow_port():
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    handled, rule = (ctypes.c_uint64 * 2)(0, _BIND | _CONNECT), (ctypes.c_uint64 * 2)(_CONNECT, port)
    ruleset = library.syscall(_CREATE_RULESET, handled, ctypes.sizeof(handled), 0)
    if ruleset < 0 or library.syscall(_ADD_RULE, ruleset, _RULE_FOR_PORT, rule, 0):
        return False
    if library.syscall(_RESTRICT_SELF, ruleset, 0):
        return False
    return _filter(  # of sockets, those for TCP over IPv4 only
        _Step(_LOAD, 0, 0, _FAMILY_AT),
        _Step(_JUMP_IF_EQUAL, 0, 3, _INTERNET),
        _Step(_LOAD, 0, 0, _TYPE_AT),
        _Step(_AND, 0, 0, _TYPE_MASK),
        _Step(_JUMP_IF_EQUAL, 1, 0, _STREAM),
        _Step(_RETURN, 0, 0, _REFUSE),
    )


def can_allow_port() -> bool:
    """Whether the kernel can hold a process to one port."""
    if not sys.platform.startswith("linux") or platform.machine() not in _SOCKET_CALLS:
        return False
    version = ctypes.CDLL(None, use_errno=True).syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    return bool(version >= _NETWORK_RULES_SINCE)


def _filter(*judgement: _Step) -> bool:
    """Let the kernel judge each call of `socket` by these steps, the last of which refuses; what goes beyond them is allowed."""
    architecture, call = _SOCKET_CALLS[platform.machine()]
    most = len(judgement)
    steps = [
        _Step(_LOAD, 0, 0, _ARCHITECTURE_AT),
        _Step(_JUMP_IF_EQUAL, 0, 2 + most, architecture),
        _Step(_LOAD, 0, 0, _NUMBER_AT),
        _Step(_JUMP_IF_EQUAL, 0, most, call),
        *judgement,
        _Step(_RETURN, 0, 0, _ALLOW),
    ]
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(library.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0)


def bound(megabytes: int, file_bytes: int) -> None:
    """Limit the memory that this process may take on from now, the size of files that it may write, and its core dumps."""
    most = _address_space() + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Bytes of address space that this process has already."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
