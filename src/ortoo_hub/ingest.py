"""A child's side of keeping what viewers say: gathers rows for some milliseconds, hands them to the writer, tells when they
are safe."""

import asyncio
import json
import struct
from collections.abc import Callable

from ortoo_hub.refusal import Refusal
from ortoo_hub.saying import Row
from ortoo_hub.wire import Kind, pack

Done = Callable[[bool], None]
_NUMBER = struct.Struct(">Q")
_MOST_WAITING = 50_000


class Ingest:
    """``send`` carries messages to the writer; a batch is closed ``seconds`` after its first row."""

    def __init__(self, send: Callable[[bytes], None], seconds: float) -> None:
        self.send = send
        self.seconds = seconds
        self.waiting = 0
        self._number = 0
        self._rows: list[Row] = []
        self._done: list[tuple[int, Done | None]] = []
        self._sent: dict[int, list[tuple[int, Done | None]]] = {}

    def offer(self, rows: list[Row], done: Done | None) -> None:
        """Keep the rows; ``done(True)`` once they are on the disk, ``done(False)`` when they could not be kept."""
        if self.waiting + len(rows) > _MOST_WAITING:
            raise Refusal(503, "too much is being said at once", wait=2)
        if not self._rows:
            asyncio.get_running_loop().call_later(self.seconds, self.flush)
        self.waiting += len(rows)
        self._rows += rows
        self._done.append((len(rows), done))

    def flush(self) -> None:
        """Hand over what was gathered."""
        if not self._rows:
            return
        self._number += 1
        text = json.dumps(self._rows, ensure_ascii=False, separators=(",", ":")).encode()
        self._sent[self._number] = self._done
        self._rows, self._done = [], []
        self.send(pack(Kind.SAY, _NUMBER.pack(self._number) + text))

    def saved(self, number: int, well: bool) -> None:
        """The writer's word about a batch."""
        for rows, done in self._sent.pop(number):
            self.waiting -= rows
            if done is not None:
                done(well)


def number_and_text(body: bytes) -> tuple[int, str]:
    """What a SAY message holds."""
    return _NUMBER.unpack_from(body)[0], body[_NUMBER.size :].decode()
