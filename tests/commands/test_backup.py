"""`ortoo backup` and `ortoo restore` as commands: beside a running server, and from one engine to the other."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.servers.live import LiveApp, environment
from tests.servers.plugin import has_postgres
from tests.servers.postgres import cluster

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live")]
UNITS = """
import sys
from ortoo.kernel.actor import SYSTEM
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Unit
record_units([UnitDraft(code, f"示例{code}", "region") for code in sys.argv[1:]], by=SYSTEM)
print(*Unit.objects.order_by("code").values_list("code", flat=True))
"""


def ortoo(data: Path, database: str, *line: str) -> "subprocess.CompletedProcess[str]":
    """One command of the product on this installation."""
    command = [sys.executable, *line] if line[0] == "-c" else [sys.executable, "-m", "ortoo", *line]
    env = environment(data, database) | {"DJANGO_SETTINGS_MODULE": "ortoo.settings"}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)


def units(data: Path, database: str, *add: str) -> list[str]:
    """The units of an installation, after these were added."""
    done = ortoo(data, database, "-c", f"import django; django.setup()\n{UNITS}", *add)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture
def live_app(tmp_path: Path, ready_database: str) -> Iterator[LiveApp]:
    """An empty installation, started."""
    app = LiveApp(tmp_path / "var", ready_database)
    app.start()
    yield app
    app.stop()


@pytest.fixture
def other_database(tmp_path: Path) -> Iterator[str]:
    """An empty database on the other engine; on the same one where there is no other."""
    with ExitStack() as stack:
        if os.environ.get("ORTOO_TEST_ENGINE") != "postgres" and has_postgres():
            yield f"{stack.enter_context(cluster())}/postgres"
        else:
            yield f"sqlite:///{tmp_path}/other.sqlite3"


def test_backup_beside_a_running_server_fits_the_other_engine(live_app: LiveApp, other_database: str, tmp_path: Path) -> None:
    here, there = (live_app.data, live_app.database), (tmp_path / "there", other_database)
    units(*here, "11", "12")
    file = tmp_path / "all.tar.gz"
    assert ortoo(*here, "backup", str(file)).returncode == 0
    units(*here, "13")
    assert ortoo(*here, "restore", str(file)).returncode == 0
    assert units(*here) == ["11", "12"]
    assert live_app.get("/sign-in/")[0] == 200
    assert ortoo(*there, "restore", str(file)).returncode == 0
    assert units(*there, "14") == ["11", "12", "14"]
    file.write_bytes(file.read_bytes()[:-100])
    refused = ortoo(*there, "restore", str(file))
    assert (refused.returncode, "Nothing was changed" in refused.stderr) == (2, True)
    assert units(*there) == ["11", "12", "14"]
