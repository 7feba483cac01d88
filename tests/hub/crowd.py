"""A process full of viewers: `python -m tests.hub.crowd PORT CHANNEL TOKEN COUNT`, asked over standard input.

Each viewer behaves as a browser does: keeps the last id, comes back after the pause it was told, and notices a number left
out. `report` prints what they saw as one JSON line; `drop` cuts all of them at once from their side.
"""

import asyncio
import json
import re
import sys
import threading
from collections import Counter
from typing import cast

import uvloop

_SEEN = re.compile(rb"\nid: [0-9a-f]+-([0-9]+)\nevent: ([a-z_.-]+)\n")
_ID = re.compile(rb"id: ([0-9a-f]+-)")
_RETRY = re.compile(rb"retry: ([0-9]+)\n")
_AT_ONCE = 200


class Crowd:
    """What all viewers of this process saw together."""

    def __init__(self, port: int, request: bytes, count: int) -> None:
        self.port = port
        self.request = request
        self.viewers = [Viewer(self) for _ in range(count)]
        self.open = self.missed = self.told_state_again = self.refused = self.cut = 0
        self.seen: Counter[int] = Counter()
        self.gate = asyncio.Semaphore(_AT_ONCE)

    async def come(self, viewer: "Viewer", pause: float = 0) -> None:
        """Connect, again and again until somebody answers."""
        await asyncio.sleep(pause)
        while True:
            async with self.gate:
                try:
                    await asyncio.get_running_loop().create_connection(lambda: viewer, "127.0.0.1", self.port)
                    return
                except OSError:
                    await asyncio.sleep(0.2)

    def report(self) -> str:
        """One line."""
        about = {name: getattr(self, name) for name in ("open", "missed", "told_state_again", "refused", "cut")}
        return json.dumps(about | {"seen": dict(self.seen), "last": sorted({each.last for each in self.viewers})})


class Viewer(asyncio.Protocol):
    """One of them."""

    __slots__ = ("begun", "crowd", "data", "last", "prefix", "retry", "transport")

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.last = -1
        self.prefix = b""
        self.retry = 1.0
        self.data = b""
        self.begun = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.data, self.begun = b"", False
        last = b"Last-Event-ID: %b%d\r\n" % (self.prefix, self.last) if self.last >= 0 else b""
        self.transport.write(self.request(last))

    def request(self, last: bytes) -> bytes:
        return self.crowd.request + last + b"\r\n"

    def data_received(self, data: bytes) -> None:
        self.data += data
        if not self.begun:
            if b"\r\n\r\n" not in self.data:
                return
            if not self.data.startswith(b"HTTP/1.1 200"):
                self.crowd.refused += 1
                self.transport.close()
                return
            self.begun = True
            self.crowd.open += 1
        whole, end, rest = self.data.rpartition(b"\n\n")
        if not end:
            return
        if again := _RETRY.search(whole + end):
            self.retry = int(again[1]) / 1000
        for number, topic in _SEEN.findall(b"\n" + whole + end):
            self.see(int(number), topic)
        if not self.prefix and (found := _ID.search(whole)):
            self.prefix = found[1]
        self.data = rest

    def see(self, number: int, topic: bytes) -> None:
        if topic == b"state":
            self.crowd.told_state_again += self.last >= 0
        else:
            self.crowd.missed += self.last >= 0 and number != self.last + 1
            self.crowd.seen[number] += 1
        self.last = number

    def connection_lost(self, exc: Exception | None) -> None:
        if self.begun:
            self.crowd.open -= 1
            self.crowd.cut += 1
        asyncio.ensure_future(self.crowd.come(self, self.retry))  # noqa: RUF006 - lives as long as its connection


async def main(port: int, channel: str, token: str, count: int) -> None:
    """Until standard input ends."""
    request = f"GET /live/{channel}?token={token} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n".encode()
    crowd = Crowd(port, request, count)
    coming = [asyncio.ensure_future(crowd.come(each)) for each in crowd.viewers]
    loop, words = asyncio.get_running_loop(), asyncio.Queue[str]()

    def listen() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(words.put_nowait, line.strip())
        loop.call_soon_threadsafe(words.put_nowait, "end")

    threading.Thread(target=listen, daemon=True).start()
    while (word := await words.get()) != "end":
        if word == "drop":
            for each in crowd.viewers:
                each.transport.abort()
        print(crowd.report(), flush=True)
    del coming


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
