"""The parent: numbers what is told, writes it down, tells every process; keeps what is said; keeps the processes alive."""

import asyncio
import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvloop

from ortoo_hub import capacity
from ortoo_hub.channel import RESERVED, TOPIC, Channel, Event
from ortoo_hub.configuration import Configuration
from ortoo_hub.counts import Counts
from ortoo_hub.door import open_door
from ortoo_hub.ingest import number_and_text
from ortoo_hub.journal import Journal
from ortoo_hub.nchan import Nchan
from ortoo_hub.nginx import NginxMissing
from ortoo_hub.place import Place, listen
from ortoo_hub.publisher import HubRefused
from ortoo_hub.store import Store, Tallies
from ortoo_hub.viewer import NAME
from ortoo_hub.wire import Kind, pack_json

_LONGEST = 32 * 1024
_MOST_TOPICS = 500
_MOST_CHANNELS = 1_000
_BENCH = "bench"


class Dispatcher:
    """One for each installation. ``run`` ends after ``stop``."""

    def __init__(self, configuration: Configuration, say: Callable[[str], None]) -> None:
        self.configuration = configuration
        self.say = say
        self.capacity = capacity.plan(configuration.viewers, configuration.processes)
        self.journal = Journal(configuration.told)
        self.store = Store(configuration.said)
        self.counts = Counts()
        self.channels: dict[str, Channel] = {}
        self.places: list[Place] = []
        self.nchan = Nchan(configuration, say) if configuration.engine == "nchan" else None
        self.dropped: dict[int, int] = {}
        self.over = asyncio.Event()
        self._restore()

    def _restore(self) -> None:
        """Go on where the last dispatcher was, however it ended."""
        self.journal.forget_before(time.time() - self.configuration.ring_seconds)
        for name, seq, peak in self.journal.channels():
            self.channel(name).seq = seq
            self.counts.restore_peak(name, peak)
        for event in self.journal.kept():
            self.channel(event.channel).remember(event)
        for where, name, text in self.journal.named():
            self.counts.name(where, name, json.loads(text))
        for where, name, times in self.store.tallies():
            self.counts.react(where, name, times)
        for name, channel in self.channels.items():
            channel.count(self.counts.text(name))
            if self.nchan is not None:
                self.nchan.know(name, channel)

    def channel(self, name: str) -> Channel:
        """The present state of a channel, there as soon as somebody asks."""
        if name not in self.channels:
            about = self.configuration
            self.channels[name] = Channel(name, self.journal.epoch, about.ring_seconds, about.ring_bytes)
        return self.channels[name]

    # Life

    async def run(self) -> None:
        """Serve until ``stop``; OSError when the address is taken."""
        about = self.configuration
        sockets = listen(*self._listens_at(), self.capacity.processes, about.socket_bytes)
        self.places = [Place(number, one, self._greet, self._heard) for number, one in enumerate(sockets)]
        tasks = [asyncio.ensure_future(place.keep()) for place in self.places]
        if self.nchan is not None:
            tasks.append(asyncio.ensure_future(self.nchan.keep()))
        await asyncio.gather(*(place.ready.wait() for place in self.places))
        if self.nchan is not None:
            await self.nchan.ready.wait()
        door = await open_door(about.socket, self.fulfil)
        ticking = asyncio.ensure_future(self._tick())
        self.say(f"hub: {self.capacity.sentence()}")
        await self.over.wait()
        door.close()
        ticking.cancel()
        await self._end(tasks)
        for one in sockets:
            one.close()
        about.socket.unlink(missing_ok=True)
        self.store.close()
        self.journal.close()

    def _listens_at(self) -> tuple[str, int]:
        """Host and port of our own processes: behind nginx they are reached from this machine only."""
        about = self.configuration
        return (about.host, about.port) if self.nchan is None else ("127.0.0.1", about.inner_port)

    def stop(self) -> None:
        """Ask for an orderly end."""
        self.over.set()

    async def _end(self, tasks: list["asyncio.Task[None]"]) -> None:
        for place in self.places:
            place.end()
            place.send(pack_json(Kind.BYE, None))
        if self.nchan is not None:
            self.nchan.end()
        _, late = await asyncio.wait(tasks, timeout=self.configuration.end_seconds)
        if late:
            for place in self.places:
                place.kill()
            await asyncio.wait(late, timeout=5)

    def _inner(self) -> Configuration:
        """What the processes go by: behind nginx, the callers' addresses are those that nginx has seen."""
        if self.nchan is None:
            return self.configuration
        return replace(self.configuration, trusted_proxies=(*self.configuration.trusted_proxies, "127.0.0.1"))

    def _greet(self, place: Place) -> None:
        """Tell a new process all that there is to know."""
        about = {"configuration": self._inner().as_data(), "epoch": self.journal.epoch, "number": place.number}
        place.send(pack_json(Kind.START, about | {"most": self.capacity.each}))
        for event in self.journal.kept():
            place.send(pack_json(Kind.KEPT, _about(event)))
        for event in self.journal.told():
            place.send(pack_json(Kind.TOLD, _about(event)))
        for name in self.counts.channels():
            place.send(pack_json(Kind.COUNTS, [name, self.counts.text(name)]))
        place.send(pack_json(Kind.READY, None))

    # What the processes say

    def _heard(self, place: Place, kind: Kind, body: bytes) -> None:
        if kind == Kind.SAY:
            number, text = number_and_text(body)
            loop = asyncio.get_running_loop()

            def kept(well: bool, tallies: Tallies) -> None:
                loop.call_soon_threadsafe(self._kept, place, place.process, number, well, tallies)

            self.store.put(text, kept)
        elif kind == Kind.ALIVE:
            alive = json.loads(body)
            self.dropped[place.number] = alive["dropped"]
            self.counts.viewers_in(place.number, alive["viewers"])
            if self.nchan is not None:
                for name in alive["viewers"]:
                    self.nchan.know(name, self.channel(name))
        elif kind == Kind.BENCH:
            self._tell(_BENCH, _BENCH, body.decode(), kept=False)

    def _kept(self, place: Place, process: object, number: int, well: bool, tallies: Tallies) -> None:
        # A process that died meanwhile has nobody waiting; its successor counts from 1 again.
        if place.process is process:
            place.send(pack_json(Kind.SAVED, [number, well]))
        for channel, name, times in tallies:
            self.counts.react(channel, name, times)

    async def _tick(self) -> None:
        """Send merged counters; now and then drop what is old."""
        swept = time.monotonic()
        while True:
            await asyncio.sleep(self.configuration.counts_seconds)
            if self.nchan is not None:
                self.counts.viewers_in("nginx", dict(self.nchan.viewers))
            for name in self.counts.changed():
                self._count(name)
            if time.monotonic() - swept > 10:
                swept = time.monotonic()
                self.journal.forget_before(time.time() - self.configuration.ring_seconds)

    def _count(self, name: str) -> None:
        text = self.counts.text(name)
        channel = self.channel(name)
        channel.count(text)
        self.journal.peak(name, self.counts.peak(name))
        self._send(pack_json(Kind.COUNTS, [name, text]))
        if self.nchan is not None:
            self.nchan.tell(name, "counts", text, channel)

    # What the house wishes

    def fulfil(self, wish: dict[str, Any]) -> dict[str, Any]:
        """One wish from the door; raises ``HubRefused``, KeyError and TypeError."""
        what = wish["do"]
        if what == "status":
            return self.status()
        if what == "taken_over":
            self.store.forget(int(wish["through"]), round(1000 * (time.time() - float(wish["keep_seconds"]))))
            return {}
        channel = wish["channel"]
        if not isinstance(channel, str) or not NAME.fullmatch(channel):
            raise HubRefused("channel: 1 to 64 of A-Z a-z 0-9 _ -")
        if what == "publish":
            return {"id": self.publish(channel, wish["topic"], wish["data"], kept=bool(wish["kept"]))}
        if what == "count":
            self._name(channel, wish["name"], wish["value"])
            return {}
        if what == "forget":
            self._forget(channel)
            return {}
        raise HubRefused(f"not known: {what!r}")

    def publish(self, channel: str, topic: Any, data: Any, *, kept: bool = True) -> str:
        """Number it, write it down, tell everybody; gives its id."""
        if not isinstance(topic, str) or not TOPIC.fullmatch(topic) or topic in RESERVED:
            raise HubRefused("topic: small letters, digits, _ . -; not state, not counts")
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return self._tell(channel, topic, text, kept=kept)

    def _tell(self, name: str, topic: str, text: str, *, kept: bool) -> str:
        try:
            size = len(text.encode())
        except UnicodeEncodeError:
            raise HubRefused("half a character in the text") from None
        if size > _LONGEST:
            raise HubRefused(f"more than {_LONGEST:,} bytes at once")
        if name not in self.channels and len(self.channels) >= _MOST_CHANNELS:
            raise HubRefused(f"more than {_MOST_CHANNELS:,} channels; forget some")
        channel = self.channel(name)
        if kept and topic not in channel.topics and len(channel.topics) >= _MOST_TOPICS:
            raise HubRefused(f"more than {_MOST_TOPICS} topics on one channel; end some")
        event = Event(name, channel.seq + 1, topic, text, time.time(), kept)
        self.journal.tell(event)
        channel.remember(event)
        self._send(pack_json(Kind.TOLD, _about(event)))
        if self.nchan is not None:
            self.nchan.tell(name, topic, text, channel)
        return f"{self.journal.epoch}-{event.seq}"

    def _name(self, channel: str, name: Any, value: Any) -> None:
        if not isinstance(name, str) or not TOPIC.fullmatch(name):
            raise HubRefused("name: small letters, digits, _ . -")
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        if len(text) > 8_000:
            raise HubRefused("a counter of more than 8,000 characters")
        self.channel(channel)
        self.journal.name(channel, name, text)
        self.counts.name(channel, name, value)

    def _forget(self, name: str) -> None:
        channel = self.channels.pop(name, None)
        self.journal.forget(name)
        self.counts.forget(name)
        self._send(pack_json(Kind.FORGET, name))
        if channel is not None and self.nchan is not None:
            self.nchan.forget(name)
        self.channel(name).seq = channel.seq if channel else 0

    def status(self) -> dict[str, Any]:
        """How it is going: viewers now and at most for each channel, the processes, what the machine can hold."""
        return {
            "pid": os.getpid(),
            "engine": self.configuration.engine,
            "ingest": list(self._listens_at()),
            "viewers": {name: self.counts.viewers(name) for name in sorted(self.counts.channels())},
            "peaks": {name: self.counts.peak(name) for name in sorted(self.counts.channels())},
            "processes": [place.pid for place in self.places if place.pid],
            "restarts": sum(place.restarts for place in self.places),
            "dropped": sum(self.dropped.values()),
            "capacity": self.capacity.viewers,
            "capacity_sentence": self.capacity.sentence(),
            "trouble": self.store.error or (self.nchan.trouble if self.nchan else ""),
        }

    def _send(self, message: bytes) -> None:
        for place in self.places:
            place.send(message)


def _about(event: Event) -> list[Any]:
    return [event.channel, event.seq, event.topic, event.text, event.at, event.kept]


def _to_stderr(sentence: str) -> None:
    print(f"ortoo: {sentence}", file=sys.stderr, flush=True)


def serve(configuration: Configuration, say: Callable[[str], None] = _to_stderr) -> int:
    """Run the hub until SIGTERM or Ctrl-C. 0 after an orderly end, 2 when the address or the folder is somebody else's."""
    folder = Path(configuration.folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "hub.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say(f"hub: another one runs in {folder}")
            return 2
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_serve(configuration, say))


async def _serve(configuration: Configuration, say: Callable[[str], None]) -> int:
    try:
        dispatcher = Dispatcher(configuration, say)
    except NginxMissing as error:
        say(f"hub: {error}")
        return 2
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, dispatcher.stop)
    try:
        await dispatcher.run()
    except OSError as error:
        say(f"hub: {configuration.host}:{configuration.port} cannot be had: {error}")
        return 2
    return 0
