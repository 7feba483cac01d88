"""Who opens the list of nominated people."""

from ortoo.people.models import Account
from ortoo.people.queries import SEES_PEOPLE, has_role
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise


def may_see_nominations(account: Account, programme: Programme) -> bool:
    """Organisers see everybody nominated, clerks their own people; hosts see places only, on the plan."""
    return has_role(account, *SEES_PEOPLE) or may_organise(account, programme)
