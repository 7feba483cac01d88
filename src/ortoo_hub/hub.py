"""What the connections of one process share: who is there, what is told, what may be said."""

import asyncio
import json
import os
import random
import sys
import time

from ortoo_hub.answer import json_answer, stream_head
from ortoo_hub.audience import Audience
from ortoo_hub.channel import Channel, Event
from ortoo_hub.configuration import Configuration
from ortoo_hub.connection import Connection
from ortoo_hub.ingest import Ingest
from ortoo_hub.rate import Buckets
from ortoo_hub.refusal import Refusal
from ortoo_hub.request import Request
from ortoo_hub.saying import present, rows_of
from ortoo_hub.viewer import BadToken, Viewer, check
from ortoo_hub.wire import Kind, pack, pack_json

_RETRIES = 64
_MOST_PRESENT = 50_000


class Hub:
    """One for each process; ``most`` connections at once."""

    def __init__(self, configuration: Configuration, epoch: str, number: int, most: int, wire: asyncio.Transport) -> None:
        self.configuration = configuration
        self.epoch = epoch
        self.number = number
        self.most = most
        self.wire = wire
        self.head_limit = configuration.head_bytes
        self.audiences: dict[str, Audience] = {}
        self.ingest = Ingest(wire.write, configuration.commit_seconds)
        self.by_viewer = Buckets(configuration.say_rate, configuration.say_burst)
        self.by_address = Buckets(configuration.address_rate, configuration.address_burst)
        self.addresses: dict[str, int] = {}
        self.connections = self.dropped = 0
        self.ending = False
        self._waiting: dict[Connection, float] = {}
        self._present: set[tuple[str, str]] = set()
        self._heads: dict[str, list[bytes]] = {}

    def audience(self, channel: str) -> Audience:
        """The audience of a channel, there as soon as somebody asks."""
        found = self.audiences.get(channel)
        if found is None:
            about = self.configuration
            found = self.audiences[channel] = Audience(Channel(channel, self.epoch, about.ring_seconds, about.ring_bytes))
        return found

    # What connections report

    def connected(self, connection: Connection) -> None:
        """Let it in when there is room."""
        self.connections += 1
        if self.connections > self.most or self.ending:
            connection.refuse(Refusal(503, "full", wait=random.uniform(2, 10)), None)
        else:
            self.waits(connection, self.configuration.request_seconds)

    def waits(self, connection: Connection, seconds: float) -> None:
        """It has so long for its next request."""
        self._waiting[connection] = time.monotonic() + seconds

    def disconnected(self, connection: Connection) -> None:
        """Forget it."""
        self.connections -= 1
        self._waiting.pop(connection, None)
        if connection.audience is not None:
            connection.audience.leave(connection.transport)
            left = self.addresses.get(connection.address, 1) - 1
            if left:
                self.addresses[connection.address] = left
            else:
                self.addresses.pop(connection.address, None)

    # Requests

    def handle(self, connection: Connection, request: Request, body: bytes) -> None:
        """Fulfil it or raise ``Refusal``."""
        if request.action == "health" and request.method == "GET":
            return connection.answer(self.health(), request)
        if request.action == "bench" and request.method == "POST" and self.configuration.benchmark:
            self.wire.write(pack(Kind.BENCH, body))
            return connection.answer({}, request)
        if request.action not in ("watch", "state", "enter", "say"):
            raise Refusal(404)
        if request.method != ("POST" if request.action == "say" else "GET"):
            raise Refusal(405)
        viewer = self._viewer(request)
        if request.action == "watch":
            return self._watch(connection, request, viewer)
        if request.action == "say":
            return self._say(connection, request, viewer, body)
        if request.action == "enter":
            self._note_present(viewer)
            self.audience(viewer.channel)
            return connection.answer({}, request)
        self._note_present(viewer)
        return connection.answer(self._state(request.channel), request)

    def _viewer(self, request: Request) -> Viewer:
        try:
            viewer = check(self.configuration.secret, request.token, time.time())
        except BadToken as error:
            raise Refusal(401, f"token: {error}") from None
        if viewer.channel != request.channel:
            raise Refusal(403, "token: for another channel")
        return viewer

    def _watch(self, connection: Connection, request: Request, viewer: Viewer) -> None:
        if self.ending:
            raise Refusal(503, "going", wait=random.uniform(1, 5))
        address = sys.intern(connection.seen_from(request))
        there = self.addresses.get(address, 0)
        if there >= self.configuration.per_address:
            raise Refusal(429, "too many viewers from one address", wait=10)
        self.addresses[address] = there + 1
        connection.address = address
        self._waiting.pop(connection, None)
        self._note_present(viewer)
        audience, head = self.audience(viewer.channel), self._head(connection.allowed(request))
        connection.watch(audience, head, request.last, screen=viewer.is_screen)

    def _head(self, allow: str) -> bytes:
        """Viewers are told different pauses, so that those who were cut together do not come back together."""
        if allow not in self._heads:
            if len(self._heads) > 8:
                self._heads.clear()
            low, high = self.configuration.retry_seconds
            steps = [low + (high - low) * step / (_RETRIES - 1) for step in range(_RETRIES)]
            self._heads[allow] = [stream_head(round(1000 * seconds), allow) for seconds in steps]
        return random.choice(self._heads[allow])

    def _note_present(self, viewer: Viewer) -> None:
        who = (viewer.channel, viewer.name)
        if who in self._present:
            return
        if len(self._present) >= _MOST_PRESENT:
            self._present.clear()
        self._present.add(who)
        self.ingest.offer([present(viewer, round(time.time() * 1000))], None)

    def _say(self, connection: Connection, request: Request, viewer: Viewer, body: bytes) -> None:
        if self.ending:
            raise Refusal(503, "going", wait=random.uniform(1, 5))
        now = time.monotonic()
        address = connection.seen_from(request)
        if wait := self.by_address.take(address, now):
            raise Refusal(429, "too much from one address", wait=wait)
        rows = rows_of(body, viewer, round(time.time() * 1000))
        if wait := self.by_viewer.take(f"{viewer.channel} {viewer.name}", now, len(rows)):
            raise Refusal(429, "too much from one viewer", wait=wait)

        def done(well: bool) -> None:
            connection.busy = False
            if well:
                connection.answer({"saved": len(rows)}, request)
            else:
                connection.refuse(Refusal(503, "could not be kept; say it again later", wait=2), request)
            connection.proceed()

        self.ingest.offer(rows, done)
        connection.busy = True
        self._waiting.pop(connection, None)

    def _state(self, channel: str) -> object:
        told = self.audience(channel).channel
        topics = {topic: json.loads(text) for topic, text in told.topics.items()}
        return {"last": f"{told.epoch}-{told.seq}", "topics": topics, "counts": json.loads(told.counts)}

    def health(self) -> dict[str, object]:
        """What somebody who watches over the machine wants to know."""
        viewers = self.viewers()
        return {"process": self.number, "pid": os.getpid(), "viewers": sum(viewers.values()), "connections": self.connections,
                "most": self.most, "dropped": self.dropped, "waiting_rows": self.ingest.waiting}  # fmt: skip

    def viewers(self) -> dict[str, int]:
        """Single viewers in this process for each channel that anybody has ever asked for; screens are not among them."""
        return {name: audience.watching for name, audience in self.audiences.items()}

    # What the dispatcher says

    def heard(self, kind: Kind, body: bytes) -> None:
        """One message of the dispatcher."""
        if kind == Kind.SAVED:
            number, well = json.loads(body)
            self.ingest.saved(number, well)
        elif kind in (Kind.TOLD, Kind.KEPT):
            event = Event(*json.loads(body))
            audience = self.audience(event.channel)
            if kind == Kind.KEPT:
                audience.channel.remember(event)
            else:
                audience.tell(lambda channel: channel.tell(event))
        elif kind == Kind.COUNTS:
            name, text = json.loads(body)
            self.audience(name).tell(lambda channel: channel.count(text))
        elif kind == Kind.FORGET:
            self._forget(json.loads(body))

    def _forget(self, name: str) -> None:
        """The channel is over: its viewers are let go, and find nothing when they come back."""
        audience = self.audiences.pop(name, None)
        for transport in list(audience.viewers) if audience else []:
            transport.close()

    # As time goes by

    async def tick(self) -> None:
        """Every half second: say that we live, cut who takes too long, keep silent lines open."""
        while True:
            await asyncio.sleep(min(0.5, self.configuration.counts_seconds))
            now = time.monotonic()
            self.wire.write(pack_json(Kind.ALIVE, {"viewers": self.viewers(), "dropped": self.dropped}))
            for connection in [each for each, end in self._waiting.items() if end < now]:
                self._too_late(connection)
            for audience in self.audiences.values():
                audience.channel.forget_before(time.time() - self.configuration.ring_seconds)
                audience.heartbeat(now, self.configuration.heartbeat_seconds)

    def _too_late(self, connection: Connection) -> None:
        del self._waiting[connection]
        if connection.buffer:
            connection.transport.write(json_answer({"refused": "too slow"}, status=408, keep=False))
            connection.buffer = None
        connection.transport.close()

    async def end(self) -> None:
        """Keep what was said, ask the viewers to come back at different times, let them go."""
        self.ending = True
        self.ingest.flush()
        deadline = time.monotonic() + self.configuration.end_seconds / 2
        while self.ingest.waiting and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
        low, high = self.configuration.retry_seconds
        for audience in self.audiences.values():
            for place, transport in enumerate(list(audience.viewers)):
                transport.write(f"retry: {round(1000 * random.uniform(low, high * 2))}\n\n".encode())
                transport.close()
                if place % 500 == 499:
                    await asyncio.sleep(0)
        while self.connections and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
