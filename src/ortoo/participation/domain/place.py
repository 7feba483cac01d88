"""What happens to places: given when a plan is published, taken back when it is withdrawn."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.dorm.models import Bed, RoomWish
from ortoo.participation.models import Place
from ortoo.programmes.models import Leg, Programme


class PlacesGiven(Refused):
    sentence = _("%(programme)s already has published places. Withdraw that plan first.")


@transaction.atomic
def give_places(programme: Programme, seats: Sequence[tuple[int, Leg]], *, source: str, by: Actor) -> int:
    """Give each person (key) a place on a leg; returns how many. All or none."""
    if programme.places.exists():
        raise PlacesGiven(programme=programme.title)
    moment = clock.now()
    rows = [Place(programme=programme, leg=leg, person_id=pk, source=source, given=moment) for pk, leg in seats]
    Place.objects.bulk_create(rows, batch_size=500)
    audit.record("give_places", programme, by=by, after={"source": source, "places": len(rows)})
    return len(rows)


@transaction.atomic
def change_places(programme: Programme, seats: Mapping[int, Leg], *, source: str, by: Actor) -> int:
    """Make these the programme's places: who keeps a place keeps it as it was given; returns for how many it differs."""
    moment = clock.now()
    old = {place.person_id: place for place in Place.objects.select_for_update().filter(programme=programme)}
    lost = [place.pk for person, place in old.items() if person not in seats]
    moved = [old[person] for person, leg in seats.items() if person in old and old[person].leg_id != leg.pk]
    for place in moved:
        place.leg, place.given = seats[place.person_id], moment
    new = [Place(programme=programme, leg=leg, person_id=pk, given=moment) for pk, leg in seats.items() if pk not in old]
    # A bed and a wish for the night belong to the term that somebody leaves.
    Bed.objects.filter(place__in=moved).delete()
    RoomWish.objects.filter(place__in=moved).delete()
    Place.objects.filter(pk__in=lost).delete()
    Place.objects.bulk_update(moved, ["leg", "given"], batch_size=200)
    Place.objects.bulk_create(new, batch_size=500)
    Place.objects.filter(programme=programme).update(source=source)
    after = {"source": source, "lost": len(lost), "moved": len(moved), "new": len(new)}
    audit.record("change_places", programme, by=by, after=after)
    return len(lost) + len(moved) + len(new)


@transaction.atomic
def take_places_back(programme: Programme, *, source: str, by: Actor) -> int:
    """Take back the places that `source` gave; returns how many."""
    count, _each = Place.objects.filter(programme=programme, source=source).delete()
    audit.record("take_places_back", programme, by=by, before={"source": source, "places": count})
    return count
