"""One channel: what was told last about each topic, and a ring of what was told lately."""

import json
import re
from collections import deque
from dataclasses import dataclass, field

TOPIC = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
RESERVED = frozenset({"state", "counts"})
HEARTBEAT = b":\n\n"
# Those who were cut together ask for the same; each answer is made once.
_MOST_REPLAYS = 8


@dataclass(frozen=True, slots=True)
class Event:
    """Number ``seq`` of a channel, told at ``at`` (seconds since 1970). ``text`` is JSON in one line. An event that is not
    ``kept`` concerns only those who are there: it does not become part of the present state."""

    channel: str
    seq: int
    topic: str
    text: str
    at: float
    kept: bool = True


def frame(epoch: str, event: Event) -> bytes:
    """The event as an SSE frame (WHATWG HTML, 9.2)."""
    return f"id: {epoch}-{event.seq}\nevent: {event.topic}\ndata: {event.text}\n\n".encode()


def counts_frame(text: str) -> bytes:
    """Counters: without an id, because a viewer who returns gets the newest anyway."""
    return f"event: counts\ndata: {text}\n\n".encode()


@dataclass(slots=True)
class Channel:
    """Present state and ring. The ring holds consecutive events, for ``seconds`` and at most ``most`` bytes."""

    name: str
    epoch: str
    seconds: float
    most: int
    seq: int = 0
    counts: str = "{}"
    topics: dict[str, str] = field(default_factory=dict)
    ring: deque[tuple[int, float, bytes]] = field(default_factory=deque)
    size: int = 0
    _state: bytes | None = None
    _replays: dict[int, bytes] = field(default_factory=dict)

    def tell(self, event: Event) -> bytes:
        """Take the next event in; gives its frame."""
        data = frame(self.epoch, event)
        if self.ring and event.seq != self.ring[-1][0] + 1:
            self.ring.clear()
            self.size = 0
        self.remember(event)
        self.ring.append((event.seq, event.at, data))
        self.size += len(data)
        self.forget_before(event.at - self.seconds)
        return data

    def remember(self, event: Event) -> None:
        """Take into the present state what was told too long ago for the ring."""
        self.seq = max(self.seq, event.seq)
        if event.kept and event.text == "null":
            self.topics.pop(event.topic, None)
        elif event.kept:
            self.topics[event.topic] = event.text
        self._changed()

    def count(self, text: str) -> bytes:
        """Take the newest counters in; gives their frame."""
        self.counts = text
        self._changed()
        return counts_frame(text)

    def forget_before(self, at: float) -> None:
        """Drop from the ring what is older, and what is too much."""
        while self.ring and (self.ring[0][1] < at or self.size > self.most):
            self.size -= len(self.ring.popleft()[2])

    def state_text(self) -> str:
        """The present state as JSON in one line."""
        text = ",".join(f"{json.dumps(topic)}:{value}" for topic, value in self.topics.items())
        return f'{{"topics":{{{text}}},"counts":{self.counts}}}'

    def state(self) -> bytes:
        """The present state as one frame."""
        if self._state is None:
            self._state = f"id: {self.epoch}-{self.seq}\nevent: state\ndata: {self.state_text()}\n\n".encode()
        return self._state

    def greeting(self, last: str) -> bytes:
        """What a viewer gets first: all that was told since ``last``, or the present state when that is not known any more."""
        epoch, _, number = last.rpartition("-")
        if epoch != self.epoch or not (number.isascii() and number.isdigit() and len(number) < 19):
            return self.state()
        seen = int(number)
        first = self.ring[0][0] if self.ring else self.seq + 1
        if not first - 1 <= seen <= self.seq:
            return self.state()
        if seen not in self._replays:
            if len(self._replays) >= _MOST_REPLAYS:
                self._replays.clear()
            missed = b"".join(data for seq, _, data in self.ring if seq > seen)
            self._replays[seen] = missed + counts_frame(self.counts)
        return self._replays[seen]

    def _changed(self) -> None:
        self._state = None
        if self._replays:
            self._replays.clear()
