"""Writing to all viewers of a channel."""

import asyncio
from typing import Any, cast

from ortoo_hub.audience import AT_ONCE, PIECE, Audience
from ortoo_hub.channel import Channel, Event


class Line:
    """The writing side of a connection."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        if self.closed:
            raise RuntimeError("closed")
        self.got.append(data)

    @property
    def ids(self) -> list[str]:
        return [line[4:] for line in b"".join(self.got).decode().splitlines() if line.startswith("id: ")]


def tell(audience: Audience, seq: int) -> None:
    event = Event("hall", seq, "caption", str(seq), 0)
    audience.tell(lambda channel: channel.tell(event))


def greet(audience: Audience, last: str = "") -> Line:
    line = Line()
    audience.greet(cast(Any, line), b"", last)
    return line


def test_who_comes_during_a_sweep_gets_everything_once() -> None:
    async def story() -> None:
        audience = Audience(Channel("hall", "e", 60, 100_000))
        early = [greet(audience) for _ in range(3 * AT_ONCE)]
        tell(audience, 1)
        await asyncio.sleep(0)
        assert early[0].ids[-1] == "e-1"
        assert early[-1].ids[-1] == "e-0"
        late = greet(audience)
        tell(audience, 2)
        tell(audience, 3)
        for _ in range(20):
            await asyncio.sleep(0)
        assert {tuple(line.ids) for line in early} == {("e-0", "e-1", "e-2", "e-3")}
        assert late.ids == ["e-1", "e-2", "e-3"]
        assert len(late.got) == 2

    asyncio.run(story())


def test_burst_goes_out_in_pieces() -> None:
    async def story() -> None:
        audience = Audience(Channel("hall", "e", 60, 1_000_000))
        line = greet(audience)
        for seq in range(1, 101):
            event = Event("hall", seq, "caption", f'"{"x" * 1_000}"', 0)
            audience.tell(lambda channel, event=event: channel.tell(event))
        while len(line.ids) < 101:
            await asyncio.sleep(0.01)
        assert 6 <= len(line.got) <= 9
        assert max(map(len, line.got)) < PIECE + 1_100

    asyncio.run(story())


def test_line_that_was_closed_meanwhile_disturbs_nobody() -> None:
    async def story() -> None:
        audience = Audience(Channel("hall", "e", 60, 100_000))
        lines = [greet(audience) for _ in range(10)]
        lines[4].closed = True
        tell(audience, 1)
        for _ in range(5):
            await asyncio.sleep(0)
        assert sum(line.ids[-1] == "e-1" for line in lines) == 9

    asyncio.run(story())


def test_screens_are_told_everything_and_are_not_counted() -> None:
    async def story() -> None:
        audience = Audience(Channel("hall", "e", 60, 100_000))
        viewer, wall, stranger = greet(audience), Line(), Line()
        audience.greet(cast(Any, wall), b"", "", screen=True)
        assert audience.watching == 1
        tell(audience, 1)
        await asyncio.sleep(0.01)
        assert wall.ids == viewer.ids == ["e-0", "e-1"]
        audience.leave(cast(Any, wall))
        audience.leave(cast(Any, stranger))
        assert audience.watching == 1
        audience.leave(cast(Any, viewer))
        audience.leave(cast(Any, viewer))
        assert audience.watching == 0

    asyncio.run(story())


def test_heartbeat_only_where_it_was_silent() -> None:
    async def story() -> None:
        audience = Audience(Channel("hall", "e", 60, 100_000))
        line = greet(audience)
        audience.heartbeat(audience.told_at + 14.9, 15)
        await asyncio.sleep(0.01)
        assert len(line.got) == 1
        audience.heartbeat(audience.told_at + 15, 15)
        await asyncio.sleep(0.01)
        assert line.got[-1] == b":\n\n"

    asyncio.run(story())
