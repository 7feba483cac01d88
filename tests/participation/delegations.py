"""A stop with a hall of 60 seats and three delegations that ask for 75."""

from dataclasses import dataclass

from tests.programmes.stage import Stage
from tests.programmes.tour import Tour, build_tour

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.delegation import DelegationDraft, add_delegation
from ortoo.participation.domain.layout import Laid, places_in, put_blocks
from ortoo.participation.models import Delegation, Seat
from ortoo.programmes.models import Leg


@dataclass
class House:
    """The hall of the stop that is on today, and who wants to come; `own` belongs to the clerk's unit."""

    tour: Tour
    leg: Leg
    first: Delegation
    own: Delegation
    late: Delegation


def lay(leg: Leg) -> None:
    """The seats given, one after another from the stage, whatever lies between; wheelchairs on wheelchair places."""
    hall = leg.halls.get(chosen=True)
    bays = iter(hall.wheelchair_places)
    line = iter(place for place in places_in(hall) if place not in set(hall.wheelchair_places))
    blocks = {}
    for each in leg.delegations.all():
        chairs = each.seats.filter(need=Seat.Need.WHEELCHAIR).count()
        blocks[each] = Laid([next(line) for _seat in range(each.given - chairs)], [next(bays) for _seat in range(chairs)])
    put_blocks(leg, blocks, by=SYSTEM)


def build_house(stage: Stage, tour: Tour | None = None) -> House:
    """Nothing is given yet."""
    tour = tour or build_tour(stage)
    leg = tour.stops[1]
    drafts = [
        DelegationDraft("指导组", 15, priority=1, contact="某主任", phone="139-1"),
        DelegationDraft("甲市代表团", 30, kind="分局", priority=2, unit_id=stage.units["150101"].pk),
        DelegationDraft("社会各界", 30, priority=4, unit_id=stage.units["150201"].pk),
    ]
    return House(tour, leg, *[add_delegation(leg, draft, by=SYSTEM) for draft in drafts])
