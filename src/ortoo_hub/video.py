"""Picture and sound of a session: RTMP or SRT in, HLS out, a holding picture when the source is away, the recording kept.

One ffmpeg waits for a sender at each door and hands its bytes over; another cuts them into pieces. In between stands this
process: it knows at once when a source comes or goes, writes the recording, and never lets two write the same list.
"""

import asyncio
import contextlib
import json
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from ortoo_hub import ffmpeg
from ortoo_hub.playlist import PublicList, master, next_break, pieces
from ortoo_hub.processes import end_with_parent
from ortoo_hub.recording import Recording
from ortoo_hub.viewer import NAME

RENDITIONS = ("video", "audio")
_CHUNK = 64 * 1024
_LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Session:
    """``key`` is what the sender must give (16–64 letters and digits). A port of 0 closes that door. ``folder`` gets
    ``master.m3u8``, ``video.m3u8``, ``audio.m3u8`` and the recordings. A source that sends nothing for ``quiet_seconds`` is
    away."""

    folder: str
    key: str
    host: str = "127.0.0.1"
    rtmp_port: int = 1935
    srt_port: int = 0
    picture: str = ""
    size: str = "1280x720"
    bandwidth: int = 1_500_000
    quiet_seconds: float = 4.0

    def __post_init__(self) -> None:
        """ValueError names what cannot be."""
        if not NAME.fullmatch(self.key) or len(self.key) < 16:
            raise ValueError("key: 16 to 64 of A-Z a-z 0-9 _ -")
        if not (self.rtmp_port or self.srt_port):
            raise ValueError("rtmp_port, srt_port: one of them at least")


