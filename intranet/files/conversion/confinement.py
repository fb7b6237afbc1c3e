"""What a process may still do after it has locked itself in: Linux's own means, none of which needs root.

Imported by processes that start nothing else; standard library only.
"""

import ctypes
import os
import platform
import resource
import struct
from collections.abc import Iterable

_libc = ctypes.CDLL(None, use_errno=True)
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 1, 38, 22, 2

# Landlock: the same system calls on every machine.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE, _READ, _LIST = 1, 2, 4, 8
_MAKE_SOCKET = 1 << 9
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_EVERYTHING = (1 << 13) - 1
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE

_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""How the kernel names the machine, and the number of socket(2) there."""
_IO_URING, _NOT_SUPPORTED, _NO_SUCH_CALL = 425, 97, 38
_UNIX = 1


def limit(*, seconds: int, memory: int, size: int) -> None:
    """Processor time, address space and the size of a written file; no core, little priority."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)


def die_with_parent() -> None:
    """SIGKILL when the thread that started this process ends."""
    _libc.prctl(_DIE_WITH_PARENT, 9)


def see_only(reads: Iterable[str], writes: Iterable[str], sockets: Iterable[str] = ()) -> bool:
    """Files outside these folders and files are gone for this process; in `sockets` it may make sockets and
    nothing else. False where the kernel cannot do it."""
    version = _libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    handled = _EVERYTHING | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    attribute = ctypes.create_string_buffer(struct.pack("=Q", handled))
    rules = _libc.syscall(_CREATE_RULESET, attribute, 8, 0)
    if rules < 0:
        return False
    for path in reads:
        _allow(rules, path, handled & (_EXECUTE | _READ | _LIST))
    for path in writes:
        _allow(rules, path, handled)
    for path in sockets:
        _allow(rules, path, _MAKE_SOCKET)
    _libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    done = bool(_libc.syscall(_RESTRICT_SELF, rules, 0) == 0)
    os.close(rules)
    return done


def _allow(rules: int, path: str, access: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):
        access &= _OF_FILES
    rule = ctypes.create_string_buffer(struct.pack("=Qi", access, handle))
    _libc.syscall(_ADD_RULE, rules, 1, rule, 0)
    os.close(handle)


def be_alone(*, neighbours: bool) -> bool:
    """No socket to anywhere; with `neighbours` those between processes of this machine still work. False
    where the machine is not known."""
    if platform.machine() not in _MACHINES:
        return False
    machine, number = _MACHINES[platform.machine()]
    load, equal, answer, allow, refuse = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000
    steps = [
        (load, 0, 0, 4),
        (equal, 0, 6, machine),
        (load, 0, 0, 0),
        (equal, 4, 0, _IO_URING),
        (equal, 0, 4, number),
        (load, 0, 0, 16),
        (equal, 2, 0, _UNIX if neighbours else 0xFFFF),
        (answer, 0, 0, refuse | _NOT_SUPPORTED),
        (answer, 0, 0, refuse | _NO_SUCH_CALL),
        (answer, 0, 0, allow),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("=HxxxxxxQ", len(steps), ctypes.addressof(code)))
    _libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(_libc.prctl(_SECCOMP, _FILTER, program, 0, 0) == 0)
