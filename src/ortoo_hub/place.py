"""One place for a child process: its listening socket, which outlives it, and the process that now serves it."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ortoo_hub.wire import Kind, Unpacker

_SOURCES = str(Path(__file__).resolve().parents[1])
_SILENT_SECONDS = 30.0
_USER_TIMEOUT_MS = 60_000

Heard = Callable[["Place", Kind, bytes], None]


def listen(host: str, port: int, count: int, socket_bytes: int) -> list[socket.socket]:
    """``count`` sockets at one address, over which the system spreads callers. OSError when somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # With SO_REUSEPORT alone a stranger's server at the same port would not be noticed.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
    return [_listening(family, host, port, socket_bytes) for _ in range(count)]


def _listening(family: socket.AddressFamily, host: str, port: int, socket_bytes: int) -> socket.socket:
    one = socket.socket(family)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    # Accepted sockets inherit these: a small buffer, and an end for viewers who vanished without a word.
    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, socket_bytes)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _USER_TIMEOUT_MS)
    one.bind((host, port))
    one.listen(4096)
    return one


class Place(asyncio.Protocol):
    """Keeps a process in its place: starts it again when it dies, at once the first time, more slowly when it dies young."""

    def __init__(self, number: int, listening: socket.socket, greet: Callable[["Place"], None], heard: Heard) -> None:
        self.number = number
        self.listening = listening
        self.process: subprocess.Popen[bytes] | None = None
        self.restarts = 0
        self.ready = asyncio.Event()
        self._greet = greet
        self._heard = heard
        self._gone = asyncio.Event()
        self._ending = False
        self._heard_at = 0.0

    @property
    def pid(self) -> int:
        """Of the process that is ready to serve; 0 while there is none."""
        return self.process.pid if self.process is not None and self.ready.is_set() else 0

    async def keep(self) -> None:
        """Run until told to end."""
        pause = 0.0
        while not self._ending:
            began = time.monotonic()
            await self._start()
            await self._until_gone()
            self._heard(self, Kind.ALIVE, b'{"viewers":{},"dropped":0}')
            if self._ending:
                return
            self.restarts += 1
            pause = min(5.0, pause * 2 + 0.2) if time.monotonic() - began < 10 else 0.0
            await asyncio.sleep(pause)

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "ortoo_hub.child", str(theirs.fileno()), str(self.listening.fileno())]
        paths = [_SOURCES, *filter(None, [os.environ.get("PYTHONPATH")])]
        with theirs:
            self.process = subprocess.Popen(
                command, pass_fds=[theirs.fileno(), self.listening.fileno()], stdin=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            )  # fmt: skip
        self._gone.clear()
        self._heard_at = time.monotonic()
        self._unpacker = Unpacker()
        self.transport, _ = await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=ours)
        self._greet(self)

    async def _until_gone(self) -> None:
        """Also a process that lives but says nothing any more is gone."""
        assert self.process is not None
        while not self._gone.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._gone.wait(), 1)
            if time.monotonic() - self._heard_at > _SILENT_SECONDS:
                self.process.send_signal(signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self.process.wait, 5)
        if self.process.poll() is None:
            self.process.kill()
            await asyncio.to_thread(self.process.wait)

    def send(self, message: bytes) -> None:
        """To the process, if there is one."""
        if self.process is not None and not self._gone.is_set():
            self.transport.write(message)

    def data_received(self, data: bytes) -> None:
        """Messages of the process."""
        self._heard_at = time.monotonic()
        for kind, body in self._unpacker.feed(data):
            if kind == Kind.READY:
                self.ready.set()
            self._heard(self, kind, body)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has let go of the wire."""
        self.ready.clear()
        self._gone.set()

    def end(self) -> None:
        """Not to be started again."""
        self._ending = True

    def kill(self) -> None:
        """At once."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
