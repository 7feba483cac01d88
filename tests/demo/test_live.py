"""The demo's live session and its simulated viewers: `up` as somebody sees it who has just begun."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers.live import LiveApp, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live")]
SEEN = """
from ortoo.demo.live import session_today
from ortoo.live.domain import line
session = session_today()
print(line.status()["viewers"][session.channel], sum(each.times for each in session.reactions.all()),
      session.polls.get().answers.count(), session.devices.count())
"""


@pytest.fixture
def app(tmp_path: Path, ready_database: str) -> Iterator[LiveApp]:
    """The demo, started."""
    one = LiveApp(tmp_path / "var", ready_database, options=())
    one.start()
    yield one
    one.stop()


def test_demo_is_live_with_a_crowd_and_its_wall_screen_is_said(app: LiveApp) -> None:
    wall = re.search(r"http://\S+(/wall/\S+/)", "".join(app.said))
    assert wall is not None
    assert app.get(wall[1])[0] == 200

    def there() -> bool:
        viewers, claps, answers, devices = map(int, app.run(SEEN).split())
        return viewers >= 300 and devices >= 300 and claps > 0 and answers > 0

    wait_until(there, 60)
    app.kill_child("ortoo crowd")
    wait_until(there, 60)
    children = app.processes()
    assert app.stop() == 0
    assert children
