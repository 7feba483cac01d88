"""Who sees what people lack."""

from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_host


def may_see_needs(account: Account, programme: Programme) -> bool:
    """Organisers and hosts over everybody, clerks over their own people; numbers only."""
    return may_host(account, programme) or has_role(account, Role.Kind.CLERK)
