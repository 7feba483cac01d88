"""Who sees which programmes."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from ortoo.kernel import clock
from ortoo.people.models import Account, Role
from ortoo.people.queries import below, has_role, roles_of, subtrees
from ortoo.programmes.models import Appearance, Duty, Leg, Programme, ProgrammeRole, Rehearsal, Script, Speaker, Talk

LONGEST_NOTICE = timedelta(days=366)
ROUGH_MOST = 2000


def organised_by(account: Account) -> QuerySet[Programme]:
    """Programmes that the account may change: organised in its subtree, or where it has the organiser's role."""
    return Programme.objects.filter(changed_by(account))


def changed_by(account: Account, at: str = "") -> Q:
    """That the account may change the programme which rows have `at` this place (`"programme__"`)."""
    lent = {role.programme_id for role in lent_to(account) if role.kind == Role.Kind.ORGANISER}
    return below(subtrees(account, Role.Kind.ORGANISER), f"{at}unit__path") | Q(**{f"{at}pk__in": lent})


def lent_to(account: Account) -> list[ProgrammeRole]:
    """The account's roles in single programmes, read once a request."""
    kept: list[ProgrammeRole] | None = getattr(account, "_lent_read", None)
    if kept is None:
        kept = list(ProgrammeRole.objects.filter(account_id=account.pk).order_by()) if account.pk else []
        account._lent_read = kept  # type: ignore[attr-defined]
    return kept


def visible_to(account: Account) -> QuerySet[Programme]:
    """Programmes that the account may open: its own, those of units above its clerks' units, at its base, where it speaks."""
    return Programme.objects.filter(opened_by(account)).select_related("unit", "base")


def opened_by(account: Account, at: str = "") -> Q:
    """That the account may open the programme which rows have `at` this place (`"programme__"`); no row comes twice by it."""
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return Q()
    seen = below(subtrees(account, Role.Kind.ORGANISER), f"{at}unit__path")
    seen |= Q(**{f"{at}pk__in": {role.programme_id for role in lent_to(account)}})
    others = Q(**{f"{at}unit__code__in": _codes_above(account)})
    if held := subtrees(account, Role.Kind.HOST):
        stops = Leg.objects.filter(below(held, "base__path")).values("programme_id")
        others |= below(held, f"{at}base__path") | Q(**{f"{at}pk__in": stops})
    if account.person_id:
        others |= Q(**{f"{at}pk__in": Speaker.objects.filter(person_id=account.person_id).values("programme_id")})
    return seen | others & ~Q(**{f"{at}state": Programme.State.DRAFT})


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
        for leg in kept:
            leg.programme = programme
        programme._legs_read = kept  # type: ignore[attr-defined]
    return kept


def overlaps(legs: Sequence[Leg]) -> list[tuple[Leg, Leg]]:
    """Pairs of legs that share a day, each with the one that starts later; legs without a day share none."""
    in_order = sorted((leg for leg in legs if leg.settled), key=lambda leg: (leg.starts, leg.ordinal))
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
    duties = Duty.objects.filter(leg__programme=programme).select_related("leg", "done_by", "owner", "lesson__leg")
    return duties.order_by("leg__ordinal", "-days_before", "pk")


def legs_signed_by(account: Account) -> QuerySet[Leg]:
    """Legs whose duties the account signs off: of programmes it organises, at its base, or where it has the host's role."""
    held = subtrees(account, Role.Kind.HOST)
    kinds = [Role.Kind.HOST, Role.Kind.ORGANISER]
    lent = ProgrammeRole.objects.filter(account_id=account.pk, kind__in=kinds).values("programme_id")
    own = below(subtrees(account, Role.Kind.ORGANISER), "programme__unit__path")
    held_here = below(held, "base__path") | below(held, "programme__base__path")
    return Leg.objects.filter(own | held_here | Q(programme__in=lent))


def duties_waiting(legs: QuerySet[Leg], until: date, most: int) -> list[Duty]:
    """Duties of these legs not done that are due by `until`, in programmes under way, soonest first; one query.

    The day is counted from the leg's first day, which both engines reckon differently; so the rough choice is made by
    the database (legs that begin before `until` plus the longest notice) and the exact one here.
    """
    return _due(Q(leg__in=legs), until, most)


def duties_owned(account: Account, until: date, most: int) -> list[Duty]:
    """The same for duties for which the account itself answers, whoever signs them off."""
    return _due(Q(owner_id=account.pk), until, most)


def _due(which: Q, until: date, most: int) -> list[Duty]:
    idle = [Programme.State.CLOSED, Programme.State.DRAFT]
    rough = Duty.objects.filter(which, done_at=None, leg__settled=True, leg__starts__lte=until + LONGEST_NOTICE)
    rough = rough.exclude(leg__programme__state__in=idle)
    duties = [(duty.due, duty) for duty in rough.select_related("leg__programme")[:ROUGH_MOST]]
    return [duty for due, duty in sorted(((d, x) for d, x in duties if d and d <= until), key=lambda each: each[0])][:most]


