"""What happens to lessons: written after a stop, carried into the checklist of the next."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.programmes.models import Duty, Leg, Lesson


class LessonTwice(Refused):
    sentence = _("This lesson of %(stop)s is written down already.")


class StopToCome(Refused):
    sentence = _("%(stop)s has not been held yet. Write a lesson down on its day or after it.")


@dataclass(frozen=True)
class LessonDraft:
    """A lesson: what to do differently, which department, how many days before the day of the next stop."""

    text: str
    department: str = ""
    days_before: int = 1


@transaction.atomic
def write_lesson(leg: Leg, draft: LessonDraft, *, by: Actor) -> Lesson:
    """Keep a lesson, and put it on the checklist of the next stop; after the last stop it is only kept."""
    if leg.state == "next":
        raise StopToCome(stop=leg.name)
    if leg.lessons.filter(text=draft.text).exists():
        raise LessonTwice(stop=leg.name)
    following = next_stop(leg)
    lesson = Lesson.objects.create(
        leg=leg,
        text=draft.text,
        department=draft.department,
        days_before=draft.days_before,
        carried_to=following,
        written_at=clock.now(),
        written_by_id=by.pk,
    )
    if following:
        _carry(lesson, following)
    after = {"text": draft.text, "carried_to": following.name if following else None}
    audit.record("write_lesson", leg, by=by, after=after, unit_path=leg.programme.unit.path)
    return lesson


def next_stop(leg: Leg) -> Leg | None:
    """The first stop after this one on the route that is still to come."""
    return next((each for each in leg.programme.legs.filter(ordinal__gt=leg.ordinal) if each.state == "next"), None)


def _carry(lesson: Lesson, leg: Leg) -> None:
    """On the checklist once: a duty of the same words stays, and is marked with the lesson."""
    said = {"department": lesson.department, "days_before": lesson.days_before, "lesson": lesson}
    duty, new = Duty.objects.get_or_create(leg=leg, title=lesson.text, defaults=said)
    if not new and duty.lesson is None:
        duty.lesson = lesson
        duty.save(update_fields=["lesson"])
