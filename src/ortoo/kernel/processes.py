"""Which process is which, also after a crash: by machine, number and the moment it began."""

import os
import socket
from functools import cache
from pathlib import Path


def here() -> str:
    """The mark of this process, to be kept with what it works on: machine/number/beginning."""
    return _mark(os.getpid())


def alive(mark: str) -> bool | None:
    """Whether the process with this mark still runs; None when that cannot be told from this machine."""
    machine, _slash, rest = mark.rpartition("/")[0].rpartition("/")
    if machine != _machine() or not rest.isdigit():
        return None
    pid = int(rest)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    # The number may have been given to another process since: that one began later.
    return _mark(pid) == mark


@cache
def _machine() -> str:
    return socket.gethostname()[:80].replace("/", "-") or "here"


def _mark(pid: int) -> str:
    return f"{_machine()}/{pid}/{_began(pid)}"


def _began(pid: int) -> str:
    """When the process began, in clock ticks since the machine did; empty on systems that do not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    # The name of the program stands in brackets and may hold blanks; the 20th field after it is the beginning (proc(5)).
    fields = told.rpartition(")")[2].split()
    # A process that ended and has not been collected by its parent (state Z) does nothing more.
    return "" if fields[0] == "Z" else fields[19]