class Video:
    """``state`` is ``live`` or ``holding``; ``tell`` hears every change as ``{"state", "since", "door"}``."""

    def __init__(self, session: Session, tell: Callable[[dict[str, object]], None]) -> None:
        self.session = session
        self.folder = Path(session.folder)
        self.tell = tell
        self.state = ""
        self.trouble = ""
        self.over = asyncio.Event()
        # Counted from the clock, so that the numbers go on after a start in the middle of a session, too.
        self._run = int(time.time())
        self.lists = {name: PublicList(first=self._run, breaks=next_break(self._list_of(name))) for name in RENDITIONS}
        self._cutter: asyncio.subprocess.Process | None = None
        self._live = ""
        self._changing = asyncio.Lock()

    def _list_of(self, name: str) -> str:
        """The public list as the run before this one left it."""
        file = self.folder / f"{name}.m3u8"
        return file.read_text() if file.exists() else ""

    async def run(self) -> None:
        """Until ``over`` is set."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "master.m3u8").write_text(master(self.session.bandwidth))
        for old in self.folder.glob("run-*"):
            shutil.rmtree(old)
        async with asyncio.TaskGroup() as tasks:
            work = [self._look_on(), self._hold_on(), *(self._door(name, command) for name, command in self._doors())]
            running = [tasks.create_task(each) for each in work]
            await self.over.wait()
            for task in running:
                task.cancel()
        await self._stop_cutter()
        self._publish()

    def _doors(self) -> list[tuple[str, list[str]]]:
        about = self.session
        doors = []
        if about.rtmp_port:
            doors.append(("rtmp", ffmpeg.take_rtmp(about.host, about.rtmp_port, about.key)))
        if about.srt_port:
            doors.append(("srt", ffmpeg.take_srt(about.host, about.srt_port, about.key)))
        return doors

    # Sources

    async def _door(self, name: str, command: list[str]) -> None:
        """Wait at one door for one sender after the other."""
        while True:
            taking = await asyncio.create_subprocess_exec(
                *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, preexec_fn=end_with_parent
            )
            watching = asyncio.ensure_future(self._watch_words(name, taking))
            try:
                await self._carry(name, taking)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    taking.kill()
                await taking.wait()
                watching.cancel()
            await asyncio.sleep(0.2)

    async def _watch_words(self, name: str, taking: asyncio.subprocess.Process) -> None:
        """End a sender with the wrong key; remember the last complaint."""
        assert taking.stderr is not None
        async for line in taking.stderr:
            said = line.decode(errors="replace").strip()
            if any(word in said for word in ffmpeg.WRONG_KEY):
                self.trouble = f"{name}: a sender with a wrong key"
                taking.kill()
                return
            self.trouble = f"{name}: {said[:300]}".replace(self.session.key, "…")

    async def _carry(self, name: str, taking: asyncio.subprocess.Process) -> None:
        """From the sender to the cutter and to the recording, until the sender goes or falls silent."""
        assert taking.stdout is not None
        data = await taking.stdout.read(_CHUNK)
        if not data or self._live:
            return  # Nothing came, or somebody else is sending already.
        self._live = name
        try:
            await self._begin_live()
            recording = Recording(self.folder / f"recording-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.ts")
            with contextlib.closing(recording):
                while data:
                    recording.write(data)
                    self.trouble = recording.over or self.trouble
                    await self._feed(data)
                    async with asyncio.timeout(self.session.quiet_seconds):
                        data = await taking.stdout.read(_CHUNK)
        except (TimeoutError, BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self._live = ""
            await asyncio.shield(self._stop_cutter())

    async def _feed(self, data: bytes) -> None:
        assert self._cutter is not None
        assert self._cutter.stdin is not None
        self._cutter.stdin.write(data)
        await self._cutter.stdin.drain()

    async def _begin_live(self) -> None:
        async with self._changing:
            await self._stop_cutter()
            await self._start_cutter(ffmpeg.cut(self._new_run()), feed=True)
            self._become("live")

    async def _hold_on(self) -> None:
        """Whenever nobody sends, show the holding picture; start it again when it dies."""
        picture = Path(self.session.picture) if self.session.picture else None
        while True:
            if not self._live:
                async with self._changing:
                    gone = self._cutter is None or self._cutter.returncode is not None
                    if gone and not self._live:
                        await self._start_cutter(ffmpeg.hold(self._new_run(), picture, self.session.size), feed=False)
                        self._become("holding")
            await asyncio.sleep(_LOOK_SECONDS)

    def _become(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.tell({"state": state, "since": time.time(), "door": self._live})

    # Pieces

    def _new_run(self) -> Path:
        self._run += 1
        folder = self.folder / f"run-{self._run}"
        for name in RENDITIONS:
            (folder / name).mkdir(parents=True)
        return folder

    async def _start_cutter(self, command: list[str], *, feed: bool) -> None:
        source = asyncio.subprocess.PIPE if feed else asyncio.subprocess.DEVNULL
        self._cutter = await asyncio.create_subprocess_exec(
            *command, stdin=source, stderr=asyncio.subprocess.DEVNULL, preexec_fn=end_with_parent
        )

    async def _stop_cutter(self) -> None:
        """Let it write its last piece."""
        cutter, self._cutter = self._cutter, None
        if cutter is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if cutter.stdin is not None:
                cutter.stdin.close()
            else:
                cutter.terminate()
        try:
            await asyncio.wait_for(cutter.wait(), 5)
        except TimeoutError:
            cutter.kill()
            await cutter.wait()
        self._publish()

    async def _look_on(self) -> None:
        while True:
            self._publish()
            await asyncio.sleep(_LOOK_SECONDS)

    def _publish(self) -> None:
        """Bring the public lists up to date; drop what nobody can ask for any more."""
        folder = self.folder / f"run-{self._run}"
        for name, public in self.lists.items():
            file = folder / name / "list.m3u8"
            if not file.exists():
                continue
            gone = public.take(pieces(file.read_text(), self._run, f"{folder.name}/{name}"))
            part = self.folder / f"{name}.m3u8.part"
            part.write_text(public.text())
            part.replace(self.folder / f"{name}.m3u8")
            for each in gone:
                (self.folder / each).unlink(missing_ok=True)


async def _main(session: Session) -> None:
    video = Video(session, lambda state: print(json.dumps(state), flush=True))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, video.over.set)
    await video.run()


def as_json(session: Session) -> str:
    """What ``python -m ortoo_hub.video`` reads from standard input."""
    return json.dumps(asdict(session))


if __name__ == "__main__":
    asyncio.run(_main(Session(**json.load(sys.stdin))))
