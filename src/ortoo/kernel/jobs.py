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
from django_tasks import task

from ortoo.kernel import clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.models import Job

Work = Callable[..., dict[str, Any] | None]
type_of: dict[str, Work] = {}
MAX_ATTEMPTS = 3
STALE = timedelta(seconds=60)


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
        self._write()
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
        if self.job.stop_asked:
            raise StopAsked

    def _write(self) -> None:
        moment = clock.now()
        if moment - self._written < self.every:
            return
        self._written = moment
        job = self.job
        Job.objects.filter(pk=job.pk).update(saying=job.saying, done=job.done, total=job.total, curve=job.curve, heartbeat=moment)
        job.stop_asked = Job.objects.values_list("stop_asked", flat=True).get(pk=job.pk)


def kind(name: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind."""

    def register(function: Work) -> Work:
        type_of[name] = function
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
    if not Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
        state=Job.State.STOPPED, finished=clock.now(), stop_asked=True
    ):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(stop_asked=True)


def run(pk: int) -> Job:
    """Do the work here and now, if nobody else has begun it."""
    moment = clock.now()
    begun = Job.objects.filter(pk=pk, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started=moment, heartbeat=moment, attempts=F("attempts") + 1
    )
    job = Job.objects.get(pk=pk)
    if begun:
        _run(job)
    return job


def recover(stale: timedelta = STALE) -> int:
    """Put back in the queue what a crash left running; called when the worker starts. Returns how many."""
    edge = clock.now() - stale
    left = Job.objects.filter(state=Job.State.RUNNING, heartbeat__lt=edge)
    left.filter(attempts__gte=MAX_ATTEMPTS).update(state=Job.State.FAILED, finished=clock.now(), error="crashed")
    pks = list(left.values_list("pk", flat=True))
    Job.objects.filter(pk__in=pks).update(state=Job.State.WAITING)
    waiting = list(Job.objects.filter(state=Job.State.WAITING).values_list("pk", flat=True))
    for pk in waiting:
        run_job.enqueue(pk)
    return len(pks)


def recover_all() -> None:
    """Put everything unfinished in the queue again, whoever was at it: after a restore nobody is."""
    Job.objects.filter(state=Job.State.RUNNING).update(state=Job.State.WAITING)
    for pk in Job.objects.filter(state=Job.State.WAITING).values_list("pk", flat=True):
        run_job.enqueue(pk)


@task()
def run_job(pk: int) -> None:
    """The entrance for the queue."""
    run(pk)


def _run(job: Job) -> None:
    progress = Progress(job)
    try:
        job.result = type_of[job.kind](progress, **job.arguments) or {}
        job.state = Job.State.DONE
    except StopAsked:
        job.state = Job.State.STOPPED
    except Exception as error:
        job.state, job.error = Job.State.FAILED, f"{type(error).__name__}: {error}"
        raise
    finally:
        job.finished = job.heartbeat = clock.now()
        job.save()
