"""One connection: reads requests, answers them, or becomes a viewer who is written to until it goes."""

import asyncio
import re
from typing import TYPE_CHECKING, cast

from ortoo_hub.answer import json_answer, refusal_answer
from ortoo_hub.audience import Audience
from ortoo_hub.refusal import Refusal
from ortoo_hub.request import Request, parse

if TYPE_CHECKING:
    from ortoo_hub.hub import Hub

_ORIGIN = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::([0-9]{1,5}))?", re.I)
USUAL_PORT = {"http": 80, "https": 443}
_END = b"\r\n\r\n"


class Connection(asyncio.Protocol):
    """Small, because there is one for each viewer: what is only needed for reading a request goes when it is watching."""

    __slots__ = ("address", "audience", "buffer", "busy", "greeted", "hub", "transport")

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.buffer: bytes | None = b""
        self.audience: Audience | None = None
        self.address = ""
        self.busy = self.greeted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Room for it, or a word and good-bye."""
        self.transport = cast(asyncio.Transport, transport)
        self.hub.connected(self)

    def data_received(self, data: bytes) -> None:
        """Bytes of requests. A viewer has nothing more to say on this connection."""
        if self.buffer is None:
            return
        self.buffer += data
        if len(self.buffer) > self.hub.head_limit + self.hub.configuration.body_bytes:
            self.refuse(Refusal(413), None)
        elif not self.busy:
            self.proceed()

    def proceed(self) -> None:
        """Answer the requests that are whole, one after the other."""
        while self.buffer and not self.busy and not self.transport.is_closing():
            request = None
            try:
                end = self._head_end()
                if end < 0:
                    return
                request = parse(self.buffer[:end])
                if request.length > self.hub.configuration.body_bytes:
                    raise Refusal(413)
                whole = end + len(_END) + request.length
                if len(self.buffer) < whole:
                    return
                body, self.buffer = self.buffer[end + len(_END) : whole], self.buffer[whole:]
                self.hub.handle(self, request, body)
            except Refusal as refusal:
                self.refuse(refusal, request)

    def _head_end(self) -> int:
        assert self.buffer is not None
        end = self.buffer.find(_END, 0, self.hub.head_limit)
        if end < 0 and len(self.buffer) >= self.hub.head_limit:
            raise Refusal(431)
        return end

    def answer(self, data: object, request: Request, status: int = 200) -> None:
        """One JSON answer; the connection goes or waits for the next request."""
        allow = self.allowed(request)
        if self.transport.is_closing():
            return
        self.transport.write(json_answer(data, status=status, keep=request.keep, allow=allow))
        self._go_on(request.keep)

    def refuse(self, refusal: Refusal, request: Request | None) -> None:
        """Say no. Where the rest of the stream cannot be trusted to begin with a request, the connection ends."""
        keep = request is not None and request.keep and refusal.status not in (400, 413)
        allow = "" if request is None else self.allowed(request)
        if self.transport.is_closing():
            return
        self.transport.write(refusal_answer(refusal, keep=keep, allow=allow))
        self._go_on(keep)

    def _go_on(self, keep: bool) -> None:
        if keep:
            self.hub.waits(self, self.hub.configuration.idle_seconds)
        else:
            self.buffer = None
            self.transport.close()

    def watch(self, audience: Audience, head: bytes, last: str, *, screen: bool) -> None:
        """From now on a viewer, or a screen of the house."""
        self.buffer = None
        self.audience = audience
        limit = self.hub.configuration.slow_reader_bytes
        # What is written at the greeting may be longer than what a slow reader may owe later.
        self.greeted = len(audience.channel.greeting(last)) + len(head) <= limit
        if not self.greeted:
            self.transport.set_write_buffer_limits(high=limit + self.hub.configuration.ring_bytes * 2)
        audience.greet(self.transport, head, last, screen=screen)

    def resume_writing(self) -> None:
        """It has taken the greeting: from now on the usual limit."""
        if not self.greeted:
            self.greeted = True
            self.transport.set_write_buffer_limits(high=self.hub.configuration.slow_reader_bytes)

    def pause_writing(self) -> None:
        """It owes more than it may: dropped, so that it costs nobody else anything. It comes back by itself."""
        self.hub.dropped += 1
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone, whoever wanted it."""
        self.hub.disconnected(self)

    def allowed(self, request: Request) -> str:
        """The origin of the page when it may read the answer: the same host at the port of the pages."""
        port = self.hub.configuration.pages_port
        origin = _ORIGIN.fullmatch(request.origin) if port and request.origin else None
        # A browser leaves out the port that goes without saying.
        if origin is None or int(origin[3] or USUAL_PORT[origin[1].lower()]) != port:
            return ""
        return request.origin if request.host.rpartition(":")[0].lower() == origin[2].lower() else ""

    def seen_from(self, request: Request) -> str:
        """The viewer's address: what a trusted proxy says, else where the connection comes from."""
        if not self.address:
            peer = self.transport.get_extra_info("peername")
            self.address = str(peer[0]) if peer else "?"
        if request.forwarded and self.address in self.hub.configuration.trusted_proxies:
            return request.forwarded.rpartition(",")[2].strip()[:64]
        return self.address
