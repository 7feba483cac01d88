"""What an account may do with a programme."""

from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role, subtrees
from ortoo.programmes.models import Programme


def may_organise(account: Account, programme: Programme) -> bool:
    """Change it, read returns, plan, publish."""
    if any(programme.unit.path.startswith(path) for path in subtrees(account, Role.Kind.ORGANISER)):
        return True
    return programme.roles.filter(account_id=account.pk, kind=Role.Kind.ORGANISER).exists()


def may_host(account: Account, programme: Programme) -> bool:
    """Sign off duties at the base."""
    base = programme.base.path if programme.base else ""
    if base and any(base.startswith(path) for path in subtrees(account, Role.Kind.HOST)):
        return True
    return programme.roles.filter(account_id=account.pk, kind=Role.Kind.HOST).exists() or may_organise(
        account, programme
    )


def may_start_programme(account: Account) -> bool:
    """Begin a new programme somewhere."""
    return has_role(account, Role.Kind.ORGANISER)
