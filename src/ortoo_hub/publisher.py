"""The house's side of the publishing socket: plain blocking calls, from any thread of any process of the same user."""

import contextlib
import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_LONGEST_PATH = 100


class HubAway(ConnectionError):
    """Nobody answers at the socket: the hub is not running, or is starting again."""


class HubRefused(ValueError):
    """The hub does not take it; the sentence says why."""


class Publisher:
    """Tells viewers. One connection is kept and made anew when it was cut."""

    def __init__(self, path: Path, timeout: float = 5.0) -> None:
        self.path = path
        self.timeout = timeout
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._rest = b""

    def publish(self, channel: str, topic: str, data: Any, *, kept: bool = True) -> str:
        """Tell everybody on the channel; gives the event's id. What is ``kept`` is the topic's present state until the next;
        ``data=None`` ends it. Raises ``HubAway`` and ``HubRefused``."""
        return str(self._ask({"do": "publish", "channel": channel, "topic": topic, "data": data, "kept": kept})["id"])

    def count(self, channel: str, name: str, value: Any) -> None:
        """Set a counter, shown to all within half a second together with the others; None takes it away."""
        self._ask({"do": "count", "channel": channel, "name": name, "value": value})

    def forget(self, channel: str) -> None:
        """The session is over and seen to: nothing is told there any more, and its viewers are let go."""
        self._ask({"do": "forget", "channel": channel})

    def taken_over(self, through: int, keep_seconds: float = 86_400) -> None:
        """Rows of ``Said`` up to this number are in the house: those older than ``keep_seconds`` may go. Until then the same
        thing said again is still known."""
        self._ask({"do": "taken_over", "through": through, "keep_seconds": keep_seconds})

    def status(self) -> dict[str, Any]:
        """Viewers, processes, restarts, capacity: see ``Dispatcher.status``."""
        return self._ask({"do": "status"})

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            self._hang_up()

    def _ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        line = (
            json.dumps(asked, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
        )
        with self._lock:
            fresh = self._line is None
            try:
                answer = self._exchange(line)
            except OSError:
                self._hang_up()
                if fresh:
                    raise HubAway(f"no live hub at {self.path}") from None
                answer = self._once_more(line)
        if "refused" in answer:
            raise HubRefused(answer["refused"])
        return answer

    def _once_more(self, line: bytes) -> dict[str, Any]:
        """The hub was started again since the last call."""
        try:
            return self._exchange(line)
        except OSError:
            self._hang_up()
            raise HubAway(f"no live hub at {self.path}") from None

    def _exchange(self, line: bytes) -> dict[str, Any]:
        if self._line is None:
            self._line = socket.socket(socket.AF_UNIX)
            self._line.settimeout(self.timeout)
            with short(self.path) as path:
                self._line.connect(path)
        self._line.sendall(line)
        while b"\n" not in self._rest:
            more = self._line.recv(65536)
            if not more:
                raise ConnectionResetError
            self._rest += more
        answer, _, self._rest = self._rest.partition(b"\n")
        return dict(json.loads(answer))

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line, self._rest = None, b""


@contextlib.contextmanager
def short(path: Path) -> Iterator[str]:
    """The same place under a name that fits into a socket's address (108 bytes), however deep the folder lies."""
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
