"""What an account may do with a programme."""

from ortoo.people.models import Account, Role
from ortoo.people.queries import has_role, subtrees
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import legs_of


def may_organise(account: Account, programme: Programme) -> bool:
    """Change it, read returns, plan, publish."""
    if any(programme.unit.path.startswith(path) for path in subtrees(account, Role.Kind.ORGANISER)):
        return True
    return Role.Kind.ORGANISER in _lent(account, programme)


def may_host(account: Account, programme: Programme) -> bool:
    """Sign off duties at the base."""
    held = subtrees(account, Role.Kind.HOST)
    bases = [programme.base, *(leg.base for leg in legs_of(programme))] if held else []
    if any(base.path.startswith(path) for base in bases if base for path in held):
        return True
    return Role.Kind.HOST in _lent(account, programme) or may_organise(account, programme)


def may_see(account: Account, programme: Programme) -> bool:
    """Open pages that everybody may open who sees the programme at all."""
    return True


def may_start_programme(account: Account) -> bool:
    """Begin a new programme somewhere."""
    return has_role(account, Role.Kind.ORGANISER)


def _lent(account: Account, programme: Programme) -> set[str]:
    """The account's roles in this programme only; one query a request, as every page link asks."""
    kept: dict[int | None, set[str]] = programme.__dict__.setdefault("_roles_lent", {})
    if account.pk not in kept:
        kept[account.pk] = set(programme.roles.filter(account_id=account.pk).values_list("kind", flat=True))
    return kept[account.pk]
