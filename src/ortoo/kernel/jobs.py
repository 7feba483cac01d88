"""Long work: started by a click, done by the worker, with progress, a stop and a life after a restart.

An app registers a kind and a function:
`@jobs.kind("intake.read") def read(progress: Progress, *, delivery: int) -> dict`.
The function must be safe to run again from its start: after a crash the worker does just that.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ortoo.kernel import clock, processes
from ortoo.kernel.actor import Actor
from ortoo.kernel.models import Job

Work = Callable[..., dict[str, Any] | None]
type_of: dict[str, Work] = {}
told_of: dict[str, Callable[..., None]] = {}
MAX_ATTEMPTS = 3
STALE = timedelta(minutes=5)
FROM_THE_START: dict[str, Any] = {"done": 0, "total": 0, "saying": "", "curve": []}


class StopAsked(Exception):
    """Somebody pressed stop: raised by `Progress.check()`, caught by the runner."""


class Progress:
    """What the work says while it runs; writes at most every `every` seconds."""

    def __init__(self, job: Job, every: float = 0.5) -> None:
        self.job = job
        self.every = timedelta(seconds=every)
        self._written = clock.now()

    def say(self, saying: str, done: int = 0, total: int = 0) -> None:
        """Tell how far the work is; raises StopAsked when somebody asked to stop."""
        self.job.saying, self.job.done, self.job.total = saying[:300], done, total
        self.check()

    def point(self, seconds: float, cost: float, bound: float) -> None:
        """Add a point to the curve (seconds since the start, cost so far, proved bound)."""
        self.job.curve.append([round(seconds, 3), cost, bound])
        self._write()

    def stop_asked(self) -> bool:
        """Whether somebody asked to stop; for work that ends by itself and keeps what it has."""
        self._write()
        return self.job.stop_asked

    def check(self) -> None:
        """Raise StopAsked when somebody asked to stop."""
        if self.stop_asked():
            raise StopAsked

    def _write(self) -> None:
        moment = clock.now()
        if moment - self._written < self.every:
            return
        self._written = moment
        job = self.job
        Job.objects.filter(pk=job.pk).update(saying=job.saying, done=job.done, total=job.total, curve=job.curve, heartbeat=moment)
        job.stop_asked = Job.objects.values_list("stop_asked", flat=True).get(pk=job.pk)


def kind(name: str, *, abandoned: Callable[..., None] | None = None) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind.

    `abandoned` gets the job's arguments when it is over without the work having had the chance to say so: stopped before it
    began, or given up after crashes.
    """

    def register(function: Work) -> Work:
        type_of[name] = function
        if abandoned:
            told_of[name] = abandoned
        return function

    return register


def start(name: str, *, by: Actor, **arguments: Any) -> Job:
    """Put work in the queue, in the caller's transaction."""
    if name not in type_of:
        raise LookupError(f"no job of kind {name!r} is registered")
    with transaction.atomic():
        job = Job.objects.create(kind=name, arguments=arguments, by_id=by.pk, by_name=by.get_username(), created=clock.now())
        run_job.enqueue(job.pk)
    return job


def ask_stop(job: Job) -> None:
    """Ask the work to stop; waiting work stops at once."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    with transaction.atomic():
        if waiting.update(state=Job.State.STOPPED, finished=clock.now(), stop_asked=True):
            _tell(job)
        else:
            Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(stop_asked=True)


def run(pk: int) -> Job:
    """Do the work here and now, if nobody else has begun it."""
    moment = clock.now()
    begun = Job.objects.filter(pk=pk, state=Job.State.WAITING).update(
        state=Job.State.RUNNING,
        started=moment,
        heartbeat=moment,
        attempts=F("attempts") + 1,
        worker=processes.here(),
        **FROM_THE_START,
    )
    job = Job.objects.get(pk=pk)
    if begun:
        _run(job)
    return job


def recover(stale: timedelta = STALE) -> int:
    """Put back in the queue what a crash left running; called when a worker starts, and now and then after. Returns how many.

    Left is what a process of this machine ran that lives no more, and what a process elsewhere ran that has said nothing for
    `stale`. Work that took its worker down MAX_ATTEMPTS times has failed.
    """
    left = [job for job in Job.objects.filter(state=Job.State.RUNNING) if _left_behind(job, stale)]
    for job in left:
        _put_back(job)
    for pk in Job.objects.filter(state=Job.State.WAITING).values_list("pk", flat=True):
        if not _queued(pk):
            run_job.enqueue(pk)
    return len([job for job in left if job.attempts < MAX_ATTEMPTS])


def recover_all() -> None:
    """Put everything unfinished in the queue again, whoever was at it: after a restore nobody is."""
    Job.objects.filter(state=Job.State.RUNNING).update(state=Job.State.WAITING)
    for pk in Job.objects.filter(state=Job.State.WAITING).values_list("pk", flat=True):
        run_job.enqueue(pk)


@task()
def run_job(pk: int) -> None:
    """The entrance for the queue."""
    run(pk)


def _left_behind(job: Job, stale: timedelta) -> bool:
    alive = processes.alive(job.worker)
    if alive is None:
        return job.heartbeat is None or job.heartbeat < clock.now() - stale
    return not alive


def _put_back(job: Job) -> None:
    """Only while the dead worker's mark still stands: two workers that start together put it back once."""
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker)
    if job.attempts >= MAX_ATTEMPTS:
        with transaction.atomic():
            if mine.update(state=Job.State.FAILED, finished=clock.now(), error="crashed"):
                _tell(job)
    else:
        mine.update(state=Job.State.WAITING)


def _tell(job: Job) -> None:
    if job.kind in told_of:
        told_of[job.kind](**job.arguments)


def _queued(pk: int) -> bool:
    """Whether the queue holds an entry for this job that nobody has taken."""
    waiting = DBTaskResult.objects.filter(task_path=run_job.module_path, status=TaskResultStatus.READY)
    return waiting.filter(args_kwargs={"args": [pk], "kwargs": {}}).exists()


def _run(job: Job) -> None:
    try:
        job.result = type_of[job.kind](Progress(job), **job.arguments) or {}
        _end(job, Job.State.DONE)
    except StopAsked:
        _end(job, Job.State.STOPPED)
    except Exception as error:
        job.error = f"{type(error).__name__}: {error}"
        _end(job, Job.State.FAILED)
        raise


def _end(job: Job, state: str) -> None:
    """Write how it ended. Not for a worker told to go at once: its job stays `running`, and the next worker takes it up."""
    job.state = state
    job.finished = job.heartbeat = clock.now()
    job.save()
