"""How many viewers this machine can hold, and in how many processes: each may open only so many files."""

import os
import resource
from dataclasses import dataclass
from pathlib import Path

# Files that a process needs beside its viewers: the wire, the loop, libraries, and callers who are only asking.
RESERVED = 512
# What a viewer costs in the kernel and here, in bytes (measured: docs/live-hub.md), rounded up.
PER_VIEWER = 16 * 1024


@dataclass(frozen=True)
class Capacity:
    """``each`` viewers in each of ``processes``; ``files`` is the limit that was found; ``memory`` in bytes, 0 when unknown."""

    wanted: int
    processes: int
    each: int
    files: int
    memory: int

    @property
    def viewers(self) -> int:
        """As many as can be held with these processes."""
        return min(self.processes * self.each, self.memory // PER_VIEWER if self.memory else self.processes * self.each)

    @property
    def enough(self) -> bool:
        """Whether that is as many as are wanted."""
        return self.viewers >= self.wanted

    def sentence(self) -> str:
        """The same for the log."""
        said = f"this machine holds {self.viewers:,} live viewers: {self.processes} processes with {self.files:,} open files each"
        if self.memory and self.memory // PER_VIEWER < self.processes * self.each:
            said = f"this machine holds {self.viewers:,} live viewers: there is memory for no more ({self.memory // 2**20:,} MB)"
        return said if self.enough else f"{said}; {self.wanted:,} are wanted"


def plan(wanted: int, processes: int = 0) -> Capacity:
    """Raise the limit of open files as far as it goes, and split ``wanted`` viewers over as many processes as that takes."""
    files = raise_limit()
    each = max(1, files - RESERVED)
    needed = -(-wanted // each)
    # A second core is used when there is one; more than the cores only where the limit of files wants it.
    count = processes or max(needed, min(2, os.cpu_count() or 1))
    return Capacity(wanted, count, each, files, free_memory())


def raise_limit() -> int:
    """Raise RLIMIT_NOFILE to the hard limit; gives what holds now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        hard = max(soft, 1_048_576)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def free_memory() -> int:
    """Bytes that could be had now without swapping; 0 when the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), 0)
