"""The twelve returns come in: dropped, read, decided, applied, as a clerk in the training office would click it."""

from collections import defaultdict
from pathlib import Path

from django.core.files.base import ContentFile

from ortoo.demo.moved import Move, moved_file
from ortoo.demo.said import returns
from ortoo.intake.domain import delivery as intake
from ortoo.intake.domain.decision import decide
from ortoo.intake.models import Delivery, Problem
from ortoo.kernel import jobs
from ortoo.kernel.actor import Actor
from ortoo.programmes.models import Programme

SETTLED_BY = ("skip_row", "keep_first")


def bring_in(programme: Programme, move: Move, *, by: Actor) -> Delivery:
    """All twelve returns in one drop, with their days moved, and read."""
    files = [ContentFile(_moved(file, move), name=file.name) for file in returns()]
    return _done(intake.receive(programme, files, by=by))


def settle_problems(delivery: Delivery, *, by: Actor) -> Delivery:
    """Decide every row that is held back: leave it out, or keep the row that came first; then read again."""
    chosen: dict[str, list[Problem]] = defaultdict(list)
    for problem in delivery.problems.filter(severity=Problem.Severity.HOLD, choice=""):
        chosen[next(choice for choice in SETTLED_BY if choice in problem.choices)].append(problem)
    for choice, problems in chosen.items():
        decide(delivery, problems, choice, by=by)
    return _done(intake.start_reading(delivery, by=by))


def apply(delivery: Delivery, *, by: Actor) -> Delivery:
    """Record what the preview shows."""
    return _done(intake.apply(delivery, by=by))


def _moved(file: Path, move: Move) -> bytes:
    return moved_file(file.name, file.read_bytes(), move)


def _done(delivery: Delivery) -> Delivery:
    """Do the delivery's long work here and now; the worker isn't running yet."""
    assert delivery.job_id is not None
    jobs.run(delivery.job_id)
    return Delivery.objects.select_related("programme__unit", "unit").get(pk=delivery.pk)
