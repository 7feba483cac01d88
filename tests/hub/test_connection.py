"""What a caller gets: streams, answers, refusals; and what hostile or slow callers get."""

import json
import socket
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.hub.running import RunningHub, Watcher, answer, request, running
from tests.servers.live import wait_until

from ortoo_hub.reading import Row


def question(name: str, text: str = "为什么？") -> dict[str, Any]:
    return {"id": name, "kind": "question", "data": {"text": text}}


def test_viewer_is_told_the_present_state_and_then_what_happens(hub: RunningHub) -> None:
    hub.publisher.publish("one", "stage", {"talk": 3})
    with Watcher(hub, "one") as viewer:
        state = viewer.told("state")
        hub.publisher.publish("one", "caption", "大家好\n第二行")
        told = viewer.told("caption")
    assert "200 OK" in viewer.head
    assert "text/event-stream" in viewer.head
    assert "Access-Control" not in viewer.head
    assert state[2]["topics"] == {"stage": {"talk": 3}}
    assert told[2] == "大家好\n第二行"
    low, high = hub.configuration.retry_seconds
    assert 1000 * low <= viewer.retry <= 1000 * high


def test_returning_viewer_misses_nothing(hub: RunningHub) -> None:
    with Watcher(hub, "back") as viewer:
        viewer.read_until("state")
        hub.publisher.publish("back", "caption", 1)
        last = viewer.told("caption")[0]
    ids = [hub.publisher.publish("back", "caption", n) for n in range(2, 9)]
    with Watcher(hub, "back", last=last) as viewer:
        viewer.read_until("caption", 7)
    assert viewer.ids("caption") == ids
    assert viewer.ids("state") == []


def test_counters_come_merged(hub: RunningHub) -> None:
    with Watcher(hub, "sum") as viewer:
        viewer.read_until("state")
        for n in range(20):
            assert hub.say({"id": f"r{n}", "kind": "reaction", "data": {"👏": 2}}, channel="sum")[0] == 200
        hub.publisher.count("sum", "poll.7", [3, 5])
        wanted = {"viewers": 1, "peak": 1, "reactions": {"👏": 40}, "named": {"poll.7": [3, 5]}}
        while not viewer.events or viewer.events[-1][2] != wanted:
            viewer.read_until("counts", len(viewer.events))
    assert len(viewer.events) < 20


def test_watching_are_viewers_and_not_the_screens_of_the_house(hub: RunningHub) -> None:
    with Watcher(hub, "both", "screen-wall") as wall, Watcher(hub, "both", "screen-desk"):
        wall.read_until("state")
        with Watcher(hub, "both", "d-1"):
            while wall.events[-1][1] != "counts" or wall.events[-1][2]["viewers"] != 1:
                wall.read_until("counts", len(wall.ids("counts")) + 1)
        wait_until(lambda: hub.publisher.status()["viewers"]["both"] == 0, 10)
        assert hub.publisher.status()["peaks"]["both"] == 1


def test_state_can_be_asked_without_a_stream(hub: RunningHub) -> None:
    last = hub.publisher.publish("ask", "stage", {"talk": 1})
    status, _, body = hub.ask("GET", f"/live/ask/state?token={hub.token('ask')}")
    assert status == 200
    assert json.loads(body)["topics"] == {"stage": {"talk": 1}}
    assert json.loads(body)["last"] == last


def _rows(hub: RunningHub, start: int, channel: str) -> list[Row]:
    """What this test said; who watched in another one is noted a moment later."""
    return [row for row in hub.said.after(start) if row.channel == channel]


def test_what_is_said_is_kept_once_before_it_is_answered(hub: RunningHub) -> None:
    start = hub.said.last()
    token = hub.token("say", "v9")
    assert hub.say(question("q1"), channel="say", token=token) == (200, {"saved": 1})
    assert hub.say({"said": [question("q1"), question("q2")]}, channel="say", token=token) == (200, {"saved": 2})
    rows = _rows(hub, start, "say")
    assert [(row.channel, row.viewer, row.id, row.kind, row.data) for row in rows] == [
        ("say", "v9", name, "question", {"text": "为什么？"}) for name in ("q1", "q2")
    ]
    assert abs(rows[0].at / 1000 - time.time()) < 60


def test_viewer_who_only_asks_for_the_state_is_noted_too(hub: RunningHub) -> None:
    start = hub.said.last()
    for _ in range(2):
        hub.ask("GET", f"/live/lean/state?token={hub.token('lean', 'weak-line')}")
    wait_until(lambda: _rows(hub, start, "lean"), 10)
    assert [(row.kind, row.viewer) for row in _rows(hub, start, "lean")] == [("present", "weak-line")]


def test_viewer_who_watches_is_noted_once_as_present(hub: RunningHub) -> None:
    start = hub.said.last()
    for _ in range(3):
        with Watcher(hub, "here", "guest") as viewer:
            viewer.read_until("state")
    wait_until(lambda: _rows(hub, start, "here"), 10)
    assert [(row.kind, row.viewer) for row in _rows(hub, start, "here")] == [("present", "guest")]


