"""A PostgreSQL cluster for one test run: own folder, free loopback port, ended with the run, however the run ends."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAFE = "-c max_connections=60"  # As an installation runs: a commit is on the disk before it is answered.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


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
def cluster(settings: str = QUICK) -> Iterator[str]:
    """Run a cluster within the block; gives its URL up to the database's name. ``settings``: QUICK for tests, SAFE to measure."""
    folder = Path(tempfile.mkdtemp(prefix="ortoo-pg-"))
    port, bin_ = free_port(), binaries()
    assert bin_ is not None
    if os.geteuid() == 0:
        shutil.chown(folder, _user())
    data, log = folder / "data", folder / "log"
    made = [str(bin_ / "initdb"), "-D", str(data), *["-U", "ortoo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]]
    subprocess.run([*_as_user(), *made], check=True, stdout=subprocess.DEVNULL, cwd="/")
    run = [str(bin_ / "postgres"), "-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", str(folder), *settings.split()]
    with log.open("wb") as stream:
        server = subprocess.Popen([*_as_user(dying_with_us=True), *run], cwd="/", stdout=stream, stderr=stream)
    try:
        _wait(server, port, log)
        yield f"postgres://ortoo@127.0.0.1:{port}"
    finally:
        server.send_signal(3)  # SIGQUIT: nothing in it is worth an orderly end.
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import psycopg

    end = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"postgres://ortoo@127.0.0.1:{port}/postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            assert server.poll() is None and time.monotonic() < end, log.read_text(errors="replace")
            time.sleep(0.1)
        else:
            return


def _user() -> str:
    """Who runs the server when we are root, whom it refuses."""
    return "postgres" if any(each.pw_name == "postgres" for each in pwd.getpwall()) else "nobody"


def _as_user(*, dying_with_us: bool = False) -> list[str]:
    """What to write before a command: another user when we are root, and an end when this run is killed."""
    words = []
    if os.geteuid() == 0:
        words += [f"--reuid={_user()}", f"--regid={pwd.getpwnam(_user()).pw_gid}", "--clear-groups"]
    if dying_with_us and shutil.which("setpriv"):
        words += ["--pdeathsig", "QUIT"]
    return ["setpriv", *words] if words else []
