"""The parent: processes that die come back, what was told and said outlives every one of them."""

import json
import os
import signal
import socket
import threading
import time
from pathlib import Path

from tests.hub.running import RunningHub, Watcher, answer, request, running
from tests.servers.live import below, command_of, wait_until

from ortoo_hub.dispatcher import serve


def test_viewers_of_all_processes_are_told_the_same(tmp_path: Path) -> None:
    with running(tmp_path, processes=2) as hub:
        viewers = [Watcher(hub, viewer=f"v{n}") for n in range(24)]
        for viewer in viewers:
            viewer.read_until("state")
        wait_until(lambda: hub.publisher.status()["viewers"] == {"hall": 24}, 10)
        for n in range(20):
            hub.publisher.publish("hall", "caption", n)
        told = [[each[2] for each in viewer.read_until("caption", 20) if each[1] == "caption"] for viewer in viewers]
        assert told == [list(range(20))] * 24
        assert len({json.loads(hub.ask("GET", "/health")[2])["process"] for _ in range(40)}) == 2
        for viewer in viewers:
            viewer.close()
        wait_until(lambda: hub.publisher.status()["viewers"] == {"hall": 0}, 10)
        assert hub.publisher.status()["peaks"] == {"hall": 24}


def test_killed_process_comes_back_knowing_everything(tmp_path: Path) -> None:
    with running(tmp_path) as hub:
        hub.publisher.publish("hall", "stage", "before")
        hub.publisher.count("hall", "poll.1", [4])
        with Watcher(hub) as viewer:
            last = viewer.read_until("state")[0][0]
            (child,) = hub.children()
            os.kill(child, signal.SIGKILL)
            missed = hub.publisher.publish("hall", "caption", "while it was dead")
            assert viewer.ends()
        with Watcher(hub, last=last) as viewer:
            viewer.read_until("caption")
            assert viewer.ids("caption") == [missed]
        with Watcher(hub) as viewer:
            state = viewer.read_until("state")[0][2]
            assert state["topics"] == {"stage": "before", "caption": "while it was dead"}
            assert state["counts"]["named"] == {"poll.1": [4]}
        assert hub.publisher.status()["restarts"] == 1


class Speaker(threading.Thread):
    """Says one thing after the other, again when it was cut; `kept` are the ids that were acknowledged."""

    def __init__(self, hub: RunningHub, number: int) -> None:
        super().__init__(daemon=True)
        self.hub, self.number, self.kept, self.going = hub, number, [], True
        self.target = f"/live/hall/say?token={hub.token(viewer=f's{number}')}"

    def run(self) -> None:
        count, line = 0, None
        while self.going:
            said = {"id": f"n{count}", "kind": "question", "data": {"text": "x"}}
            try:
                line = line or self.hub.call()
                line.sendall(request("POST", self.target, json.dumps(said).encode()))
                status = answer(line)[0]
            except OSError:
                status = 0
            if status == 200:
                self.kept.append(f"n{count}")
                count += 1
            elif line is not None:
                line.close()
                line = None
        if line is not None:
            line.close()


def test_nothing_acknowledged_is_lost_when_a_process_is_killed(tmp_path: Path) -> None:
    with running(tmp_path, processes=2) as hub:
        speakers = [Speaker(hub, n) for n in range(12)]
        for each in speakers:
            each.start()
        for _ in range(4):
            time.sleep(0.4)
            victim = hub.children()[0]
            os.kill(victim, signal.SIGKILL)
            wait_until(lambda: len(set(hub.children()) - {victim}) == 2, 20)  # noqa: B023 - asked before the next turn
        enough = [len(each.kept) + 20 for each in speakers]
        wait_until(lambda: all(len(each.kept) > more for each, more in zip(speakers, enough, strict=True)), 60)
        _hush(speakers)
        assert hub.publisher.status()["restarts"] >= 4
        _assert_kept(hub, speakers)


def test_nothing_acknowledged_is_lost_when_the_whole_hub_is_killed(tmp_path: Path) -> None:
    hub = RunningHub(tmp_path, processes=2)
    hub.start()
    hub.publisher.publish("hall", "stage", "before")
    with Watcher(hub) as viewer:
        last = viewer.read_until("state")[0][0]
    missed = [hub.publisher.publish("hall", "caption", n) for n in range(5)]
    speakers = [Speaker(hub, n) for n in range(12)]
    for each in speakers:
        each.start()
    wait_until(lambda: all(len(each.kept) > 20 for each in speakers), 60)
    assert hub.process is not None
    children = below(hub.process.pid)
    hub.process.kill()
    hub.process.wait()
    wait_until(lambda: not any(command_of(pid) for pid in children), 20)
    hub.start()
    _hush(speakers)
    _assert_kept(hub, speakers)
    with Watcher(hub, last=last) as viewer:
        viewer.read_until("caption", 5)
    assert viewer.ids("caption") == missed
    assert hub.stop() == 0


def _hush(speakers: list[Speaker]) -> None:
    for each in speakers:
        each.going = False
    for each in speakers:
        each.join(60)


def _assert_kept(hub: RunningHub, speakers: list[Speaker]) -> None:
    """Every id that was acknowledged stands in the file exactly once, in the order in which it was said."""
    found: dict[str, list[str]] = {}
    for row in hub.said.after(0, most=1_000_000):
        if row.kind == "question":
            found.setdefault(row.viewer, []).append(row.id)
    for each in speakers:
        # The last may have been kept without the word getting through.
        mine = found[f"s{each.number}"]
        assert mine[: len(each.kept)] == each.kept
        assert len(mine) <= len(each.kept) + 1


def test_orderly_end_asks_viewers_to_come_back_at_different_times(tmp_path: Path) -> None:
    hub = RunningHub(tmp_path)
    hub.start()
    viewers = [Watcher(hub, viewer=f"v{n}") for n in range(20)]
    for viewer in viewers:
        viewer.read_until("state")
        viewer.retry = 0
    assert hub.stop() == 0
    assert all(viewer.ends() for viewer in viewers)
    assert len({viewer.retry for viewer in viewers}) > 10
    assert all(1_000 <= viewer.retry <= 8_000 for viewer in viewers)
    for viewer in viewers:
        viewer.close()


def test_address_and_folder_of_another_are_left_alone(tmp_path: Path, capsys: object) -> None:
    said: list[str] = []
    with running(tmp_path / "one") as hub:
        assert serve(hub.configuration, said.append) == 2
        assert "another one runs" in said[-1]
        with socket.create_server(("127.0.0.1", 0)) as stranger:
            other = RunningHub(tmp_path / "two", port=stranger.getsockname()[1])
            assert serve(other.configuration, said.append) == 2
            assert "cannot be had" in said[-1]
        assert hub.publisher.status()["restarts"] == 0


def test_folder_that_is_there_again_goes_on_with_reactions_and_peak(tmp_path: Path) -> None:
    hub = RunningHub(tmp_path)
    hub.start()
    with Watcher(hub) as viewer:
        viewer.read_until("counts")
        hub.say({"id": "r", "kind": "reaction", "data": {"👏": 7}})
    assert hub.stop() == 0
    hub.start()
    with Watcher(hub) as viewer:
        counts = viewer.read_until("state")[0][2]["counts"]
    assert counts["reactions"] == {"👏": 7}
    assert counts["peak"] == 1
    assert hub.stop() == 0


def test_status_says_in_words_what_the_machine_can_hold(hub: RunningHub) -> None:
    status = hub.publisher.status()
    assert status["capacity"] > 0
    assert f"{status['capacity']:,} live viewers" in status["capacity_sentence"]
    assert status["trouble"] == ""
