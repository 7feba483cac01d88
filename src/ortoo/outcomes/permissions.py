"""What an account may do with messages and reflections."""

from ortoo.outcomes.models import Reflection
from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise


def may_moderate(account: Account, programme: Programme) -> bool:
    """Read messages before others do, accept them or keep them back; open the desk; see what may be quoted."""
    return may_organise(account, programme)


def may_read_reflections(account: Account, programme: Programme) -> bool:
    """Organisers all of them; clerks those of their own units, and they write down for their people."""
    return has_role(account, Role.Kind.CLERK) or may_organise(account, programme)


def is_author(account: Account, reflection: Reflection) -> bool:
    """Only whoever wrote it takes it back or allows more than before."""
    return account.person_id is not None and account.person_id == reflection.person_id
