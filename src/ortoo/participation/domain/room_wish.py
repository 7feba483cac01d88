"""What happens to a participant's wishes for the night: said, changed, forgotten when the term is over."""

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import SYSTEM, Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.dorm.models import RoomWish
from ortoo.participation.models import Place
from ortoo.programmes.models import Leg


class NobodyOfThisName(Refused):
    sentence = _("On %(leg)s there is nobody of your sex called “%(name)s”. Write the name in full, or the staff number.")


class SeveralOfThisName(Refused):
    sentence = _("Several people on %(leg)s are called “%(name)s”. Write the staff number.")


class TermOver(Refused):
    sentence = _("%(leg)s is over.")


@transaction.atomic
def say_wish(place: Place, *, snores: bool, rhythm: str, wanted: str, by: Actor) -> RoomWish:
    """Keep what a participant says; `wanted` is a name or staff number on the same term, empty for nobody in particular."""
    if place.leg.state == "done":
        raise TermOver(leg=place.leg.name)
    other = _wanted(place, wanted.strip()) if wanted.strip() else None
    wish, _made = RoomWish.objects.update_or_create(place=place, defaults={"snores": snores, "rhythm": rhythm, "wanted": other})
    # What was said stays between the participant and whoever gives the rooms: the audit log only knows that it was.
    audit.record("say_room_wish", place, by=by, unit_path=place.programme.unit.path)
    return wish


def _wanted(place: Place, said: str) -> Place:
    others = Place.objects.filter(leg=place.leg, person__sex=place.person.sex).exclude(pk=place.pk)
    found = list(others.filter(person__staff_no=said)[:1]) or list(others.filter(person__name=said)[:2])
    if not found:
        raise NobodyOfThisName(leg=place.leg.name, name=said)
    if len(found) > 1:
        raise SeveralOfThisName(leg=place.leg.name, name=said)
    return found[0]


@transaction.atomic
def forget_wishes() -> int:
    """Delete the wishes of terms that are over; returns how many."""
    over = RoomWish.objects.filter(place__leg__ends__lt=clock.today())
    count = Counter(over.values_list("place__leg", flat=True))
    over.delete()
    for leg in Leg.objects.filter(pk__in=list(count)).select_related("programme__unit"):
        audit.record("forget_room_wishes", leg, by=SYSTEM, before={"wishes": count[leg.pk]}, unit_path=leg.programme.unit.path)
    return sum(count.values())
