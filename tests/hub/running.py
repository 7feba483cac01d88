"""A real hub for a test: its processes, a publisher, tokens, and plain sockets that speak to it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.servers.live import wait_until
from tests.servers.postgres import free_port

from ortoo_hub import Configuration, HubAway, Publisher, Said, sign

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a secret that only tests know"
KINDS = ("question", "vote", "answer", "reaction", "heads", "check_in")


class RunningHub:
    """`python -m ortoo_hub` with a folder and ports of its own."""

    def __init__(self, folder: Path, **options: Any) -> None:
        ports = {name: free_port() for name in ("port", "inner_port", "nchan_port")}
        usual: dict[str, Any] = {"viewers": 100, "processes": 1, "say_rate": 1_000.0, "say_burst": 1_000.0}
        self.configuration = Configuration(str(folder), SECRET, **(ports | usual | options))
        self.publisher = Publisher(self.configuration.socket)
        self.said = Said(self.configuration.said)
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it takes wishes."""
        environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "error"}
        command = [sys.executable, "-m", "ortoo_hub", "-"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, text=True)
        assert self.process.stdin is not None
        with self.process.stdin as stream:
            stream.write(json.dumps(self.configuration.as_data()))
        wait_until(self.answers, 30)

    def answers(self) -> bool:
        """Whether it is there."""
        assert self.process is not None and self.process.poll() is None
        try:
            return bool(self.publisher.status())
        except HubAway:
            return False

    def stop(self) -> int:
        """As Ctrl-C would; gives the exit code."""
        assert self.process is not None
        self.publisher.close()
        self.process.terminate()
        return self.process.wait(30)

    def children(self) -> list[int]:
        """Its processes."""
        return list(self.publisher.status()["processes"])

    def token(self, channel: str = "hall", viewer: str = "v1", may: Iterable[str] = KINDS, seconds: int = 3600) -> str:
        """Lets this viewer in."""
        return sign(SECRET, channel, viewer, may, int(time.time()) + seconds)

    def call(self) -> socket.socket:
        """A connection."""
        line = socket.create_connection(("127.0.0.1", self.configuration.port), timeout=20)
        line.settimeout(20)
        return line

    def ask(self, method: str, target: str, body: bytes = b"", head: str = "") -> tuple[int, dict[str, str], bytes]:
        """One request on a connection of its own: status, fields, body."""
        with self.call() as line:
            line.sendall(request(method, target, body, head + "Connection: close\r\n"))
            return answer(line)

    def say(self, said: Any, *, channel: str = "hall", token: str = "", head: str = "") -> tuple[int, Any]:
        """POST what a viewer says: status and answer."""
        target = f"/live/{channel}/say?token={token or self.token(channel)}"
        status, _, body = self.ask("POST", target, said if isinstance(said, bytes) else json.dumps(said).encode(), head)
        return status, json.loads(body)


@contextmanager
def running(folder: Path, **options: Any) -> Iterator[RunningHub]:
    """A hub within the block, ended in good order."""
    hub = RunningHub(folder, **options)
    hub.start()
    try:
        yield hub
    finally:
        assert hub.stop() == 0


def request(method: str, target: str, body: bytes = b"", head: str = "") -> bytes:
    """A request as bytes."""
    length = f"Content-Length: {len(body)}\r\n" if body or method == "POST" else ""
    return f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:1\r\n{head}{length}\r\n".encode("latin-1") + body


def answer(line: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Read one answer from a connection; status 0 when it was cut without a word."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = _receive(line)
        if not more:
            return 0, {}, data
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = {name.lower(): value for name, value in (each.split(": ", 1) for each in lines)}
    while len(body) < int(fields.get("content-length", 0)):
        body += _receive(line)
    return int(first.split()[1]), fields, body


def _receive(line: socket.socket) -> bytes:
    try:
        return line.recv(65536)
    except ConnectionResetError:
        return b""


class Watcher:
    """One viewer: `events` are (id, topic, data) in the order in which they came."""

    def __init__(self, hub: RunningHub, channel: str = "hall", viewer: str = "v1", last: str = "") -> None:
        self.line = hub.call()
        head = "Accept: text/event-stream\r\n" + (f"Last-Event-ID: {last}\r\n" if last else "")
        self.line.sendall(request("GET", f"/live/{channel}?token={hub.token(channel, viewer)}", b"", head))
        self.events: list[tuple[str, str, Any]] = []
        self.retry = 0
        self.head = ""
        self._data = b""

    def read_until(self, topic: str, times: int = 1) -> list[tuple[str, str, Any]]:
        """Read until an event of this topic has come so many times in all; gives all events."""
        while sum(each[1] == topic for each in self.events) < times:
            more = self.line.recv(65536)
            assert more, f"cut off after {self.events}"
            self._data += more
            self._take()
        return self.events

    def told(self, topic: str) -> tuple[str, str, Any]:
        """The first event of this topic; counters may come beside it at any moment."""
        return next(each for each in self.read_until(topic) if each[1] == topic)

    def ends(self) -> bool:
        """Read to the end of the stream."""
        while more := _receive(self.line):
            self._data += more
        self._take()
        return True

    def ids(self, topic: str) -> list[str]:
        """The ids of the events of a topic."""
        return [each[0] for each in self.events if each[1] == topic]

    def _take(self) -> None:
        *whole, self._data = re.split(rb"\r?\n\r?\n", self._data)
        for frame in whole:
            if frame.startswith(b"HTTP/"):
                self.head = frame.decode("latin-1")
                continue
            fields = dict(each.partition(": ")[::2] for each in frame.decode().splitlines() if each and not each.startswith(":"))
            self.retry = int(fields.get("retry", self.retry))
            if "data" in fields:
                self.events.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))

    def close(self) -> None:
        """Go."""
        self.line.close()

    def __enter__(self) -> "Watcher":
        return self

    def __exit__(self, *_about: object) -> None:
        self.close()
