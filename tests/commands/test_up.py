"""`ortoo up` for real: starts from nothing, survives its children's death, leaves nothing behind when it dies itself."""

import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers.live import LiveApp, command_of, environment, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live")]
linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")


@pytest.fixture
def live_app(tmp_path: Path, own_database: str) -> Iterator[LiveApp]:
    """An empty installation, started."""
    app = LiveApp(tmp_path / "var", own_database)
    app.start()
    yield app
    app.stop()


@linux
def test_up_starts_from_nothing_follows_its_children_and_takes_them_along(live_app: LiveApp) -> None:
    assert live_app.get("/sign-in/")[0] == 200
    assert live_app.get("/static/ui/css/tokens.css")[0] == 200
    assert "admin" in "".join(live_app.said)
    assert stat.S_IMODE((live_app.data / "secret.key").stat().st_mode) == 0o600
    for which in ("ortoo worker", "ortoo pages", "ortoo hub", "ortoo listen"):
        live_app.kill_child(which)
    wait_until(lambda: live_app.get("/sign-in/")[0] == 200)

    children = live_app.processes()
    live_app.kill()
    wait_until(lambda: not any(command_of(pid) for pid in children), 20)
    live_app.start()
    assert live_app.get("/sign-in/")[0] == 200
    assert "admin" not in "".join(live_app.said), "the first sign-in is said once"

    children = live_app.processes()
    assert len(children) >= 2 and live_app.stop() == 0
    wait_until(lambda: not any(command_of(pid) for pid in children), 15)
    assert live_app.get("/sign-in/")[0] == 0


def test_taken_address_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = subprocess.run(
            [sys.executable, "-m", "ortoo", "up", "--empty", "--port", str(port)],
            env=environment(tmp_path / "var", f"sqlite:///{tmp_path}/x.sqlite3"),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert said.returncode == 2
    assert f"127.0.0.1:{port}" in said.stderr
    assert "Traceback" not in said.stderr


def test_wrong_setting_is_named(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "ortoo", "up", "--empty"],
        env=environment(tmp_path, "mysql://nowhere/x"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert said.returncode != 0
    assert "ORTOO_DATABASE_URL" in said.stderr
