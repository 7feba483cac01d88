"""kill -9 of the hub and of what listens to it, while viewers speak: what was acknowledged is in the database, once."""

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers.live import LiveApp, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live")]

BEGIN = """
from tests.live.stage import build_session
from ortoo.live.domain import line
session = build_session()
print(session.channel)
for number in range(30):
    print(line.token(session, f"d-{number}", line.VIEWER_SAYS))
"""
ASK = """
from django.db.models import Sum
from ortoo.live.models import Question, Reaction
print(Question.objects.count(), Reaction.objects.aggregate(n=Sum("times"))["n"] or 0)
"""


@pytest.fixture
def app(tmp_path: Path, ready_database: str) -> Iterator[LiveApp]:
    """An empty installation, started."""
    one = LiveApp(tmp_path / "var", ready_database)
    one.start()
    yield one
    one.stop()


def say(app: LiveApp, channel: str, token: str, said: list[dict[str, object]]) -> bool:
    """Whether the hub has acknowledged it."""
    line = http.client.HTTPConnection("127.0.0.1", app.hub_port, timeout=5)
    try:
        line.request("POST", f"/live/{channel}/say?token={token}", json.dumps({"said": said}))
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def test_acknowledged_words_are_in_the_database_once(app: LiveApp) -> None:
    channel, *tokens = app.run(BEGIN).split()
    over, kept = threading.Event(), [0]

    def speak() -> None:
        """Each viewer says the same again, as a page does, until it is acknowledged; then somebody else."""
        for number, token in enumerate(tokens):
            said = [
                {"id": "q", "kind": "question", "data": {"text": f"问题{number}"}},
                {"id": "r", "kind": "reaction", "data": {"👏": 2}},
            ]
            while not say(app, channel, token, said):
                over.wait(0.1)
            say(app, channel, token, said)
            kept[0] += 1
            over.wait(0.1)

    speaker = threading.Thread(target=speak)
    speaker.start()
    for which in ("ortoo hub", "ortoo listen", "ortoo hub"):
        over.wait(0.6)
        app.kill_child(which)
    speaker.join(60)
    assert kept[0] == len(tokens)
    wait_until(lambda: app.run(ASK).split() == ["30", "60"], 30)
