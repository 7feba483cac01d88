"""Ten thousand real viewers: none lost, and all of them back after all were cut at once."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.hub.running import ROOT, RunningHub, request, running
from tests.servers.live import wait_until

MANY = 10_000
CROWDS = 2
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("crowd")]


class Crowds:
    """Processes full of viewers, asked together."""

    def __init__(self, hub: RunningHub, count: int) -> None:
        command = [
            sys.executable,
            "-m",
            "tests.hub.crowd",
            str(hub.configuration.port),
            "hall",
            hub.token(),
            str(count // CROWDS),
        ]
        environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        self.processes = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
            for _ in range(CROWDS)
        ]

    def ask(self, word: str = "report") -> dict[str, Any]:
        """The reports of all, added up."""
        for each in self.processes:
            assert each.stdin is not None
            each.stdin.write(word + "\n")
            each.stdin.flush()
        reports = [json.loads(each.stdout.readline()) for each in self.processes if each.stdout is not None]
        seen: dict[str, int] = {}
        for report in reports:
            for number, times in report["seen"].items():
                seen[number] = seen.get(number, 0) + times
        names = ("open", "missed", "told_state_again", "refused", "cut")
        return {name: sum(report[name] for report in reports) for name in names} | {"seen": seen}

    def end(self) -> None:
        for each in self.processes:
            assert each.stdin is not None
            assert each.stdout is not None
            each.stdin.close()
            each.wait(30)
            each.stdout.close()


@contextmanager
def crowds(hub: RunningHub, count: int = MANY) -> Iterator[Crowds]:
    """So many viewers, all of them there."""
    many = Crowds(hub, count)
    try:
        wait_until(lambda: many.ask()["open"] == count, 60)
        yield many
    finally:
        many.end()


def test_ten_thousand_viewers_lose_nothing_even_when_all_are_cut_at_once(tmp_path: Path) -> None:
    with running(tmp_path, viewers=MANY, processes=2, per_address=MANY) as hub, crowds(hub) as many:
        wait_until(lambda: hub.publisher.status()["viewers"] == {"hall": MANY}, 20)
        ids = [hub.publisher.publish("hall", "caption", f"第{n}句") for n in range(5)]
        numbers = [each.rpartition("-")[2] for each in ids]
        wait_until(lambda: many.ask()["seen"] == dict.fromkeys(numbers, MANY), 60)

        for child in hub.children():
            os.kill(child, signal.SIGKILL)
        numbers += [hub.publisher.publish("hall", "caption", f"第{n}句").rpartition("-")[2] for n in range(5, 10)]
        wait_until(lambda: many.ask()["seen"] == dict.fromkeys(numbers, MANY), 60)
        report = many.ask()
        assert (report["open"], report["cut"], report["missed"], report["told_state_again"], report["refused"]) == (
            MANY,
            MANY,
            0,
            0,
            0,
        )
        assert hub.publisher.status()["peaks"] == {"hall": MANY}


def test_slow_readers_among_many_delay_nobody(tmp_path: Path) -> None:
    """One in a hundred takes nothing any more; everybody else is told everything."""
    small = {"socket_bytes": 8_192, "slow_reader_bytes": 16_384}
    with running(tmp_path, per_address=MANY, viewers=2_000, **small) as hub, crowds(hub, 1_000) as many, ExitStack() as lines:
        for _ in range(10):
            line = lines.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            line.connect(("127.0.0.1", hub.configuration.port))
            line.sendall(request("GET", f"/live/hall?token={hub.token(viewer='slow')}"))
        wait_until(lambda: hub.publisher.status()["viewers"] == {"hall": 1_010}, 20)
        numbers = [hub.publisher.publish("hall", "caption", "x" * 2_000).rpartition("-")[2] for _ in range(50)]
        wait_until(lambda: many.ask()["seen"] == dict.fromkeys(numbers, 1_000), 60)
        wait_until(lambda: hub.publisher.status()["dropped"] == 10, 20)
        assert (many.ask()["cut"], many.ask()["missed"]) == (0, 0)
