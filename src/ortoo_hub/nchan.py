"""The engine nchan: nginx holds the viewers, and what is told goes to it instead of to our own processes.

A newcomer gets all that nginx still has of a channel. So that the present state is always among it, the state is told again
every third of the ring's length; for viewers who are there it takes the place of a heartbeat.
"""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ortoo_hub import capacity
from ortoo_hub.channel import Channel
from ortoo_hub.configuration import Configuration
from ortoo_hub.nginx import configuration_text, program, publishing_path
from ortoo_hub.processes import end_with_parent, members

_MOST_WAITING = 10_000
_QUIET_SECONDS = 6 * 3600.0


class Nchan:
    """Keeps nginx running and tells it things in order. ``trouble`` is what went wrong last, empty when all is well."""

    def __init__(self, configuration: Configuration, say: Callable[[str], None]) -> None:
        self.configuration = configuration
        self.say = say
        self.trouble = ""
        self.viewers: dict[str, int] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.ready = asyncio.Event()
        self._path = publishing_path(configuration)
        self._channels: dict[str, tuple[Channel, float]] = {}
        self._queue: asyncio.Queue[tuple[str, str, str]] = asyncio.Queue()
        self._ending = asyncio.Event()
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._command = self._prepare()

    def _prepare(self) -> list[str]:
        """Write the configuration; raises ``NginxMissing``."""
        nginx, module = program()
        plan = capacity.plan(self.configuration.viewers, self.configuration.processes)
        folder = Path(self.configuration.folder).resolve() / "nginx"
        folder.mkdir(parents=True, exist_ok=True)
        self._group = folder / "group"
        file = folder / "nginx.conf"
        file.touch(0o600)
        file.write_text(configuration_text(self.configuration, module, plan.files, plan.processes), encoding="utf-8")
        return [nginx, "-c", str(file), "-e", str(folder / "error.log")]

    def tell(self, name: str, topic: str, text: str, channel: Channel) -> None:
        """Soon, and in order. The first thing told on a channel is its state, which newcomers look for."""
        self.know(name, channel)
        self._channels[name] = (channel, time.monotonic())
        if self._queue.qsize() < _MOST_WAITING:
            self._queue.put_nowait((name, topic, text))

    def know(self, name: str, channel: Channel) -> None:
        """A channel on which nothing may have been told yet: its state is there for the first who comes."""
        if name not in self._channels:
            self._channels[name] = (channel, time.monotonic())
            self._queue.put_nowait((name, "state", channel.state_text()))

    def forget(self, name: str) -> None:
        """The channel is over."""
        self._channels.pop(name, None)
        self.viewers.pop(name, None)
        self._queue.put_nowait((name, "", ""))

    def end(self) -> None:
        """Let nginx finish."""
        self._ending.set()

    async def keep(self) -> None:
        """Run nginx until told to end; start it again when it dies."""
        telling = asyncio.ensure_future(self._tell_on())
        while not self._ending.is_set():
            self._clear_up()
            # Master and workers are a group of their own, so that what is left of it can be found; the master ends with us.
            self.process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=partial(end_with_parent, signal.SIGTERM)
            )
            self._group.write_text(str(self.process.pid))
            over = asyncio.ensure_future(asyncio.to_thread(self.process.wait))
            asked = asyncio.ensure_future(self._ending.wait())
            await asyncio.wait([over, asked], return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()
            if not self._ending.is_set():
                self.trouble = f"nginx ended with {over.result()}"
                self.say(f"hub: {self.trouble}; starting it again")
                await asyncio.sleep(1)
                continue
            self.process.terminate()
            await over
        telling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await telling
        self._hang_up()

    def _clear_up(self) -> None:
        """End the workers of a master that was killed: they would hold the port for ever."""
        with contextlib.suppress(OSError, ValueError):
            for pid in members(int(self._group.read_text()), "nginx"):
                os.kill(pid, signal.SIGKILL)

    async def _tell_on(self) -> None:
        """States first, then what comes; states again as often as is needed, and the number of viewers every second."""
        state_at = seen_at = 0.0
        while True:
            try:
                now = time.monotonic()
                if now - state_at > self.configuration.ring_seconds / 3:
                    await self._tell_states(now)
                    state_at = now
                    self.ready.set()
                    self.trouble = ""
                if now - seen_at > 1:
                    await self._look(now)
                    seen_at = now
                await self._tell_next()
            except (OSError, ValueError, asyncio.IncompleteReadError) as error:
                self.trouble = f"nginx does not answer: {error}"
                state_at = 0.0
                self._hang_up()
                await asyncio.sleep(0.2)

    async def _tell_next(self) -> None:
        try:
            name, topic, text = await asyncio.wait_for(self._queue.get(), 0.5)
        except TimeoutError:
            return
        if topic:
            await self._ask("POST", name, text, topic)
        else:
            await self._ask("DELETE", name)

    async def _tell_states(self, now: float) -> None:
        for name, (channel, told_at) in list(self._channels.items()):
            if now - told_at < _QUIET_SECONDS or self.viewers.get(name):
                await self._ask("POST", name, channel.state_text(), "state")

    async def _look(self, now: float) -> None:
        """How many are there, by nginx's own count."""
        for name in list(self._channels):
            status, body = await self._ask("GET", name)
            self.viewers[name] = int(json.loads(body)["subscribers"]) if status == 200 else 0

    async def _ask(self, method: str, name: str, text: str = "", topic: str = "") -> tuple[int, bytes]:
        """One request on a connection that is kept: status and body."""
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self.configuration.nchan_port)
        reader, writer = self._line
        body = text.encode()
        event = f"X-EventSource-Event: {topic}\r\n" if topic else ""
        head = f"{method} {self._path}/{name} HTTP/1.1\r\nHost: hub\r\nAccept: text/json\r\nContent-Type: text/plain\r\n{event}"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        fields = dict(line.lower().split(b": ", 1) for line in answer.split(b"\r\n")[1:] if b": " in line)
        size = int(fields.get(b"content-length", b"0"))
        return int(answer.split()[1]), await reader.readexactly(size)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line[1].close()
        self._line = None
