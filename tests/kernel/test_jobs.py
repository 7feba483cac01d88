"""Long work: begun, told of, stopped, failed, and taken up again after a crash."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from ortoo.kernel import clock, jobs, processes
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import Job

pytestmark = pytest.mark.django_db
DEAD = f"{processes.here().split('/')[0]}/999999999/1"
ELSEWHERE = "another-machine/1/1"


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A registry of the test's own."""
    own: dict[str, Any] = {}
    monkeypatch.setattr(jobs, "type_of", own)
    return own


def left_running(worker: str, **more: Any) -> Job:
    """A job as a crash leaves it."""
    fields = {"kind": "t", "state": Job.State.RUNNING, "attempts": 1, "heartbeat": clock.now(), "created": clock.now()}
    return Job.objects.create(worker=worker, **fields | more)


def test_run_keeps_result_and_arguments(kinds: dict[str, Any]) -> None:
    kinds["t"] = lambda progress, *, a: {"twice": a * 2}
    job = jobs.run(jobs.start("t", by=SYSTEM, a=4).pk)
    assert (job.state, job.result, job.percent, job.attempts) == (Job.State.DONE, {"twice": 8}, 100, 1)


def test_run_twice_works_once(kinds: dict[str, Any]) -> None:
    done: list[int] = []
    kinds["t"] = lambda progress: done.append(1)
    pk = jobs.start("t", by=SYSTEM).pk
    jobs.run(pk)
    jobs.run(pk)
    assert done == [1]


def test_start_of_unknown_kind_is_refused() -> None:
    with pytest.raises(LookupError):
        jobs.start("nothing", by=SYSTEM)


def test_start_is_undone_with_its_transaction(kinds: dict[str, Any]) -> None:
    kinds["t"] = lambda progress: None
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.start("t", by=SYSTEM)
        raise ZeroDivisionError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_failure_is_kept_and_raised(kinds: dict[str, Any]) -> None:
    def fail(progress: jobs.Progress) -> None:
        raise ValueError("no such sheet")

    kinds["t"] = fail
    job = jobs.start("t", by=SYSTEM)
    with pytest.raises(ValueError, match="no such sheet"):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "ValueError: no such sheet")


def test_stop_before_the_start_never_starts(kinds: dict[str, Any]) -> None:
    kinds["t"] = lambda progress: {"ran": True}
    job = jobs.start("t", by=SYSTEM)
    jobs.ask_stop(job)
    assert (jobs.run(job.pk).state, job.result) == (Job.State.STOPPED, {})


def test_stop_reaches_work_that_only_checks(kinds: dict[str, Any]) -> None:
    def work(progress: jobs.Progress) -> None:
        progress.every = timedelta(0)
        jobs.ask_stop(progress.job)
        progress.check()
        raise AssertionError("went on")

    kinds["t"] = work
    assert jobs.run(jobs.start("t", by=SYSTEM).pk).state == Job.State.STOPPED


def test_work_that_ends_by_itself_keeps_what_it_has(kinds: dict[str, Any]) -> None:
    def work(progress: jobs.Progress) -> dict[str, Any]:
        progress.every = timedelta(0)
        jobs.ask_stop(progress.job)
        return {"stopped": progress.stop_asked()}

    kinds["t"] = work
    job = jobs.run(jobs.start("t", by=SYSTEM).pk)
    assert (job.state, job.result) == (Job.State.DONE, {"stopped": True})


def test_progress_is_seen_by_others(kinds: dict[str, Any]) -> None:
    seen: list[tuple[str, int, list[Any]]] = []

    def work(progress: jobs.Progress) -> None:
        progress.every = timedelta(0)
        progress.point(1.23456, 10.0, 8.0)
        progress.say("half", 5, 10)
        job = Job.objects.get(pk=progress.job.pk)
        seen.append((job.saying, job.percent, job.curve))

    kinds["t"] = work
    jobs.run(jobs.start("t", by=SYSTEM).pk)
    assert seen == [("half", 50, [[1.235, 10.0, 8.0]])]


def test_recover_takes_up_at_once_what_a_dead_process_ran(kinds: dict[str, Any]) -> None:
    kinds["t"] = lambda progress: {"ran": True}
    job = left_running(DEAD, done=7, total=9, curve=[[1, 2, 3]])
    assert jobs.recover() == 1
    again = jobs.run(job.pk)
    assert (again.state, again.attempts, again.done, again.curve) == (Job.State.DONE, 2, 0, [])
    assert DBTaskResult.objects.count() == 1


