"""Who sees which programmes."""

from django.db.models import Q, QuerySet

from ortoo.people.models import Account, Role
from ortoo.people.queries import below, has_role, roles_of, subtrees
from ortoo.programmes.models import Leg, Programme


def organised_by(account: Account) -> QuerySet[Programme]:
    """Programmes that the account may change: organised in its subtree, or where it has the organiser's role."""
    own = below(subtrees(account, Role.Kind.ORGANISER), "unit__path")
    lent = Q(roles__account=account, roles__kind=Role.Kind.ORGANISER)
    return Programme.objects.filter(own | lent).distinct()


def visible_to(account: Account) -> QuerySet[Programme]:
    """Programmes that the account may open: its own, those of units above its clerks' units, those at its base."""
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return Programme.objects.all()
    seen = below(subtrees(account, Role.Kind.ORGANISER), "unit__path") | Q(roles__account=account)
    above = _codes_above(account)
    not_draft = ~Q(state=Programme.State.DRAFT)
    seen |= Q(unit__code__in=above) & not_draft
    held = subtrees(account, Role.Kind.HOST)
    seen |= (below(held, "base__path") | below(held, "legs__base__path")) & not_draft
    return Programme.objects.filter(seen).select_related("unit", "base").distinct()


def _codes_above(account: Account) -> set[str]:
    codes: set[str] = set()
    for role in roles_of(account):
        if role.kind == Role.Kind.CLERK and role.unit:
            codes.update(role.unit.path.strip("/").split("/"))
    return codes


def legs_of(programme: Programme) -> list[Leg]:
    """The legs in order; one query."""
    return list(programme.legs.select_related("base"))
