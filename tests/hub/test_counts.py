"""Counters of all processes in one frame."""

import json

from ortoo_hub.counts import Counts


def test_viewers_of_all_processes_are_added_and_the_most_is_kept() -> None:
    one = Counts()
    one.viewers_in(0, {"hall": 3})
    one.viewers_in(1, {"hall": 4, "desk": 1})
    one.viewers_in(0, {})
    assert json.loads(one.text("hall")) == {"viewers": 4, "peak": 7, "reactions": {}, "named": {}}
    assert one.all_viewers() == 5


def test_only_channels_that_changed_are_sent_again() -> None:
    one = Counts()
    one.viewers_in(0, {"hall": 3})
    one.react("desk", "👏", 2)
    assert list(one.changed()) == ["desk", "hall"]
    one.viewers_in(0, {"hall": 3})
    assert list(one.changed()) == []
    one.name("hall", "poll.7", [3, 5])
    assert list(one.changed()) == ["hall"]


def test_reactions_add_up_and_named_counters_are_set_and_taken_away() -> None:
    one = Counts()
    one.react("hall", "👏", 2)
    one.react("hall", "👏", 3)
    one.name("hall", "poll.7", [1])
    one.name("hall", "poll.7", [2])
    assert json.loads(one.text("hall"))["named"] == {"poll.7": [2]}
    one.name("hall", "poll.7", None)
    assert json.loads(one.text("hall")) == {"viewers": 0, "peak": 0, "reactions": {"👏": 5}, "named": {}}


def test_forgotten_channel_has_no_counters() -> None:
    one = Counts()
    one.react("hall", "👏", 2)
    one.forget("hall")
    assert one.channels() == set()
    assert list(one.changed()) == []
