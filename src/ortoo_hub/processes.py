"""Other programs that the hub runs: they end with it, and what is left of them can be found."""

import ctypes
import signal
from pathlib import Path

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def end_with_parent(by: int = signal.SIGKILL) -> None:
    """In the new process: a door whose keeper was killed would stay taken for ever (prctl(2), Linux)."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, by)


def members(group: int, program: str) -> list[int]:
    """The processes of a group that run this program; others may have come by the number of a group that is over."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            begin, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue  # It ended while we looked.
        if begin.partition("(")[2] == program and int(rest.split()[2]) == group:
            found.append(int(stat.parent.name))
    return found
