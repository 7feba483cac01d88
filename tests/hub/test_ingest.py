"""Gathering rows for the writer."""

import asyncio
import json

import pytest

from ortoo_hub.ingest import Ingest, number_and_text
from ortoo_hub.refusal import Refusal
from ortoo_hub.saying import Row
from ortoo_hub.wire import Kind, Unpacker

ROW: Row = ["hall", "v", "a", "vote", "{}", 1]


def batches(sent: list[bytes]) -> list[tuple[int, list[Row]]]:
    """What was handed over."""
    found = []
    for kind, body in Unpacker().feed(b"".join(sent)):
        assert kind == Kind.SAY
        number, text = number_and_text(body)
        found.append((number, json.loads(text)))
    return found


def test_rows_of_some_milliseconds_go_together_and_everybody_hears_of_his_own() -> None:
    async def story() -> None:
        sent: list[bytes] = []
        heard: list[tuple[str, bool]] = []
        one = Ingest(sent.append, 0.01)
        one.offer([ROW], lambda well: heard.append(("first", well)))
        one.offer([ROW, ROW], lambda well: heard.append(("second", well)))
        assert sent == []
        await asyncio.sleep(0.05)
        one.offer([ROW], lambda well: heard.append(("third", well)))
        await asyncio.sleep(0.05)
        assert batches(sent) == [(1, [ROW] * 3), (2, [ROW])]
        assert (heard, one.waiting) == ([], 4)
        one.saved(2, False)
        one.saved(1, True)
        assert heard == [("third", False), ("first", True), ("second", True)]
        assert one.waiting == 0

    asyncio.run(story())


def test_more_than_the_writer_can_take_is_refused() -> None:
    async def story() -> None:
        one = Ingest(lambda _message: None, 10)
        one.offer([ROW] * 50_000, None)
        with pytest.raises(Refusal) as refused:
            one.offer([ROW], None)
        assert refused.value.status == 503

    asyncio.run(story())
