"""The demo's live session and its simulated viewers and picture: `up` as somebody sees it who has just begun."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers.live import LiveApp, wait_until
from tests.servers.postgres import free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live")]
SEEN = """
from ortoo.demo.live import session_today
from ortoo.live.domain import line
session = session_today()
print(line.status()["viewers"][session.channel], sum(each.times for each in session.reactions.all()),
      session.polls.get().answers.count(), session.devices.count(), session.picture or "-")
"""


@pytest.fixture
def app(tmp_path: Path, ready_database: str) -> Iterator[LiveApp]:
    """The demo, started."""
    one = LiveApp(tmp_path / "var", ready_database, options=(), video_port=free_port())
    one.start()
    yield one
    one.stop()


def test_demo_is_live_with_a_crowd_and_its_wall_screen_is_said(app: LiveApp) -> None:
    wall = re.search(r"http://\S+(/wall/\S+/)", "".join(app.said))
    assert wall is not None
    assert app.get(wall[1])[0] == 200

    for page in ("watch", "tablet", "site", "write"):
        path = re.search(rf"http://[^/]+(/{page}/\S+/)", "".join(app.said))
        assert path is not None and app.get(path[1])[0] == 200

    def there() -> bool:
        *numbers, picture = app.run(SEEN).split()
        viewers, claps, answers, devices = map(int, numbers)
        return viewers >= 300 and devices >= 300 and claps > 0 and answers > 0 and picture == "live"

    wait_until(there, 60)
    for which in ("ortoo crowd", "ortoo source"):
        app.kill_child(which)
    wait_until(there, 60)
    children = app.processes()
    assert app.stop() == 0
    assert children
