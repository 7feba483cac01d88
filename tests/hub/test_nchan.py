"""The engine nchan with a real nginx: the same calls, the same viewers, what is said still kept by the hub."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.hub.running import RunningHub, Watcher, answer, request, running
from tests.servers.live import below, command_of, wait_until
from tests.servers.plugin import needs

from ortoo_hub import nginx
from ortoo_hub.dispatcher import serve

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("nchan")]


def there() -> bool:
    """Whether nginx and its module are on this machine."""
    try:
        return bool(nginx.program())
    except nginx.NginxMissing:
        return False


@pytest.fixture(scope="module")
def behind_nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub whose viewers are held by nginx."""
    needs("nginx with nchan", there())
    with running(tmp_path_factory.mktemp("nchan"), engine="nchan", ring_seconds=30.0) as hub:
        yield hub


def test_same_publish_call_reaches_viewers_and_the_returning_one_misses_nothing(behind_nginx: RunningHub) -> None:
    hub = behind_nginx
    with Watcher(hub, "one") as viewer:
        wait_until(lambda: hub.publisher.status()["viewers"].get("one") == 1, 20)
        hub.publisher.publish("one", "stage", {"talk": 3})
        hub.publisher.publish("one", "caption", "大家好\n第二行")
        told = viewer.read_until("caption")
        last = told[-1][0]
    assert [each[2] for each in told if each[1] in ("stage", "caption")] == [{"talk": 3}, "大家好\n第二行"]
    for n in range(3):
        hub.publisher.publish("one", "caption", n)
    with Watcher(hub, "one", last=last) as viewer:
        again = viewer.read_until("caption", 3)
    assert [each[2] for each in again if each[1] == "caption"] == [0, 1, 2]


def test_pages_of_the_same_host_may_read_and_say_what_they_know_already(tmp_path: Path) -> None:
    """As a page asks: from another port, its last event in the address, its kind in `Accept`."""
    needs("nginx with nchan", there())
    with running(tmp_path, engine="nchan", pages_port=8000) as hub:
        for text in ("一", "二"):
            hub.publisher.publish("page", "caption", text)
        with Watcher(hub, "page") as viewer:
            first = next(each[0] for each in viewer.read_until("caption", 2) if each[2] == "一")
        with hub.call() as line:
            origin = "Accept: text/event-stream\r\nOrigin: http://127.0.0.1:8000\r\n"
            line.sendall(request("GET", f"/live/page?token={hub.token('page')}&last={first}", b"", origin))
            told = b""
            while "二".encode() not in told:
                told += line.recv(65536)
        assert b"Access-Control-Allow-Origin: http://127.0.0.1:8000" in told
        assert "一".encode() not in told
        elsewhere = "Accept: text/event-stream\r\nOrigin: http://elsewhere:8000\r\n"
        assert hub.ask("GET", f"/live/page?token={hub.token('page')}", b"", elsewhere)[0] == 403


def test_newcomer_is_told_the_present_state_however_old_it_is(tmp_path: Path) -> None:
    needs("nginx with nchan", there())
    with running(tmp_path, engine="nchan", ring_seconds=2.0) as hub:
        hub.publisher.publish("old", "stage", {"talk": 1})
        time.sleep(4)
        with Watcher(hub, "old") as viewer:
            while not any(each[1] == "state" for each in viewer.events):
                viewer.read_until("state")
        # How many watch may be told right after it.
        assert next(each[2] for each in viewer.events if each[1] == "state")["topics"] == {"stage": {"talk": 1}}
        assert [each for each in viewer.events if each[1] == "stage"] == []


def test_what_is_said_goes_to_the_hub(behind_nginx: RunningHub) -> None:
    hub = behind_nginx
    start = hub.said.last()
    said = {"id": "q1", "kind": "question", "data": {"text": "<b>为什么？"}}
    assert hub.say(said, channel="say") == (200, {"saved": 1})
    assert hub.say(said, channel="say") == (200, {"saved": 1})
    assert [(row.id, row.data) for row in hub.said.after(start) if row.kind == "question"] == [("q1", {"text": "<b>为什么？"})]
    status, _, body = hub.ask("GET", f"/live/say/state?token={hub.token('say')}")
    assert status == 200
    assert json.loads(body)["topics"] == {}


