"""Which database a run uses and where it keeps its files: said before Django reads its settings, by `-p`."""

import atexit
import ipaddress
import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from tests.servers import databases
from tests.servers.postgres import binaries, cluster

if "ORTOO_TEST_DATA" not in os.environ:
    os.environ["ORTOO_TEST_DATA"] = tempfile.mkdtemp(prefix="ortoo-test-")
    atexit.register(shutil.rmtree, os.environ["ORTOO_TEST_DATA"], ignore_errors=True)
os.environ["ORTOO_DATA"] = os.environ["ORTOO_TEST_DATA"]
os.environ["ORTOO_SECRET_KEY"] = "only for tests"

_cluster = None
if os.environ.get("ORTOO_TEST_ENGINE") == "postgres":
    if "ORTOO_TEST_POSTGRES" not in os.environ:
        _cluster = cluster()
        os.environ["ORTOO_TEST_POSTGRES"] = _cluster.__enter__()
        atexit.register(_cluster.__exit__, None, None, None)
        # A run that is told to end puts its server away like one that comes to its end.
        signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    os.environ["ORTOO_DATABASE_URL"] = f"{os.environ['ORTOO_TEST_POSTGRES']}/postgres"
else:
    os.environ["ORTOO_DATABASE_URL"] = f"sqlite:///{os.environ['ORTOO_DATA']}/ortoo.sqlite3"


@pytest.fixture
def own_database(tmp_path: Path) -> str:
    """The URL of an empty database for programs that a test starts, on the engine of this run."""
    return databases.empty(tmp_path)


@pytest.fixture
def ready_database(tmp_path: Path) -> str:
    """The same with all tables made: for tests that do not care how they came about."""
    return databases.ready(tmp_path)


def needs(name: str, there: object) -> None:
    """Leave the test out when something is not there; with CI=true that is a failure."""
    if there:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is missing, and CI=true leaves nothing out")
    pytest.skip(f"{name} is not on this machine")


def has_postgres() -> bool:
    """Whether a server can be started here."""
    return binaries() is not None


def _at_home(address: object) -> bool:
    """Whether a socket's address is on this machine; names are not looked up."""
    if not isinstance(address, tuple):
        return True  # A socket in the file system.
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "")


def _stay_at_home(event: str, arguments: tuple[Any, ...]) -> None:
    """Ortoo works on a closed network: a test that makes the product call out fails where it does."""
    if event == "socket.connect" and not _at_home(arguments[1]):
        raise PermissionError(f"a test wanted to reach {arguments[1]}; Ortoo calls nobody")
    if event == "socket.getaddrinfo" and not _at_home((arguments[0] or "",)):
        raise PermissionError(f"a test wanted to look up {arguments[0]!r}; Ortoo calls nobody")


sys.addaudithook(_stay_at_home)


DATABASE = {"db", "transactional_db", "own_database", "ready_database", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second run, on the other engine, leaves out what touches no database."""
    if not os.environ.get("ORTOO_TEST_DATABASE_ONLY"):
        return
    kept = [item for item in items if item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are no name: packed files hold the time at which they were made, and two workers must collect the same names."""
    return argname if isinstance(val, bytes) else None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave the counts for `ortoo test`, which adds up its runs."""
    file, reporter = os.environ.get("ORTOO_TEST_COUNTS"), session.config.pluginmanager.get_plugin("terminalreporter")
    if file and reporter and not hasattr(session.config, "workerinput"):
        names = {"error": "errors"}
        counts = {names.get(name, name): len(each) for name, each in reporter.stats.items() if name and name != "warnings"}
        Path(file).write_text(json.dumps(counts))
