"""The viewers of one channel in this process, and writing to all of them without holding up the rest."""

import asyncio
import time
from collections.abc import Callable

from ortoo_hub.channel import HEARTBEAT, Channel

# Takes its event into the channel and gives the frame.
Telling = Callable[[Channel], bytes]
AT_ONCE = 500
# A burst goes out in pieces with a pause between them, 800 KB/s: no viewer is dropped as slow for what nobody's line could take.
PIECE = 16 * 1024
PAUSE = 0.02


class Audience:
    """Each event is encoded once. What arrives during a sweep goes out together in the next ones; a viewer who comes during
    a sweep has been greeted with all that the sweep carries and is not part of it."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        # Whether it is a screen of the house: all are written to, and the others are counted.
        self.viewers: dict[asyncio.Transport, bool] = {}
        self.watching = 0
        self.told_at = time.monotonic()
        self._waiting: list[Telling] = []
        self._sweep: asyncio.Task[None] | None = None

    def tell(self, telling: Telling) -> None:
        """Send it to everybody, soon and in order."""
        self._waiting.append(telling)
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().create_task(self._run())

    def greet(self, transport: asyncio.Transport, head: bytes, last: str, *, screen: bool = False) -> int:
        """Let a viewer or a screen in; gives the bytes that were written at once."""
        greeting = head + self.channel.greeting(last)
        transport.write(greeting)
        self.viewers[transport] = screen
        self.watching += not screen
        return len(greeting)

    def leave(self, transport: asyncio.Transport) -> None:
        """It is gone; one that never came is none."""
        self.watching -= not self.viewers.pop(transport, True)

    def heartbeat(self, now: float, every: float) -> None:
        """Something for a line on which nothing was said for ``every`` seconds, so that nobody in between cuts it."""
        if now - self.told_at >= every and self._sweep is None:
            self.tell(lambda _channel: HEARTBEAT)

    async def _run(self) -> None:
        while self._waiting:
            data = self._piece()
            self.told_at = time.monotonic()
            await self._write(data)
            if self._waiting and len(data) >= PIECE:
                await asyncio.sleep(PAUSE)
        self._sweep = None

    def _piece(self) -> bytes:
        """Frames for one sweep: as many as wait, up to the first that fills it."""
        frames: list[bytes] = []
        size = taken = 0
        for telling in self._waiting:
            frames.append(telling(self.channel))
            size += len(frames[-1])
            taken += 1
            if size >= PIECE:
                break
        del self._waiting[:taken]
        return b"".join(frames)

    async def _write(self, data: bytes) -> None:
        everybody = list(self.viewers)
        for start in range(0, len(everybody), AT_ONCE):
            for transport in everybody[start : start + AT_ONCE]:
                try:
                    transport.write(data)
                except RuntimeError:
                    continue  # Closed since the sweep began.
            await asyncio.sleep(0)
