"""The last place of a quota wanted by two clerks at the same moment, against the running product, on either engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.participation.quotas.crowd import BUILD, COUNT, Clerk, at_once, clerks_in
from tests.servers.live import LiveApp
from tests.servers.shell import Shell

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live")]
COUNTIES = 12
FULL = "has 0 left of its quota"


@pytest.fixture
def shell(tmp_path: Path, ready_database: str) -> Iterator[Shell]:
    with Shell(tmp_path / "var", ready_database) as found:
        yield found


@pytest.fixture
def clerks(shell: Shell) -> list[Clerk]:
    """Two clerks in each of twelve counties, which have one place each."""
    return clerks_in(shell.run(BUILD.format(counties=COUNTIES, clerks=2, seats=1)))


@pytest.fixture
def app(clerks: list[Clerk], tmp_path: Path, ready_database: str) -> Iterator[LiveApp]:
    found = LiveApp(tmp_path / "var", ready_database)
    found.start()
    yield found
    found.stop()


def test_of_two_clerks_one_gets_the_last_place_and_the_other_is_told(app: LiveApp, clerks: list[Clerk], shell: Shell) -> None:
    """And whoever looks while others write meets no error."""
    answers = at_once(clerks, app.url)
    assert {status for status, _text, _seconds in answers} == {200}
    told = [FULL in text for _status, text, _seconds in answers]
    assert [sum(pair) for pair in zip(told[::2], told[1::2], strict=True)] == [1] * COUNTIES
    rows = [line.split()[1:] for line in shell.run(COUNT).splitlines()]
    assert rows == [["1", "1", "1"]] * COUNTIES
    assert {clerk.look(app.url)[0] for clerk in clerks[::4]} == {200}
    assert {status for status, _text, _seconds in at_once(clerks, app.url)} == {200}
    assert {clerk.look(app.url)[0] for clerk in clerks[::4]} == {200}
