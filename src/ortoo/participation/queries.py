"""Who sees which nominations and places."""

from django.db.models import Q, QuerySet

from ortoo.participation.models import Nomination, Place
from ortoo.people.models import Account, Role
from ortoo.people.queries import SEES_PEOPLE, below, has_role, subtrees
from ortoo.programmes.models import Programme


def nominations_visible_to(account: Account) -> QuerySet[Nomination]:
    """Nominations of the account's own people and of the programmes it organises."""
    return Nomination.objects.filter(_seen(account)).select_related("person__unit__parent__parent")


def places_visible_to(account: Account) -> QuerySet[Place]:
    """Places of the account's own people, of programmes it organises, and on legs held at its base."""
    held = below(subtrees(account, Role.Kind.HOST), "leg__base__path")
    host = Q(programme__roles__account=account, programme__roles__kind=Role.Kind.HOST)
    return Place.objects.filter(_seen(account) | held | host).select_related("person__unit__parent", "leg").distinct()


def _seen(account: Account) -> Q:
    seen = below(subtrees(account, *SEES_PEOPLE), "person__unit__path")
    seen |= Q(programme__roles__account=account, programme__roles__kind=Role.Kind.ORGANISER)
    if account.person_id:
        seen |= Q(person_id=account.person_id)
    return seen


def programmes_of_person(account: Account) -> QuerySet[Programme]:
    """Programmes in which the account's own person is nominated or has a place."""
    if not account.person_id or not has_role(account, *Role.Kind.values):
        return Programme.objects.none()
    mine = Q(nominations__person_id=account.person_id) | Q(places__person_id=account.person_id)
    return Programme.objects.filter(mine).distinct()
