"""What was told outlives the process that told it."""

from pathlib import Path

from ortoo_hub.channel import Event
from ortoo_hub.journal import Journal


def test_ring_topics_and_counters_are_there_again(tmp_path: Path) -> None:
    one = Journal(tmp_path / "told")
    events = [
        Event("hall", 1, "stage", '"a"', 10.0),
        Event("hall", 2, "stage", '"b"', 20.0),
        Event("x", 1, "clap", "1", 20.0, False),
    ]
    for event in events:
        one.tell(event)
    one.peak("hall", 12)
    one.peak("empty", 1)
    one.name("hall", "poll.1", "[1,2]")
    one.close()
    two = Journal(tmp_path / "told")
    assert two.epoch == one.epoch
    assert list(two.told()) == events
    assert list(two.kept()) == [events[1]]
    assert two.channels() == [("empty", 0, 1), ("hall", 2, 12), ("x", 1, 0)]
    assert two.named() == [("hall", "poll.1", "[1,2]")]
    two.close()


def test_old_events_go_and_their_topics_stay(tmp_path: Path) -> None:
    one = Journal(tmp_path / "told")
    one.tell(Event("hall", 1, "stage", '"a"', 10.0))
    one.tell(Event("hall", 2, "notice", '"b"', 11.0))
    one.tell(Event("hall", 3, "notice", "null", 30.0))
    one.forget_before(20.0)
    assert [event.seq for event in one.told()] == [3]
    assert [(event.topic, event.seq) for event in one.kept()] == [("stage", 1)]
    one.close()


def test_forgotten_channel_keeps_its_last_number(tmp_path: Path) -> None:
    one = Journal(tmp_path / "told")
    one.tell(Event("hall", 41, "stage", '"a"', 10.0))
    one.forget("hall")
    assert (list(one.told()), list(one.kept()), one.channels()) == ([], [], [("hall", 41, 0)])
    one.close()


def test_after_a_power_failure_numbers_begin_a_new_epoch(tmp_path: Path) -> None:
    import sqlite3

    one = Journal(tmp_path / "told")
    one.close()
    with sqlite3.connect(tmp_path / "told") as link:
        link.execute("UPDATE epoch SET boot = 'before'")
    link.close()
    two = Journal(tmp_path / "told")
    assert two.epoch != one.epoch
    two.close()
