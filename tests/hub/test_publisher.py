"""The house's side: what can be told, what is refused, and finding the hub again."""

import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.hub.running import RunningHub, Watcher, running

from ortoo_hub import HubAway, HubRefused, Publisher


def test_ids_follow_each_other_on_each_channel(hub: RunningHub) -> None:
    ids = [hub.publisher.publish("a", "stage", n) for n in range(3)]
    assert [int(each.rpartition("-")[2]) for each in ids] == [1, 2, 3]
    assert hub.publisher.publish("b", "stage", 0).endswith("-1")


@pytest.mark.parametrize(
    ("channel", "topic", "data", "named"),
    [
        ("a b", "stage", 1, "channel"),
        ("a", "state", 1, "topic"),
        ("a", "counts", 1, "topic"),
        ("a", "Stage\nid: 1", 1, "topic"),
        ("a", "stage", "x" * 40_000, "bytes"),
        ("a", "stage", "\ud800", "character"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(hub: RunningHub, channel: str, topic: str, data: Any, named: str) -> None:
    with pytest.raises(HubRefused, match=named):
        hub.publisher.publish(channel, topic, data)
    assert hub.publisher.status()["pid"]


def test_too_many_topics_on_one_channel_are_refused(hub: RunningHub) -> None:
    for n in range(500):
        hub.publisher.publish("full", f"question.{n}", n)
    with pytest.raises(HubRefused, match="500 topics"):
        hub.publisher.publish("full", "question.500", 1)
    hub.publisher.publish("full", "question.1", None)
    hub.publisher.publish("full", "question.500", 1)


def test_counter_must_be_named_and_small(hub: RunningHub) -> None:
    for name, value in (("Poll 7", 1), ("poll", "x" * 9_000)):
        with pytest.raises(HubRefused):
            hub.publisher.count("a", name, value)


def test_forgotten_channel_lets_its_viewers_go_and_tells_nothing(hub: RunningHub) -> None:
    first = hub.publisher.publish("gone", "stage", 1)
    with Watcher(hub, "gone") as viewer:
        viewer.read_until("state")
        hub.publisher.forget("gone")
        assert viewer.ends()
    with Watcher(hub, "gone") as late:
        assert late.read_until("state")[0][2]["topics"] == {}
    assert int(hub.publisher.publish("gone", "stage", 2).rpartition("-")[2]) > int(first.rpartition("-")[2])


def test_threads_may_share_a_publisher(hub: RunningHub) -> None:
    ids: list[str] = []
    threads = [
        threading.Thread(target=lambda: ids.extend(hub.publisher.publish("t", "n", n) for n in range(50))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids)) == 200


def test_nobody_else_may_open_the_door(hub: RunningHub) -> None:
    mode = hub.configuration.socket.stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


def test_publisher_says_when_the_hub_is_away_and_finds_it_again(tmp_path: Path) -> None:
    with pytest.raises(HubAway):
        Publisher(tmp_path / "hub.sock").status()
    one = RunningHub(tmp_path)
    one.start()
    keeper = Publisher(one.configuration.socket)
    assert keeper.publish("hall", "stage", 1).endswith("-1")
    assert one.stop() == 0
    with pytest.raises(HubAway):
        keeper.publish("hall", "stage", 2)
    one.start()
    assert keeper.publish("hall", "stage", 3).endswith("-2")
    keeper.close()
    assert one.stop() == 0


def test_folder_may_lie_deep(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    with running(deep) as hub:
        assert hub.publisher.publish("hall", "stage", 1)


def test_rows_taken_over_may_go(hub: RunningHub) -> None:
    hub.say({"id": "old", "kind": "vote", "data": {}}, channel="rows")
    through = hub.said.last()
    hub.publisher.taken_over(through)
    hub.say({"id": "new", "kind": "vote", "data": {}}, channel="rows")
    assert [row.id for row in hub.said.after(through - 1)] == ["old", "new"]
    hub.publisher.taken_over(through, keep_seconds=-1)
    hub.say({"id": "newer", "kind": "vote", "data": {}}, channel="rows")
    assert [row.id for row in hub.said.after(through - 1)] == ["new", "newer"]
