"""A process of the hub: holds connections, tells its viewers what the dispatcher tells it, hands on what they say.

Started by the dispatcher as ``python -m ortoo_hub.child WIRE LISTENING`` with the numbers of two inherited sockets.
"""

import asyncio
import gc
import json
import os
import signal
import socket
import sys
from typing import cast

import uvloop

from ortoo_hub.configuration import Configuration
from ortoo_hub.connection import Connection
from ortoo_hub.hub import Hub
from ortoo_hub.wire import Kind, Unpacker, pack_json


class Wire(asyncio.Protocol):
    """The line to the dispatcher. When it is cut, this process ends: nobody would tell it anything any more."""

    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        self.over = asyncio.get_running_loop().create_future()
        self.hub: Hub | None = None
        self._unpacker = Unpacker()
        self._tasks: list[asyncio.Task[None]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Nothing is said first: the dispatcher begins."""
        # uvloop's transports are not derived from asyncio's.
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Messages."""
        for kind, body in self._unpacker.feed(data):
            if kind == Kind.START:
                about = json.loads(body)
                configuration = Configuration.from_data(about["configuration"])
                self.hub = Hub(configuration, about["epoch"], about["number"], about["most"], self.transport)
            elif kind == Kind.READY:
                self._tasks.append(asyncio.ensure_future(self._open()))
            elif kind == Kind.BYE:
                self._tasks.append(asyncio.ensure_future(self._close()))
            elif self.hub is not None:
                self.hub.heard(kind, body)

    async def _open(self) -> None:
        hub = self.hub
        assert hub is not None
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(lambda: Connection(hub), sock=self.listening, backlog=4096)
        self._tasks.append(asyncio.ensure_future(hub.tick()))
        hub.wire.write(pack_json(Kind.READY, hub.number))

    async def _close(self) -> None:
        if self.hub is not None:
            self.server.close()
            await self.hub.end()
        if not self.over.done():
            self.over.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """The dispatcher is gone."""
        if not self.over.done():
            self.over.set_result(None)


async def _run(wire: int, listening: int) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, lambda: None)  # The dispatcher says when; a Ctrl-C reaches all of us.
    # Many small long-lived objects: collecting them again and again would hold everybody up.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    protocol = Wire(socket.socket(fileno=listening))
    await loop.create_unix_connection(lambda: protocol, sock=socket.socket(fileno=wire))
    await protocol.over
    # Not by closing the loop: uvloop would go on accepting callers while it closes, and never come to an end among many.
    os._exit(0)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(int(sys.argv[1]), int(sys.argv[2])))