def test_hostile_text_is_kept_as_it_is_and_answered_as_json(hub: RunningHub) -> None:
    start = hub.said.last()
    hostile = "<script>alert(1)</script>'); DROP TABLE said;--"
    assert hub.say(question("h1", hostile), channel="evil")[0] == 200
    assert _rows(hub, start, "evil")[0].data == {"text": hostile}
    status, fields, body = hub.ask("GET", f"/live/evil/say?token={hub.token('evil')}")
    assert (status, fields["content-type"], fields["x-content-type-options"]) == (405, "application/json", "nosniff")
    assert hostile.encode() not in body


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/live/hall", 401), ("/live/hall?token=", 401), ("/live/hall?token=abc.def", 401), ("/nothing", 404), ("/", 404),
        ("/bench/publish", 404), ("/live/hall/say", 405), ("/live/hall/../hall", 404),
    ],
)  # fmt: skip
def test_without_a_good_token_nothing_is_told(hub: RunningHub, target: str, status: int) -> None:
    assert hub.ask("GET", target)[0] == status


def test_token_opens_its_own_channel_until_its_time(hub: RunningHub) -> None:
    assert hub.ask("GET", f"/live/hall?token={hub.token('other')}")[0] == 403
    assert hub.ask("GET", f"/live/hall?token={hub.token(seconds=-1)}")[0] == 401
    assert hub.say(question("x"), token=hub.token(may=["vote"]))[0] == 403
    assert hub.ask("GET", f"/live/hall/enter?token={hub.token()}")[0] == 200


def test_connection_answers_one_request_after_the_other(hub: RunningHub) -> None:
    target = f"/live/pipe/say?token={hub.token('pipe')}"
    with hub.call() as line:
        for n in range(3):
            line.sendall(request("POST", target, json.dumps(question(f"p{n}")).encode()))
            assert answer(line)[0] == 200
        # All at once, the second before the first is answered.
        line.sendall(request("POST", target, json.dumps(question("p8")).encode()) + request("GET", "/health"))
        first = b""
        while first.count(b"HTTP/1.1 200") < 2:
            first += line.recv(65536)
    assert first.index(b"saved") < first.index(b"viewers")


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 9_000, 431),
        (b"A" * 9_000, 431),
        (b"POST /live/a/say HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\n\r\n", 413),
        (b"POST /live/a/say HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
    ],
)
def test_unreadable_or_boundless_requests_end_the_connection(hub: RunningHub, raw: bytes, status: int) -> None:
    with hub.call() as line:
        line.sendall(raw)
        assert answer(line)[0] == status


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=80), max_size=5))
def test_no_bytes_trouble_the_hub(hub: RunningHub, pieces: list[bytes]) -> None:
    with hub.call() as line:
        try:
            for piece in pieces:
                line.sendall(piece)
            line.sendall(b"\r\n\r\n")
            line.shutdown(socket.SHUT_WR)
            status = answer(line)[0]
        except OSError:
            return
    assert status == 0 or 400 <= status < 600


def test_hub_is_well_after_all_that(hub: RunningHub) -> None:
    status, _, body = hub.ask("GET", "/health")
    assert status == 200
    assert json.loads(body)["waiting_rows"] == 0
    assert hub.publisher.status()["restarts"] == 0


def test_pages_at_the_named_port_of_the_same_host_may_read_and_no_others(tmp_path: Any) -> None:
    with running(tmp_path, pages_port=8000) as hub:
        target = f"/live/hall/state?token={hub.token()}"
        asked = {
            "http://127.0.0.1:8000": "http://127.0.0.1:8000",
            "http://127.0.0.1:9000": None,
            "http://elsewhere:8000": None,
            "null": None,
        }
        for origin, allowed in asked.items():
            fields = hub.ask("GET", target, head=f"Origin: {origin}\r\n")[1]
            assert fields.get("access-control-allow-origin") == allowed, origin


def test_usual_port_of_the_pages_is_not_written_in_an_origin(tmp_path: Any) -> None:
    with running(tmp_path, pages_port=80) as hub:
        target = f"/live/hall/state?token={hub.token()}"
        asked = {"http://127.0.0.1": "http://127.0.0.1", "https://127.0.0.1": None, "http://127.0.0.1:8000": None}
        for origin, allowed in asked.items():
            fields = hub.ask("GET", target, head=f"Origin: {origin}\r\n")[1]
            assert fields.get("access-control-allow-origin") == allowed, origin


