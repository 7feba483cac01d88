"""What happens when the seats of a stop are shared out by the solver."""

from django.db import transaction

from ortoo.kernel.actor import Actor
from ortoo.participation.domain.seat import give_seats, put_blocks
from ortoo.planning.adapters.seats import Shared
from ortoo.programmes.models import Leg


@transaction.atomic
def adopt_shares(leg: Leg, shared: Shared, *, by: Actor) -> None:
    """Give every delegation what was worked out, and lay the seats out where the hall has a plan; refused as a whole."""
    give_seats(leg, {line.delegation: line.seats for line in shared.lines}, by=by)
    if shared.blocks:
        put_blocks(leg, {who: places for who, places in shared.blocks.items() if places}, by=by)
