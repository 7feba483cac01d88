"""Databases for programs that a test starts, on the engine of this run: empty ones, and ones that have their tables.

Making the tables takes seconds; a run makes them once and copies them.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.live import environment

TEMPLATE = "ortoo_tables"


def empty(folder: Path) -> str:
    """The URL of a database with nothing in it, in this folder or named after it."""
    if not _server():
        return f"sqlite:///{folder}/own.sqlite3"
    return _created(_name(folder))


def ready(folder: Path) -> str:
    """The URL of a database with every table, as the first `up` leaves them, and no row of ours."""
    if not _server():
        shutil.copyfile(_file(), folder / "own.sqlite3")
        return f"sqlite:///{folder}/own.sqlite3"
    with _one_at_a_time():
        if not _exists(TEMPLATE):
            _migrate(_created(f"{TEMPLATE}_begun"))
            _tell(f'ALTER DATABASE "{TEMPLATE}_begun" RENAME TO "{TEMPLATE}"')
        return _created(_name(folder), TEMPLATE)


def _file() -> Path:
    made = _data() / f"{TEMPLATE}.sqlite3"
    with _one_at_a_time():
        if not made.exists():
            begun = made.with_suffix(".begun")
            _migrate(f"sqlite:///{begun}")
            begun.rename(made)
    return made


def _migrate(database: str) -> None:
    command = [sys.executable, "-m", "ortoo", "manage", "migrate", "-v0"]
    subprocess.run(command, env=environment(_data() / "tables", database), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Among all processes of this run."""
    with (_data() / f"{TEMPLATE}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _created(name: str, template: str = "template1") -> str:
    _tell(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{_server()}/{name}"


def _exists(name: str) -> bool:
    import psycopg

    with psycopg.connect(f"{_server()}/postgres", autocommit=True) as link:
        return link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _tell(line: str) -> None:
    import psycopg

    with psycopg.connect(f"{_server()}/postgres", autocommit=True) as link:
        link.execute(line)  # type: ignore[arg-type]


def _name(folder: Path) -> str:
    return f"own_{folder.name.replace('-', '_').lower()[:40]}_{os.getpid()}"


def _server() -> str:
    """The server's URL up to the database's name; empty when the run is on SQLite."""
    return os.environ["ORTOO_TEST_POSTGRES"] if os.environ.get("ORTOO_TEST_ENGINE") == "postgres" else ""


def _data() -> Path:
    return Path(os.environ["ORTOO_TEST_DATA"])
