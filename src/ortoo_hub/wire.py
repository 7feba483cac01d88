"""Messages between the processes of the hub: length (4 bytes, big-endian), kind (1 byte), text."""

import json
import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import Any

_HEAD = struct.Struct(">IB")
_LARGEST = 64 * 1024 * 1024


class Kind(IntEnum):
    """To a child: START … BYE. From a child: SAY … ALIVE."""

    START = 1
    KEPT = 2
    TOLD = 3
    COUNTS = 4
    SAVED = 5
    FORGET = 6
    BYE = 7
    SAY = 20
    ALIVE = 21
    BENCH = 22
    READY = 23


def pack(kind: Kind, body: bytes) -> bytes:
    """One message."""
    return _HEAD.pack(len(body), kind) + body


def pack_json(kind: Kind, data: Any) -> bytes:
    """One message whose text is JSON."""
    return pack(kind, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


class Unpacker:
    """Cuts a stream of bytes into messages; what is not whole yet waits."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Kind, bytes]]:
        """Messages that are whole now; ValueError when the stream makes no sense."""
        self._waiting += data
        while len(self._waiting) >= _HEAD.size:
            length, kind = _HEAD.unpack_from(self._waiting)
            if length > _LARGEST:
                raise ValueError("a message too large")
            if len(self._waiting) < _HEAD.size + length:
                return
            body = bytes(self._waiting[_HEAD.size : _HEAD.size + length])
            del self._waiting[: _HEAD.size + length]
            yield Kind(kind), body
