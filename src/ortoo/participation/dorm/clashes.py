"""Rooms that two terms have on one of the same days, because the days of one were changed after its beds were given."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ortoo.participation.dorm.models import Bed, DormRoom
from ortoo.programmes.models import Leg

Given = dict[DormRoom, dict[Leg, set[int]]]


@dataclass(frozen=True)
class Clash:
    """A room that `leg` has and `other` has too from the `first` to the `last` day; `beds`: those that both have given."""

    room: DormRoom
    leg: Leg
    other: Leg
    beds: tuple[int, ...]
    first: date
    last: date


def clashes_of(legs: Sequence[Leg]) -> list[Clash]:
    """Each pair once, by room, on the days that these legs have or (copies, not saved) are to have; two queries."""
    own = {leg.pk: leg for leg in legs}
    rooms = set(Bed.objects.filter(leg__in=own).values_list("room", flat=True))
    if not rooms:
        return []
    then = Q(leg__starts__lte=max(leg.ends for leg in legs), leg__ends__gte=min(leg.starts for leg in legs))
    beds = Bed.objects.filter(then | Q(leg__in=own), room__in=rooms).select_related("room", "leg__programme")
    given: Given = defaultdict(lambda: defaultdict(set))
    for bed in beds.order_by("room", "leg__starts", "leg"):
        given[bed.room][own.get(bed.leg_id, bed.leg)].add(bed.number)
    return [clash for room, terms in given.items() for clash in _of_room(room, terms, set(own))]


def _of_room(room: DormRoom, terms: dict[Leg, set[int]], own: set[int]) -> Iterator[Clash]:
    for leg, beds in terms.items():
        for other, others in terms.items():
            twice = other.pk in own and leg.pk >= other.pk
            first, last = max(leg.starts, other.starts), min(leg.ends, other.ends)
            if leg.pk in own and leg != other and not twice and first <= last:
                yield Clash(room, leg, other, tuple(sorted(beds & others)), first, last)
