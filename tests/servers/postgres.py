"""A PostgreSQL cluster for one test run: own folder, free loopback port, ended with the run."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where initdb and postgres are, newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster within the block; gives its URL up to the database's name."""
    folder = Path(tempfile.mkdtemp(prefix="ortoo-pg-"))
    port, bin_, user = free_port(), binaries(), _user()
    assert bin_ is not None
    if os.geteuid() == 0:
        shutil.chown(folder, user)
    data = folder / "data"
    _as(user, [bin_ / "initdb", "-D", data, "-U", "ortoo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c full_page_writes=off -c max_connections=60"
    try:
        _as(user, [bin_ / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"])
        yield f"postgres://ortoo@127.0.0.1:{port}"
    finally:
        _as(user, [bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str:
    return "postgres" if os.geteuid() == 0 else ""


def _as(user: str, command: list[object]) -> None:
    words = [str(word) for word in command]
    if user:
        words = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")
