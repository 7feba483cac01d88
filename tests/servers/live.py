"""The real product for a test: `ortoo up` in a process of its own, with data, database and port of its own."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0


def environment(data: Path, database: str) -> dict[str, str]:
    """What a program of the product needs to work on this data, speaking English."""
    return os.environ | {
        "ORTOO_DATA": str(data),
        "ORTOO_DATABASE_URL": database,
        "ORTOO_SECRET_KEY": "",
        "ORTOO_HUB_PORT": str(free_port()),
        "ORTOO_HUB_VIEWERS": "100",
        "ORTOO_VIDEO_PORT": "0",
        "ORTOO_SRT_PORT": "0",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONWARNINGS": "ignore",
        "LC_ALL": "en_GB.UTF-8",
    }


@dataclass
class LiveApp:
    """`ortoo up` on a free port; `said` is what it has printed so far."""

    data: Path
    database: str
    port: int = field(default_factory=free_port)
    hub_port: int = field(default_factory=free_port)
    video_port: int = 0
    srt_port: int = 0
    hub: str = "embedded"
    options: tuple[str, ...] = ("--empty",)
    said: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    listener: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What it runs with."""
        ports = {"ORTOO_HUB_PORT": self.hub_port, "ORTOO_VIDEO_PORT": self.video_port, "ORTOO_SRT_PORT": self.srt_port}
        about = {"ORTOO_HUB": self.hub} | {name: str(port) for name, port in ports.items()}
        return environment(self.data, self.database) | about

    def run(self, script: str) -> str:
        """Run a piece of Python against its data; gives what it prints."""
        begin = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import django; django.setup()\n"
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "ortoo.settings"}
        return subprocess.run(
            [sys.executable, "-c", begin + script], env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=60
        ).stdout

    def kill_child(self, which: str) -> None:
        """kill -9 of one kind of child; returns when another has taken its place."""
        children = self.processes()
        first = {pid for pid, line in children.items() if which in line}
        assert first, children
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: {pid for pid, line in self.processes().items() if which in line} - first)

    def start(self) -> None:
        """Start it and wait until it has said its address."""
        command = [sys.executable, "-m", "ortoo", "up", "--port", str(self.port), *self.options]
        self.said.clear()
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.listener = threading.Thread(target=self._listen, args=[self.process], daemon=True)
        self.listener.start()
        wait_until(lambda: self.url in "".join(self.said) or self.process.poll() is not None)  # type: ignore[union-attr]
        assert self.process.poll() is None, "".join(self.said)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as stream:
            self.said.extend(stream)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page, fetched directly; status 0 when nobody answers."""
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(self.url + path, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def processes(self) -> dict[int, str]:
        """All processes below `up` by number, with their command lines."""
        assert self.process is not None
        return below(self.process.pid)

    def kill(self) -> None:
        """kill -9 of `up` itself, and nothing else."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Stop it as Ctrl-C would; gives the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(30)
        if self.listener is not None:
            self.listener.join(30)
        return code


def below(pid: int) -> dict[int, str]:
    """The processes that descend from this one, with their command lines."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # It ended while we looked.
    found, waiting = {}, [pid]
    while waiting:
        above = waiting.pop()
        for child in [number for number, parent in parents.items() if parent == above]:
            found[child] = command_of(child)
            waiting.append(child)
    return found


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone or only waits to be collected."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def wait_until(done: object, seconds: float = PATIENCE) -> None:
    """Ask every tenth of a second; fail loudly after `seconds`."""
    end = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
