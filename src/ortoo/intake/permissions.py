"""What an account may do with returns."""

from ortoo.intake.models import Delivery
from ortoo.people.models import Account, Role, Unit
from ortoo.people.queries import has_role, roles_of, subtrees
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise


def may_return(account: Account, programme: Programme) -> bool:
    """Drop files for the programme: its organisers, and clerks of units that take part."""
    return bounds_of(account, programme) is not None


def bounds_of(account: Account, programme: Programme) -> Unit | None:
    """The unit whose people the account's files may name; None when it may drop none."""
    if may_organise(account, programme):
        return programme.unit
    clerks = [role.unit for role in roles_of(account) if role.kind == Role.Kind.CLERK and role.unit]
    inside = [unit for unit in clerks if programme.unit.holds(unit.path)]
    if inside:
        return min(inside, key=lambda unit: unit.path.count("/"))
    # A clerk of the organising unit or above it answers for everybody in the programme.
    return programme.unit if any(unit.holds(programme.unit.path) for unit in clerks) else None


def may_handle(account: Account, delivery: Delivery) -> bool:
    """Decide, apply and undo: organisers any delivery, clerks those that stay inside their units."""
    if delivery.programme is None:
        return may_record_units(account)
    if may_organise(account, delivery.programme):
        return True
    path = delivery.unit.path if delivery.unit else "/"
    return any(path.startswith(own) for own in subtrees(account, Role.Kind.CLERK))


def units_bound_of(account: Account) -> Unit | None:
    """Below which unit an account may change the directory: none for administrators, an organiser's own otherwise."""
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return None
    own = [role.unit for role in roles_of(account) if role.kind == Role.Kind.ORGANISER and role.unit]
    return min(own, key=lambda unit: unit.path.count("/"), default=None)


def may_record_units(account: Account) -> bool:
    """Take in a directory of units: the administrator and organisers."""
    return has_role(account, Role.Kind.ADMINISTRATOR, Role.Kind.ORGANISER)
