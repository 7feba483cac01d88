"""What an account may do with delegations and seats."""

from ortoo.participation.models import Delegation
from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role, subtrees
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_host_leg, may_organise


def may_see_delegations(account: Account, programme: Programme) -> bool:
    """Open the list: organisers all of it, clerks what is theirs."""
    return may_organise(account, programme) or has_role(account, Role.Kind.CLERK)


def may_fill(account: Account, delegation: Delegation) -> bool:
    """Claim, give back and name seats: organisers, and clerks of the delegation's unit."""
    if may_organise(account, delegation.leg.programme):
        return True
    return delegation.unit is not None and any(
        delegation.unit.path.startswith(path) for path in subtrees(account, Role.Kind.CLERK)
    )


def may_see_hall(account: Account, leg: Leg) -> bool:
    """Open the plan of the hall: who sets it up and who organises; it shows delegations, nobody's name."""
    return may_host_leg(account, leg)
