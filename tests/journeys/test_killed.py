"""kill -9 in the middle of planning and publishing: afterwards nothing is half done, and nothing acknowledged is lost."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers.live import ROOT, LiveApp, wait_until
from tests.servers.shell import Shell

pytestmark = [pytest.mark.journey, pytest.mark.slow]

BUILD = """
import sys; sys.path.insert(0, {root!r})
from tests.planning.conftest import build_rotation
from ortoo.kernel.actor import SYSTEM
from ortoo.planning.domain.plan import start_plan
start_plan(build_rotation(), by=SYSTEM)
"""
PUBLISH = """
from ortoo.kernel.actor import SYSTEM
from ortoo.planning.domain.plan import publish
from ortoo.planning.models import Plan
plan = Plan.objects.get()
print("ready", flush=True)
publish(plan, by=SYSTEM)
print("published", flush=True)
"""
ASK = """
from ortoo.participation.models import Place
from ortoo.planning.models import Plan, PlanPlace, Publication
plan = Plan.objects.select_related("programme").get()
print(plan.state, plan.optimal, PlanPlace.objects.count(), Place.objects.count(), Publication.objects.count(), plan.programme.state)
"""


RETURNS = """
import sys; sys.path.insert(0, {root!r})
from tests.intake import conftest as intake
intake.record_directory()
programme = intake.open_rotation()
organiser = intake.account("organiser", "organiser", intake.Unit.objects.get(code="150000"))
delivery = intake.verbs.receive(programme, [intake.upload(path) for path in intake.RETURNS], by=organiser)
intake.work()
delivery.refresh_from_db()
intake.verbs.apply(delivery, by=organiser)
"""
WORK = """
from ortoo.kernel import jobs
from ortoo.kernel.models import Job
jobs.recover_all()
print("ready", flush=True)
jobs.run(Job.objects.filter(state="waiting").latest("id").pk)
print("applied", flush=True)
"""
COUNT = """
from ortoo.intake.models import AppliedChange, Delivery
from ortoo.participation.models import Nomination
from ortoo.people.models import Person
print(Delivery.objects.get().state, Person.objects.count(), Nomination.objects.count(), AppliedChange.objects.exists())
"""


@pytest.fixture
def shell(tmp_path: Path, ready_database: str) -> Iterator[Shell]:
    """On a folder and a database of its own."""
    with Shell(tmp_path / "var", ready_database) as found:
        yield found


def test_plan_and_publication_survive_kill_9_whole(shell: Shell, tmp_path: Path, ready_database: str) -> None:
    shell.run(BUILD.format(root=str(ROOT)))
    _kill_while_planning(shell, LiveApp(tmp_path / "var", ready_database))
    assert shell.run(ASK) == "solved True 1101 0 0 open"
    for step in range(20):
        said = shell.kill_after(PUBLISH, 0.05 * step**2)
        state, _optimal, planned, places, publications, programme = shell.run(ASK).split()
        assert planned == "1101"
        assert (state, int(places), int(publications), programme) in {
            ("published", 1091, 1, "published"),
            ("solved", 0, 0, "open"),
        }
        if said:
            assert state == "published", "it had said so before it was killed"
        if state == "published":
            return
    raise AssertionError("killed before publishing in every round: the half that matters was never tried")


def _kill_while_planning(shell: Shell, app: LiveApp) -> None:
    """Kill every process of the product a few times while the worker plans; then let it finish."""
    for step in range(2):
        app.start()
        time.sleep(0.4 + 0.6 * step)
        app.kill()
        state, _optimal, planned, *_rest = shell.run(ASK).split()
        assert (state, planned) in {("solving", "0"), ("solved", "1101")}
    app.start()
    wait_until(lambda: shell.run(ASK).startswith("solved"))
    app.stop()


def test_applying_survives_kill_9_whole(shell: Shell) -> None:
    shell.run(RETURNS.format(root=str(ROOT)))
    for step in range(6):
        said = shell.kill_after(WORK, 0.25 * step)
        state, people, nominated, written = shell.run(COUNT).split()
        assert (people, nominated, written) in {("0", "0", "False"), ("1101", "1101", "True")}
        assert (state == "applied") == (people == "1101")
        if said:
            assert state == "applied", "it had said so before it was killed"
        if state == "applied":
            return
    shell.run(WORK)
    assert shell.run(COUNT) == "applied 1101 1101 True"