def hosts_of(leg: Leg) -> QuerySet[Account]:
    """Accounts that may answer for something at a leg: hosts of its base, and hosts and organisers of the programme."""
    bases = [base.path for base in (leg.base, leg.programme.base) if base]
    codes = {code for path in bases for code in path.strip("/").split("/")}
    here = Q(roles__kind=Role.Kind.HOST, roles__unit__code__in=codes)
    above = leg.programme.unit.path.strip("/").split("/")
    here |= Q(roles__kind=Role.Kind.ORGANISER, roles__unit__code__in=above)
    lent = Q(programme_roles__programme=leg.programme, programme_roles__kind__in=[Role.Kind.HOST, Role.Kind.ORGANISER])
    return Account.objects.filter(here | lent, is_active=True).distinct()


def stops_of(programme: Programme) -> QuerySet[Leg]:
    """The stops of a tour in order, with place, halls and how many talks; two queries."""
    rows = programme.legs.select_related("base").annotate(talks_count=Count("appearances"))
    return rows.prefetch_related("halls").order_by("ordinal")


def speaker_of(account: Account, programme: Programme) -> Speaker | None:
    """The account's own person as a speaker of the tour; one query a request, as every page link asks."""
    kept: dict[int | None, Speaker | None] = programme.__dict__.setdefault("_speaker_read", {})
    person = account.person_id
    if person not in kept:
        kept[person] = programme.speakers.filter(person_id=person).first() if person else None
    return kept[person]


def speakers_of(programme: Programme) -> QuerySet[Speaker]:
    """The speakers of a tour with their person, unit, understudy and talks; two queries."""
    rows = programme.speakers.select_related("person__unit", "unit", "understudy__person")
    return rows.prefetch_related("talks")


def talks_of(programme: Programme, speaker: Speaker | None = None) -> QuerySet[Talk]:
    """The talks of a tour; with a speaker only their own and those for which they are the understudy."""
    rows = programme.talks.select_related("speaker__person", "speaker__understudy__person")
    return rows.filter(Q(speaker=speaker) | Q(speaker__understudy=speaker)) if speaker else rows


def talks_in_list(programme: Programme, speaker: Speaker | None = None) -> list[Talk]:
    """The same with what a list shows of each: its newest script and its newest rehearsal; one query."""
    newest = Script.objects.filter(talk=OuterRef("pk")).order_by("-number")
    tried = Rehearsal.objects.filter(talk=OuterRef("pk")).order_by("-day", "-pk")
    return list(
        talks_of(programme, speaker).annotate(
            version=Subquery(newest.values("number")[:1]),
            signed_at=Subquery(newest.values("signed_at")[:1]),
            last_seconds=Subquery(tried.values("seconds")[:1]),
            last_day=Subquery(tried.values("day")[:1]),
        )
    )


def talks_to_sign(account: Account) -> QuerySet[Talk]:
    """Talks of tours that the account organises whose newest script is not signed off."""
    newest = Script.objects.filter(talk=OuterRef("pk")).order_by("-number")
    rows = Talk.objects.filter(programme__in=organised_by(account)).exclude(programme__state=Programme.State.CLOSED)
    rows = rows.annotate(version=Subquery(newest.values("number")[:1]), signed_at=Subquery(newest.values("signed_at")[:1]))
    return rows.filter(version__isnull=False, signed_at=None).select_related("programme")


def appearances_to_come(account: Account) -> QuerySet[Appearance]:
    """Where the account's own person tells something today or later, by day; three queries."""
    if account.person is None:
        return Appearance.objects.none()
    idle = [Programme.State.CLOSED, Programme.State.DRAFT]
    rows = Appearance.objects.filter(teller__person=account.person, leg__settled=True, leg__ends__gte=clock.today())
    rows = rows.exclude(leg__programme__state__in=idle).select_related("leg__programme", "talk")
    return rows.prefetch_related("leg__halls").order_by("leg__starts", "position")


def order_of(leg: Leg) -> list[Appearance]:
    """The running order of a stop; one query."""
    paths = ("talk__speaker__person", "talk__speaker__understudy__person", "teller__person")
    order = list(leg.appearances.select_related(*paths))
    for each in order:
        each.leg = leg
    return order


def stops_with_orders(programme: Programme) -> list[Leg]:
    """The stops of a tour, each with its halls and its running order; five queries."""
    paths = ("talk__speaker__person", "talk__speaker__understudy__person", "teller__person")
    appearances = Appearance.objects.select_related(*paths)
    return list(stops_of(programme).prefetch_related(Prefetch("appearances", appearances)))
