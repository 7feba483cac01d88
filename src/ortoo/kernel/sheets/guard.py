"""Parse in a second process, so that no file can take this one down."""

import os
import pickle
import select
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, Self

from ortoo.kernel.sheets import parsing
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.limits import Limits

_PIECE = 1 << 20
LEAST_MEMORY = 400 * 2**20


class Parsed(NamedTuple):
    """A sheet as the second process sent it."""

    name: str
    visible: bool
    rows: list[list[Any]]
    merges: tuple[tuple[int, int, int, int], ...]


class Guard:
    """One second process, started at the first file and again after one that ended it. Safe between threads."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(self, data: bytes, limits: Limits) -> list[Parsed]:
        """The sheets of the file, or SheetError: also when the process died or took too long."""
        with self._lock:
            try:
                kind, found = self._ask(data, limits)
            except (OSError, EOFError, pickle.UnpicklingError, TimeoutError) as error:
                self.close()
                raise SheetError("unreadable") from error
        if kind != "ok":
            raise SheetError(kind, **found)
        return [Parsed(*one) for one in found]

    def close(self) -> None:
        """End the second process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        process.wait()

    def _ask(self, data: bytes, limits: Limits) -> tuple[str, Any]:
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        # A damaged xls can make the parser fill whatever memory it gets: a small file gets little.
        memory = min(limits.memory, LEAST_MEMORY + 60 * len(data))
        allowed = (limits.sheets, limits.rows, limits.columns, limits.cells, limits.cell, memory)
        head = parsing.HEADER.pack(len(data), *allowed)
        process.stdin.write(head)
        process.stdin.write(data)
        process.stdin.flush()
        out = process.stdout.fileno()
        deadline = time.monotonic() + limits.seconds
        (size,) = struct.unpack("<Q", _receive(out, 8, deadline))
        answer: tuple[str, Any] = pickle.loads(_receive(out, size, deadline))
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, str(Path(parsing.__file__))]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return self._process


def _receive(pipe: int, size: int, deadline: float) -> bytearray:
    """`size` bytes before the deadline; EOFError when the process ended, TimeoutError when it did not answer."""
    received = bytearray()
    while len(received) < size:
        ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        piece = os.read(pipe, min(_PIECE, size - len(received)))
        if not piece:
            raise EOFError
        received += piece
    return received
