"""What is measured: the hub, nginx with nchan as the hub sets it up, and the bare broadcaster. Loopback only."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ortoo_hub import Configuration, HubAway, Publisher, sign
from ortoo_hub.nginx import publishing_path

SECRET = "a secret for one measurement"
CHANNEL = "bench"
FIRST_PORT = 9301


@dataclass(frozen=True)
class Server:
    """Where to watch and where to publish, and whose CPU time counts."""

    name: str
    ports: tuple[int, ...]
    watch: str
    publish_ports: tuple[int, ...]
    publish: str
    pids: tuple[int, ...]
    folder: Path | None = None


def token(viewer: str) -> str:
    """Lets a viewer of the measurement in."""
    return sign(SECRET, CHANNEL, viewer, ["question"], int(time.time()) + 3600)


@contextmanager
def broadcaster(program: Path, count: int) -> Iterator[Server]:
    """So many bare broadcasters, each with a port."""
    ports = tuple(range(FIRST_PORT, FIRST_PORT + count))
    running = [subprocess.Popen([program, str(port)]) for port in ports]
    time.sleep(0.3)
    try:
        yield Server("cbcast", ports, "/live", ports, "/pub", tuple(each.pid for each in running))
    finally:
        for each in running:
            each.kill()
            each.wait()


@contextmanager
def hub(viewers: int, engine: str = "hub") -> Iterator[Server]:
    """The hub as it is, or with nginx in front."""
    with tempfile.TemporaryDirectory(prefix="ortoo-bench-") as folder:
        free: dict[str, Any] = {
            "say_rate": 1e6,
            "say_burst": 1e6,
            "address_rate": 1e6,
            "address_burst": 1e6,
            "per_address": 10**6,
        }
        ports = {"port": FIRST_PORT, "inner_port": FIRST_PORT + 1, "nchan_port": FIRST_PORT + 2}
        about = Configuration(folder, SECRET, engine=engine, viewers=viewers, benchmark=True, **ports, **free)
        process = subprocess.Popen(
            [sys.executable, "-m", "ortoo_hub", "-"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdin is not None
        with process.stdin as stream:
            stream.write(json.dumps(about.as_data()))
        try:
            status = _wait(Publisher(about.socket))
            watch = f"/live/{CHANNEL}?token={token('viewer')}"
            pids = (process.pid, *status["processes"])
            if engine == "hub":
                yield Server("hub", (about.port,), watch, (about.port,), "/bench/publish", pids, Path(folder))
            else:
                nginx = tuple(_below(process.pid) - set(pids))
                yield Server("nchan", (about.port,), watch, (about.nchan_port,), f"{publishing_path(about)}/{CHANNEL}", nginx)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait(publisher: Publisher) -> dict[str, Any]:
    for _ in range(300):
        try:
            return publisher.status()
        except HubAway:
            time.sleep(0.1)
    raise TimeoutError("the hub did not start")


def _below(pid: int) -> set[int]:
    """The processes that descend from this one."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in {pid, *found}} - found:
        found |= more
    return found


def environment() -> str:
    """Machine and versions in one line."""
    import importlib.metadata
    import platform

    cores = os.cpu_count()
    return f"{cores} cores, Linux {platform.release()}, Python {platform.python_version()}, uvloop {importlib.metadata.version('uvloop')}"
