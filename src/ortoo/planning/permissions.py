"""What an account may do with rules and plans."""

from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role, subtrees
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_host, may_organise

__all__ = ["may_ask_about_units", "may_ask_why", "may_get_notices", "may_host", "may_organise", "may_see_plan"]


def may_see_plan(account: Account, programme: Programme) -> bool:
    """The board shows everybody in the programme: for those who organise it, and its host once it is published."""
    published = programme.state == Programme.State.PUBLISHED
    return may_organise(account, programme) or (published and may_host(account, programme))


def may_get_notices(account: Account, programme: Programme) -> bool:
    """Organisers all notices, clerks those of their own units, once published."""
    if may_organise(account, programme):
        return True
    mine = subtrees(account, Role.Kind.CLERK)
    inside = any(path.startswith(programme.unit.path) for path in mine)
    return has_role(account, Role.Kind.CLERK) and inside and programme.state == Programme.State.PUBLISHED


def may_ask_about_units(account: Account, programme: Programme) -> bool:
    """Why units have their numbers: whoever gets the units' notices."""
    return may_get_notices(account, programme)


def may_ask_why(account: Account, programme: Programme) -> bool:
    """Why their people have their terms: organisers; clerks and participants once the plan is published."""
    if may_organise(account, programme):
        return True
    inside = any(path.startswith(programme.unit.path) for path in subtrees(account, Role.Kind.CLERK))
    own = account.person_id is not None and programme.nominations.filter(person_id=account.person_id).exists()
    return programme.state == Programme.State.PUBLISHED and (inside or own)
