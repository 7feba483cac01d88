"""Who sees which programmes."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from ortoo.people.models import Account, Role
from ortoo.people.queries import below, has_role, roles_of, subtrees
from ortoo.programmes.models import Duty, Leg, Programme

LONGEST_NOTICE = timedelta(days=366)
ROUGH_MOST = 2000


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


def hosted_by(account: Account) -> QuerySet[Programme]:
    """Programmes whose duties the account signs off as the host: at its base, or where it has the host's role."""
    held = subtrees(account, Role.Kind.HOST)
    seen = below(held, "base__path") | below(held, "legs__base__path")
    lent = Q(roles__account=account, roles__kind=Role.Kind.HOST)
    return Programme.objects.filter(seen | lent).distinct()


def _codes_above(account: Account) -> set[str]:
    codes: set[str] = set()
    for role in roles_of(account):
        if role.kind == Role.Kind.CLERK and role.unit:
            codes.update(role.unit.path.strip("/").split("/"))
    return codes


def legs_of(programme: Programme) -> list[Leg]:
    """The legs in order; one query a request, as the route line asks for them too."""
    kept: list[Leg] | None = getattr(programme, "_legs_read", None)
    if kept is None:
        kept = list(programme.legs.select_related("base"))
        programme._legs_read = kept  # type: ignore[attr-defined]
    return kept


def overlaps(legs: Sequence[Leg]) -> list[tuple[Leg, Leg]]:
    """Pairs of legs that share a day, each with the one that starts later."""
    in_order = sorted(legs, key=lambda leg: (leg.starts, leg.ordinal))
    return [
        (first, second) for place, first in enumerate(in_order) for second in in_order[place + 1 :] if second.starts <= first.ends
    ]


def short_of_beds(legs: Sequence[Leg]) -> list[Leg]:
    """Legs whose beds for women and men together are fewer than their capacity."""
    return [
        leg
        for leg in legs
        if None not in (leg.capacity, leg.women_beds, leg.men_beds) and leg.women_beds + leg.men_beds < leg.capacity  # type: ignore[operator]
    ]


def duties_of(programme: Programme) -> QuerySet[Duty]:
    """All duties of a programme with their legs, leg by leg, in order of their days."""
    duties = Duty.objects.filter(leg__programme=programme).select_related("leg", "done_by")
    return duties.order_by("leg__ordinal", "-days_before", "pk")


def duties_waiting(programmes: QuerySet[Programme], until: date, most: int) -> list[Duty]:
    """Duties not done that are due by `until`, in programmes that aren't closed, soonest first; one query.

    The day is counted from the leg's first day, which both engines reckon differently; so the rough choice is made by
    the database (legs that begin before `until` plus the longest notice) and the exact one here.
    """
    open_ones = programmes.exclude(state__in=[Programme.State.CLOSED, Programme.State.DRAFT])
    rough = Duty.objects.filter(done_at=None, leg__programme__in=open_ones, leg__starts__lte=until + LONGEST_NOTICE)
    duties = [duty for duty in rough.select_related("leg__programme")[:ROUGH_MOST] if duty.due <= until]
    return sorted(duties, key=lambda duty: duty.due)[:most]
