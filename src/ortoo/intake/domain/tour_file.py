"""What happens to a tour's plan as a workbook: received, applied in one transaction, undone."""

import hashlib
import json
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ortoo.intake import store
from ortoo.intake.domain.against import directory_from
from ortoo.intake.domain.tour_parts import put, take
from ortoo.intake.domain.tour_steps import Step, standing, steps
from ortoo.intake.models import TourFile
from ortoo.intake.reading.dates import Frame
from ortoo.intake.reading.tour.read import ReadTour, read_tour
from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Unit
from ortoo.programmes.models import Programme

State = TourFile.State


class NotRead(Refused):
    sentence = _("Rows of %(file)s have to be corrected first. Correct them in the file and drop it again.")


class ChangedMeanwhile(Refused):
    sentence = _("The tour has changed since this preview. Look at it again.")


class NothingNew(Refused):
    sentence = _("%(file)s says what stands there already.")


class NotApplied(Refused):
    sentence = _("%(file)s is not applied.")


class AppliedAlready(Refused):
    sentence = _("%(file)s is applied already. Drop it again to apply it anew.")


class ChangedSince(Refused):
    sentence = _("%(what)s has changed since %(file)s was applied, so it cannot be undone.")


def receive(tour: Programme, name: str, data: bytes, *, by: Actor) -> TourFile:
    """Keep a plan that was dropped; nothing of the tour is changed."""
    kept = store.keep([data])
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=tour.pk)
        number = (tour.tour_files.aggregate(last=Max("number"))["last"] or 0) + 1
        made = TourFile.objects.create(
            programme=tour, number=number, name=name[:200], sha256=kept.sha256, size=kept.size, by_name=by.get_username(),
            received=clock.now(),
        )  # fmt: skip
        audit.record("receive_tour_file", made, by=by, after={"file": made.name}, unit_path=tour.unit.path)
    return made


def read(file: TourFile) -> ReadTour:
    """What it says, held against the directory of units and the tour's days."""
    tour = file.programme
    assert tour.starts is not None and tour.ends is not None
    return read_tour(store.bytes_of(file.sha256), file.name, directory_from(Unit.objects.all()), Frame(tour.starts, tour.ends))


def fingerprint(found: Sequence[Step]) -> str:
    """By which a preview is known again."""
    return hashlib.sha256(json.dumps([step.said for step in found], sort_keys=True).encode()).hexdigest()


@transaction.atomic
def apply(file: TourFile, looked_at: str, *, by: Actor) -> int:
    """Do every step that changes something, all or none; returns how many. `looked_at` is the fingerprint of the preview."""
    file = _lock(file)
    if file.state == State.APPLIED:
        raise AppliedAlready(file=file.name)
    plan = read(file)
    if plan.stopping:
        raise NotRead(file=file.name)
    found = steps(file.programme, plan)
    if fingerprint(found) != looked_at:
        raise ChangedMeanwhile
    todo = [step for step in found if step.kind != "same"]
    if not todo:
        raise NothingNew(file=file.name)
    for step in todo:
        put(file.programme, step.noun, step.key, step.after, by)
    file.journal = [step.said for step in todo]
    _settle(file, State.APPLIED, by)
    counts = {kind: sum(step.kind == kind for step in todo) for kind in ("new", "changed")}
    audit.record("apply_tour_file", file, by=by, after=counts, unit_path=file.programme.unit.path)
    return len(todo)


@transaction.atomic
def undo(file: TourFile, *, by: Actor) -> int:
    """Take every step back, the last one first, all or none; returns how many."""
    file = _lock(file)
    if file.state != State.APPLIED:
        raise NotApplied(file=file.name)
    for line in reversed(file.journal):
        noun, key = line["noun"], (line["key"][0], line["key"][1])
        if standing(file.programme).get((noun, key)) != line["after"]:
            raise ChangedSince(what=" · ".join(filter(None, key)), file=file.name)
        if line["before"] is not None:
            put(file.programme, noun, key, line["before"], by)
        elif noun == "understudy":
            put(file.programme, noun, key, {"understudy": ""}, by)
        else:
            take(file.programme, noun, key, by)
    _settle(file, State.UNDONE, by)
    audit.record("undo_tour_file", file, by=by, before={"steps": len(file.journal)}, unit_path=file.programme.unit.path)
    return len(file.journal)


def _lock(file: TourFile) -> TourFile:
    Programme.objects.select_for_update().get(pk=file.programme_id)
    return TourFile.objects.select_related("programme__unit").get(pk=file.pk)


def _settle(file: TourFile, state: str, by: Actor) -> None:
    file.state, file.settled, file.settled_by = state, clock.now(), by.get_username()
    file.save(update_fields=["state", "journal", "settled", "settled_by"])