def test_slow_callers_are_cut_and_keep_nobody_out(tmp_path: Any) -> None:
    with (
        running(tmp_path, request_seconds=0.6, idle_seconds=0.6) as hub,
        hub.call() as silent,
        hub.call() as slow,
        hub.call() as idle,
    ):
        slow.sendall(b"POST /live/hall/say HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{")
        idle.sendall(request("GET", "/health"))
        assert answer(idle)[0] == 200
        assert answer(slow)[0] == 408
        assert answer(silent)[0] == 0
        assert answer(idle)[0] == 0


def test_one_noisy_viewer_is_held_back_and_others_are_not(tmp_path: Any) -> None:
    with running(tmp_path, say_rate=1.0, say_burst=5.0) as hub:
        noisy = hub.token(viewer="noisy")
        answers = [hub.say(question(f"q{n}"), token=noisy) for n in range(30)]
        kept = [status for status, _ in answers].count(200)
        assert 5 <= kept <= 15
        assert {status for status, _ in answers} == {200, 429}
        assert hub.say(question("q"), token=hub.token(viewer="quiet"))[0] == 200
        status, fields, _ = hub.ask("POST", f"/live/hall/say?token={noisy}", json.dumps(question("last")).encode())
        assert status == 200 or int(fields["retry-after"]) >= 1
        assert len(hub.said.after(0)) in (kept + 1, kept + 2)


def test_one_noisy_address_is_held_back_whatever_its_viewers_are_called(tmp_path: Any) -> None:
    with running(tmp_path, address_rate=1.0, address_burst=10.0) as hub:
        answers = [hub.say(question("q"), token=hub.token(viewer=f"v{n}"))[0] for n in range(30)]
        assert set(answers) == {200, 429}
        assert 10 <= answers.count(200) <= 20


def test_address_behind_a_trusted_proxy_is_the_one_that_it_names(tmp_path: Any) -> None:
    with running(tmp_path, address_rate=0.001, address_burst=1.0, trusted_proxies=("127.0.0.1",)) as hub:
        for address, status in (("10.0.0.1", 200), ("10.0.0.1", 429), ("10.0.0.2", 200), ("9.9.9.9, 10.0.0.2", 429)):
            head = f"X-Forwarded-For: {address}\r\n"
            assert hub.say(question("q"), token=hub.token(viewer=f"v{time.monotonic_ns()}"), head=head)[0] == status


def test_address_that_is_not_trusted_cannot_name_another(tmp_path: Any) -> None:
    with running(tmp_path, address_rate=0.001, address_burst=1.0) as hub:
        assert hub.say(question("a"), head="X-Forwarded-For: 10.0.0.1\r\n")[0] == 200
        assert hub.say(question("b"), head="X-Forwarded-For: 10.0.0.2\r\n")[0] == 429


def test_one_address_cannot_take_every_place(tmp_path: Any) -> None:
    with running(tmp_path, per_address=3) as hub:
        viewers = [Watcher(hub) for _ in range(3)]
        for viewer in viewers:
            viewer.read_until("state")
        assert hub.ask("GET", f"/live/hall?token={hub.token()}")[0] == 429
        viewers[0].close()
        wait_until(lambda: json.loads(hub.ask("GET", "/health")[2])["viewers"] == 2, 10)
        with Watcher(hub) as late:
            late.read_until("state")
        for viewer in viewers[1:]:
            viewer.close()


def test_slow_reader_is_dropped_and_delays_nobody(tmp_path: Any) -> None:
    with running(tmp_path, socket_bytes=8_192, slow_reader_bytes=16_384) as hub:
        slow = socket.socket()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        slow.connect(("127.0.0.1", hub.configuration.port))
        slow.sendall(request("GET", f"/live/hall?token={hub.token(viewer='slow')}"))
        with slow, Watcher(hub) as quick:
            quick.read_until("state")
            for n in range(100):
                hub.publisher.publish("hall", "caption", f"{n} " + "x" * 4_000)
                quick.read_until("caption", n + 1)
            wait_until(lambda: hub.publisher.status()["dropped"] == 1, 10)
            assert hub.publisher.status()["viewers"]["hall"] == 1


def test_long_replay_does_not_count_as_slow_reading(tmp_path: Any) -> None:
    """Who comes back after a minute gets more at once than a slow reader may owe."""
    with running(tmp_path, socket_bytes=8_192, slow_reader_bytes=16_384) as hub:
        first = hub.publisher.publish("hall", "caption", "first")
        for n in range(60):
            hub.publisher.publish("hall", "caption", f"{n} " + "x" * 10_000)
        with Watcher(hub, last=first) as viewer:
            time.sleep(0.5)
            viewer.read_until("caption", 60)
            hub.publisher.publish("hall", "notice", "and on")
            viewer.read_until("notice")
        assert len(viewer.ids("caption")) == 60
        assert hub.publisher.status()["dropped"] == 0


def test_silent_channel_has_a_heartbeat(tmp_path: Any) -> None:
    with running(tmp_path, heartbeat_seconds=0.3) as hub, Watcher(hub) as viewer:
        viewer.read_until("counts")
        assert viewer.line.recv(100) == b":\n\n"
