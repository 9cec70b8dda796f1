"""What a process that reads hostile files may not do: grow, run on, write, connect, outlive.

For Linux; where the kernel has no Landlock the limits on memory, time and files still hold.
"""

import ctypes
import os
import resource
import signal
import struct
from pathlib import Path
from types import FrameType

MEMORY = 512 * 1024 * 1024
"""Bytes of address space beyond what the process has when it is confined."""
DESCRIPTORS = 16

_SET_PDEATHSIG = 1
_SET_NO_NEW_PRIVS = 38
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_ASK_VERSION = 1
_WRITING = 0b1_1111_1111_0010
"""The rights of Landlock's first version to write, remove and make files and folders."""
_RIGHTS_SINCE = {2: 1 << 13, 3: 1 << 14}
"""To move between folders, and to truncate, by the version that knows them."""
_NETWORK_SINCE = 4
_CONNECTING = 0b11


GRACE = 2
"""Seconds of processor time between OutOfTime and the end, for C code that does not hear of it."""

ENDED, KILLED, OUT_OF_TIME = b"e", b"k", b"t"
"""By itself, by a signal, by the one for using up its processor time."""


class OutOfTime(BaseException):
    """The processor time for one page is used up; no library catches it, being no Exception."""


def ending(status: int) -> bytes:
    """Return how a process ended from what waiting for it gave: ENDED, KILLED or OUT_OF_TIME."""
    if not os.WIFSIGNALED(status):
        return ENDED
    return OUT_OF_TIME if os.WTERMSIG(status) == signal.SIGPROF else KILLED


def die_with_parent() -> None:
    """End this process when the thread that started it ends."""
    _libc().prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def confine() -> None:
    """Give up, for good, memory, files and connections that reading a file does not need."""
    signal.signal(signal.SIGXCPU, _out_of_time)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _refuse_writing_and_connecting()


def allow_cpu(seconds: int) -> None:
    """Raise OutOfTime when the process has computed this much longer; end it a little later by
    SIGPROF.

    Does nothing in a process that was not confined.
    """
    if signal.getsignal(signal.SIGXCPU) is not _out_of_time:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_PROF, 1 + seconds + GRACE)


def _out_of_time(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime


def _refuse_writing_and_connecting() -> None:
    libc = _libc()
    version = libc.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return
    rights = _WRITING
    for since, right in _RIGHTS_SINCE.items():
        rights |= right if version >= since else 0
    attributes = struct.pack("QQ", rights, _CONNECTING)
    size = len(attributes) if version >= _NETWORK_SINCE else len(attributes) // 2
    ruleset = libc.syscall(_CREATE_RULESET, attributes, size, 0)
    if ruleset < 0:
        return
    libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
