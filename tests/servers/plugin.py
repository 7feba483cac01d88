"""Which database a run uses and where it keeps its files: said before Django reads its settings, by `-p`."""

import atexit
import os
import tempfile

import pytest
from tests.servers.postgres import binaries, cluster

os.environ["ORTOO_DATA"] = os.environ.get("ORTOO_TEST_DATA") or tempfile.mkdtemp(prefix="ortoo-test-")
os.environ["ORTOO_TEST_DATA"] = os.environ["ORTOO_DATA"]
os.environ["ORTOO_SECRET_KEY"] = "only for tests"

_cluster = None
if os.environ.get("ORTOO_TEST_ENGINE") == "postgres":
    if "ORTOO_TEST_POSTGRES" not in os.environ:
        _cluster = cluster()
        os.environ["ORTOO_TEST_POSTGRES"] = _cluster.__enter__()
        atexit.register(_cluster.__exit__, None, None, None)
    os.environ["ORTOO_DATABASE_URL"] = f"{os.environ['ORTOO_TEST_POSTGRES']}/postgres"
else:
    os.environ["ORTOO_DATABASE_URL"] = f"sqlite:///{os.environ['ORTOO_DATA']}/ortoo.sqlite3"


@pytest.fixture
def own_database(tmp_path) -> str:  # type: ignore[no-untyped-def]
    """The URL of an empty database for programs that a test starts, on the engine of this run."""
    if os.environ.get("ORTOO_TEST_ENGINE") != "postgres":
        return f"sqlite:///{tmp_path}/own.sqlite3"
    import psycopg

    name = f"own_{tmp_path.name.replace('-', '_').lower()[:40]}_{os.getpid()}"
    with psycopg.connect(f"{os.environ['ORTOO_TEST_POSTGRES']}/postgres", autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"')
    return f"{os.environ['ORTOO_TEST_POSTGRES']}/{name}"


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
