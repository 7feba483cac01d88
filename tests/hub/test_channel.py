"""A channel's present state, its ring, and what a viewer is greeted with."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ortoo_hub.channel import Channel, Event


def channel(seconds: float = 60, most: int = 100_000) -> Channel:
    return Channel("hall", "e", seconds, most)


def event(seq: int, topic: str = "caption", data: Any = None, at: float = 0, kept: bool = True) -> Event:
    return Event("hall", seq, topic, json.dumps(f"n{seq}" if data is None else data), at, kept)


def frames(data: bytes) -> list[tuple[str, str, Any]]:
    """(id, topic, data) of each frame."""
    found = []
    for frame in data.decode().split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in frame.splitlines())
        found.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))
    return found


def test_newcomer_is_told_the_last_word_on_each_topic() -> None:
    one = channel()
    for each in (event(1, "stage", "first"), event(2, "notice", "sit down"), event(3, "stage", "second")):
        one.tell(each)
    one.count('{"viewers":5}')
    assert frames(one.greeting("")) == [
        ("e-3", "state", {"topics": {"stage": "second", "notice": "sit down"}, "counts": {"viewers": 5}})
    ]


def test_topic_that_is_ended_is_told_to_nobody_who_comes_later() -> None:
    one = channel()
    one.tell(event(1, "notice", "sit down"))
    one.tell(Event("hall", 2, "notice", "null", 0))
    assert frames(one.state())[0][2]["topics"] == {}


def test_momentary_event_is_in_the_ring_and_not_in_the_state() -> None:
    one = channel()
    one.tell(event(1, "applause", kept=False))
    assert frames(one.state())[0][2]["topics"] == {}
    assert [each[1] for each in frames(one.greeting("e-0"))] == ["applause", "counts"]


def test_returning_viewer_is_told_what_was_missed_and_the_counters() -> None:
    one = channel()
    for seq in range(1, 6):
        one.tell(event(seq))
    assert [each[0] for each in frames(one.greeting("e-3"))] == ["e-4", "e-5", ""]
    assert [each[1] for each in frames(one.greeting("e-5"))] == ["counts"]


def test_viewer_away_too_long_or_from_elsewhere_is_told_the_state() -> None:
    one = channel(seconds=10)
    for seq in range(1, 30):
        one.tell(event(seq, at=float(seq)))
    assert frames(one.greeting("e-18"))[0][:2] == ("e-19", "caption")
    for last in ("e-10", "e-99", "x-20", "e-", "-3", "e-٣", "e-" + "9" * 30, "nonsense"):
        assert frames(one.greeting(last))[0][1] == "state", last


def test_ring_keeps_to_its_size() -> None:
    one = channel(most=1_000)
    for seq in range(1, 100):
        one.tell(event(seq, data="x" * 100))
    assert one.size <= 1_000
    assert one.size == sum(len(data) for _, _, data in one.ring)


def test_ring_with_a_gap_is_not_trusted() -> None:
    """After a restart the newest may be there without what came between."""
    one = channel()
    one.tell(event(1))
    one.tell(event(5))
    assert frames(one.greeting("e-1"))[0][1] == "state"
    assert frames(one.greeting("e-4"))[0][0] == "e-5"


def test_state_kept_from_before_does_not_hide_the_ring() -> None:
    """A process that starts again hears the kept topics first, whose numbers may be higher than the ring's first."""
    one = channel()
    one.remember(event(7, "stage"))
    for seq in range(5, 9):
        one.tell(event(seq, "stage" if seq == 7 else "caption"))
    assert [each[0] for each in frames(one.greeting("e-4"))] == ["e-5", "e-6", "e-7", "e-8", ""]


@given(st.text(), st.lists(st.tuples(st.sampled_from(["stage", "notice", "caption"]), st.text())))
def test_any_text_arrives_as_it_was_said(first: str, rest: list[tuple[str, str]]) -> None:
    """Line ends and separators inside a text stay inside its frame."""
    one = channel()
    said = [("stage", first), *rest]
    for seq, (topic, text) in enumerate(said, 1):
        one.tell(event(seq, topic, text))
    told = frames(one.greeting("e-0"))[:-1]
    assert [(topic, data) for _, topic, data in told] == said


def test_many_different_returns_do_not_pile_up() -> None:
    one = channel()
    for seq in range(1, 100):
        one.tell(event(seq))
    for seen in range(50):
        one.greeting(f"e-{seen}")
    assert len(one._replays) <= 8