def test_recover_leaves_work_of_a_living_process() -> None:
    job = left_running(processes.here(), heartbeat=clock.now() - timedelta(days=1))
    assert jobs.recover() == 0
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_recover_waits_for_silence_of_another_machine() -> None:
    job = left_running(ELSEWHERE)
    assert jobs.recover() == 0
    with clock.held_at(clock.now() + jobs.STALE * 2):
        assert jobs.recover() == 1
    job.refresh_from_db()
    assert job.state == Job.State.WAITING


def test_recover_gives_up_work_that_kills_its_worker() -> None:
    job = left_running(DEAD, attempts=jobs.MAX_ATTEMPTS)
    assert jobs.recover() == 0
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "crashed")


def test_whose_work_is_abandoned_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(jobs, "told_of", {})
    jobs.kind("t", abandoned=lambda *, a: told.append(a))(lambda progress, *, a: None)
    jobs.ask_stop(jobs.start("t", by=SYSTEM, a=1))
    left_running(DEAD, attempts=jobs.MAX_ATTEMPTS, arguments={"a": 2})
    jobs.recover()
    assert told == [1, 2]


def test_recover_queues_waiting_work_once(kinds: dict[str, Any]) -> None:
    kinds["t"] = lambda progress: None
    jobs.start("t", by=SYSTEM)
    jobs.recover()
    jobs.recover()
    assert DBTaskResult.objects.count() == 1


def test_stop_asked_before_a_crash_still_holds(kinds: dict[str, Any]) -> None:
    def work(progress: jobs.Progress) -> None:
        progress.say("begun")
        raise AssertionError("went on")

    kinds["t"] = work
    job = left_running(DEAD, stop_asked=True)
    jobs.recover()
    assert jobs.run(job.pk).state == Job.State.STOPPED


def test_worker_told_to_go_leaves_its_work_to_the_next(kinds: dict[str, Any]) -> None:
    def work(progress: jobs.Progress) -> None:
        raise SystemExit(1)

    kinds["t"] = work
    job = jobs.start("t", by=SYSTEM)
    with pytest.raises(SystemExit):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.finished) == (Job.State.RUNNING, None)


def test_process_is_alive_until_it_ends() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        mark = processes._mark(child.pid)
        assert processes.alive(mark) is True
        child.kill()
        child.wait()
    assert processes.alive(mark) is False
    assert processes.alive(ELSEWHERE) is None


def test_number_given_to_another_process_is_not_the_same() -> None:
    machine, pid, began = processes.here().split("/")
    assert processes.alive(f"{machine}/{pid}/{int(began) - 1}") is False


WORK = """
import sys, time
import django
django.setup()
from ortoo.kernel import jobs
from ortoo.kernel.models import Job

@jobs.kind("t")
def t(progress):
    if progress.job.attempts == 1:
        print("begun", flush=True)
        time.sleep(60)
    return {"ran": progress.job.attempts}

if sys.argv[1] == "first":
    from ortoo.kernel.actor import SYSTEM
    jobs.start("t", by=SYSTEM)
else:
    jobs.recover()
from django.core.management import call_command
call_command("db_worker", batch=True, verbosity=0, startup_delay=False, reload=False)
job = Job.objects.get()
print(job.state, job.result)
"""


def test_killed_worker_is_followed_by_another(ready_database: str, tmp_path: Path) -> None:
    """kill -9 in the middle; the next worker does the work at once."""
    source = str(Path(jobs.__file__).parents[2])
    environment = os.environ | {
        "ORTOO_DATABASE_URL": ready_database,
        "ORTOO_DATA": str(tmp_path),
        "PYTHONPATH": source,
        "DJANGO_SETTINGS_MODULE": "ortoo.settings",
    }
    command = [sys.executable, "-W", "ignore", "-c", WORK]
    with subprocess.Popen([*command, "first"], env=environment, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "begun\n"
        time.sleep(0.1)
        first.send_signal(signal.SIGKILL)
        first.wait()
    second = subprocess.run([*command, "second"], env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert second.stdout.strip().splitlines()[-1] == "done {'ran': 2}"