def test_nobody_comes_in_without_a_good_token(behind_nginx: RunningHub) -> None:
    hub = behind_nginx
    for target in ("/live/one", "/live/one?token=abc.def", f"/live/one?token={hub.token('other')}", "/enter/one"):
        assert hub.ask("GET", target)[0] in (401, 403, 404), target

    def noted() -> list[tuple[str, str]]:
        return [(row.kind, row.viewer) for row in hub.said.after(0) if row.channel == "door"]

    with Watcher(hub, "door", "guest") as viewer:
        wait_until(noted, 20)
        viewer.close()
    assert noted() == [("present", "guest")]


def test_publishing_side_of_nginx_is_not_to_be_guessed(behind_nginx: RunningHub) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", behind_nginx.configuration.nchan_port)) as line:
        line.sendall(request("POST", "/tell/one", b'"hello"', "Connection: close\r\n"))
        assert answer(line)[0] == 404
    mode = (Path(behind_nginx.configuration.folder) / "nginx" / "nginx.conf").stat().st_mode
    assert mode & 0o077 == 0


def test_counters_come_merged_with_viewers_by_nginx(behind_nginx: RunningHub) -> None:
    hub = behind_nginx
    with Watcher(hub, "sum") as viewer:
        hub.publisher.count("sum", "poll.7", [3])
        hub.say({"id": "r", "kind": "reaction", "data": {"👏": 2}}, channel="sum")
        wanted: dict[str, Any] = {"viewers": 1, "peak": 1, "reactions": {"👏": 2}, "named": {"poll.7": [3]}}
        while not any(each[1] == "counts" and each[2] == wanted for each in viewer.events):
            viewer.read_until("counts", sum(each[1] == "counts" for each in viewer.events) + 1)


def test_killed_nginx_comes_back_and_tells_the_state(behind_nginx: RunningHub) -> None:
    hub = behind_nginx
    hub.publisher.publish("kill", "stage", {"talk": 9})
    assert hub.process is not None
    for pid, line in below(hub.process.pid).items():
        if "nginx" in line:
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: _asks(hub), 30)
    with Watcher(hub, "kill") as viewer:
        state = viewer.told("state")[2]
    assert state["topics"] == {"stage": {"talk": 9}}
    wait_until(lambda: hub.publisher.status()["trouble"] == "", 10)


def test_killed_master_leaves_no_worker_that_holds_the_port(behind_nginx: RunningHub) -> None:
    hub = behind_nginx
    assert hub.process is not None
    before = {pid: line for pid, line in below(hub.process.pid).items() if "nginx" in line}
    master = next(pid for pid, line in before.items() if "master" in line)
    os.kill(master, signal.SIGKILL)
    wait_until(lambda: any("worker" in line for pid, line in below(hub.process.pid).items() if pid not in before), 30)
    wait_until(lambda: _asks(hub), 30)
    assert [pid for pid in before if command_of(pid)] == []


def test_killed_hub_is_started_again_and_tells_what_was_told(tmp_path: Path) -> None:
    needs("nginx with nchan", there())
    with running(tmp_path, engine="nchan") as hub:
        hub.publisher.publish("hall", "stage", {"talk": 4})
        assert hub.process is not None
        everybody = [pid for pid, line in below(hub.process.pid).items() if "nginx: master" in line] + [hub.process.pid]
        for pid in everybody:
            os.kill(pid, signal.SIGKILL)
        hub.process.wait()
        hub.start()
        with Watcher(hub, "hall") as viewer:
            assert viewer.told("state")[2]["topics"] == {"stage": {"talk": 4}}


def _asks(hub: RunningHub) -> bool:
    try:
        return hub.ask("GET", "/health")[0] == 200
    except OSError:
        return False


def test_machine_without_nchan_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nginx, "MODULES", (tmp_path / "nothing.so",))
    said: list[str] = []
    assert serve(RunningHub(tmp_path, engine="nchan").configuration, said.append) == 2
    assert "libnginx-mod-nchan" in said[0]
