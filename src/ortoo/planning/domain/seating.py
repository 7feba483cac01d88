"""What happens when the seats of a stop are shared out by the solver."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.layout import hall_of, put_blocks
from ortoo.participation.domain.seat import give_seats
from ortoo.planning.adapters.seats import Shared, lay_out
from ortoo.programmes.models import Leg


class NoPlan(Refused):
    sentence = _("%(hall)s has no plan of its rows yet.")


@transaction.atomic
def adopt_shares(leg: Leg, shared: Shared, *, by: Actor) -> None:
    """Give every delegation what was worked out, and lay the seats out where the hall has a plan; refused as a whole."""
    give_seats(leg, {line.delegation: line.seats for line in shared.lines}, by=by)
    if shared.blocks:
        put_blocks(leg, {who: laid for who, laid in shared.blocks.items() if laid.places}, by=by)


def lay_seats(leg: Leg, *, by: Actor) -> Shared:
    """Lay out the seats that delegations have, in blocks of their own, by the solver."""
    if not hall_of(leg).rows:
        raise NoPlan(hall=hall_of(leg))
    shared = lay_out(leg)
    put_blocks(leg, {who: laid for who, laid in shared.blocks.items() if laid.places}, by=by)
    return shared
