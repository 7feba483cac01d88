"""The days that belong into an account's calendar: own terms, own appearances, what is held and to be done at its base."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from ortoo.kernel import clock
from ortoo.participation.models import Place
from ortoo.participation.queries import room_told
from ortoo.people.models import Account, Role
from ortoo.people.queries import below, has_role, subtrees
from ortoo.programmes.models import Appearance, Duty, Leg, Programme, ProgrammeRole

#: What ended longer ago is no longer in the calendar.
PAST = timedelta(days=60)
MOST = 500


@dataclass(frozen=True)
class Day:
    """An entry of whole days, both inclusive, in a zone."""

    uid: str
    summary: str
    starts: date
    ends: date
    zone: str
    location: str = ""
    description: str = ""

    @property
    def said(self) -> dict[str, str]:
        """As it is kept: dates as ISO text."""
        return {name: str(value) for name, value in asdict(self).items() if name != "uid"}


def days_of(account: Account) -> list[Day]:
    """What the account has to do with, and nobody else's; five queries at most."""
    if not account.is_active or not has_role(account, *Role.Kind.values):
        return []
    return [*_terms(account), *_appearances(account), *_held(account), *_duties(account)]


def _terms(account: Account) -> Iterator[Day]:
    if not account.person_id:
        return
    places = Place.objects.filter(_lately("leg__"), person_id=account.person_id).exclude(leg__programme__state="draft")
    for place in places.select_related("leg__programme__base", "leg__base", "leg__rooming", "bed__room")[:MOST]:
        programme = place.leg.programme
        bring = _("What to bring: %(bring)s") % {"bring": programme.bring} if programme.bring else ""
        yield _day(
            f"term-{programme.key}-{account.pk}", place.leg, "\n".join(filter(None, [room_told(place), bring, programme.contact]))
        )


def _appearances(account: Account) -> Iterator[Day]:
    """A day for each stop, with all that the speaker tells there."""
    if not account.person_id:
        return
    own = Appearance.objects.filter(teller__person_id=account.person_id).select_related("talk")
    legs = _legs(Q(pk__in=own.values("leg_id"))).prefetch_related(Prefetch("appearances", own, to_attr="told"))
    for leg in legs:
        yield _day(f"stop-{leg.pk}-{account.pk}", leg, "\n".join(str(each.talk) for each in leg.told))


def _held(account: Account) -> Iterator[Day]:
    for leg in _legs(_hosted(account)):
        yield _day(f"leg-{leg.pk}", leg, leg.programme.contact)


def _duties(account: Account) -> Iterator[Day]:
    """The checklists of what is held at the base, and duties for which the account itself answers."""
    which = Q(leg__in=Leg.objects.filter(_hosted(account))) | Q(owner_id=account.pk)
    duties = Duty.objects.filter(_lately("leg__"), which, leg__settled=True).exclude(leg__programme__state="draft")
    for duty in duties.select_related("leg__programme")[:MOST]:
        if duty.due:
            title = f"✓ {duty.title}" if duty.done_at else duty.title
            summary = f"{title} · {duty.leg.name}"
            yield Day(f"duty-{duty.pk}", summary, duty.due, duty.due, duty.leg.programme.zone, "", duty.department)


def _hosted(account: Account) -> Q:
    held = subtrees(account, Role.Kind.HOST)
    lent = ProgrammeRole.objects.filter(account_id=account.pk, kind=Role.Kind.HOST).values("programme_id")
    here = below(held, "base__path") | Q(base=None) & below(held, "programme__base__path")
    return here | Q(programme__in=lent)


def _legs(which: Q) -> QuerySet[Leg]:
    legs = Leg.objects.filter(_lately(), which, settled=True).exclude(programme__state=Programme.State.DRAFT)
    return legs.select_related("programme__base", "base")[:MOST]


def _lately(to_leg: str = "") -> Q:
    return Q(**{f"{to_leg}ends__gte": clock.today() - PAST})


def _day(uid: str, leg: Leg, description: str) -> Day:
    base = leg.base or leg.programme.base
    title = f"{leg.programme.title} {leg.name}"
    return Day(uid, title, leg.starts, leg.ends, leg.programme.zone, base.name if base else "", description)
