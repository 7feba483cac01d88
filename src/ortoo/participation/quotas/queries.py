"""Who sees which quotas, candidates and requests."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ortoo.participation.models import Nomination
from ortoo.participation.quotas.models import Candidate, Quota, QuotaRequest
from ortoo.people.models import Account, Person, Role, Unit
from ortoo.people.queries import below, subtrees
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise
from ortoo.programmes.queries import changed_by, opened_by, organised_by

MOST_BELOW = 500
MOST_LIMITS = 100_000
# What the pages of one quota show and what decides who may do what there; an act reads it each time.
OF_QUOTA = (
    *("given", "passed", "filled", "unit__code", "unit__name", "unit__kind", "unit__path", "leg__ordinal", "leg__name"),
    *("above__above", "above__unit__name", "above__unit__path", "programme__unit__name", "programme__unit__path"),
    *(f"programme__{name}" for name in ("key", "kind", "title", "state", "zone", "base")),
)
State = Candidate.State


def quotas_visible_to(account: Account, programme: Programme) -> QuerySet[Quota]:
    """Organisers all quotas of the programme, clerks those of their own units and below."""
    rows = Quota.objects.filter(programme=programme).select_related("unit", "leg", "above__unit")
    if may_organise(account, programme):
        return rows
    rows = rows.filter(below(subtrees(account, Role.Kind.CLERK), "unit__path"))
    return rows if programme.state != Programme.State.DRAFT else rows.none()


def quotas_opened_by(account: Account) -> QuerySet[Quota]:
    """The same over all rotations that the account may open, each with its programme."""
    own = below(subtrees(account, Role.Kind.CLERK), "unit__path") & ~Q(programme__state=Programme.State.DRAFT)
    rows = Quota.objects.filter(opened_by(account, "programme__"), own | changed_by(account, "programme__"))
    rows = rows.filter(programme__kind=Programme.Kind.ROTATION).select_related("unit", "leg", "above__unit", "programme__unit")
    return rows.only(*OF_QUOTA)


def with_sums(rows: QuerySet[Quota]) -> QuerySet[Quota]:
    """Each quota with `people` (filled in it and in all quotas below), `confirmed` of these, and `units_below` it."""
    inside = Quota.objects.filter(programme=OuterRef("programme"), unit__path__startswith=OuterRef("unit__path"))
    inside = inside.alias(term=Coalesce("leg_id", 0)).filter(term=Coalesce(OuterRef("leg_id"), 0)).order_by()
    people = inside.values("programme").annotate(n=Sum("filled")).values("n")
    sure = inside.filter(candidates__state=State.CONFIRMED).values("programme").annotate(n=Count("candidates")).values("n")
    children = Quota.objects.filter(above=OuterRef("pk")).order_by().values("above").annotate(n=Count("pk")).values("n")
    return rows.annotate(people=_number(people), confirmed=_number(sure), units_below=_number(children))


def tops(account: Account, programme: Programme) -> list[Quota]:
    """The account's highest quotas, by term; one query."""
    seen = quotas_visible_to(account, programme)
    highest = seen.exclude(above__in=seen.values("pk"))
    return list(with_sums(highest).order_by("leg__ordinal", "unit__path")[:MOST_BELOW])


def over_capacity(programme: Programme) -> list[Quota]:
    """Totals for single terms that are higher than the term's capacity; one query."""
    rows = Quota.objects.filter(programme=programme, above=None, leg__capacity__lt=F("given"))
    return list(rows.select_related("leg").order_by("leg__ordinal"))


def branch_of(quota: Quota) -> list[Quota]:
    """The quotas given out of this one; one query."""
    rows = Quota.objects.filter(above=quota).select_related("unit", "leg", "above__unit")
    return list(with_sums(rows).order_by("unit__path")[:MOST_BELOW])


def units_to_share(quota: Quota) -> list[tuple[Unit, Quota | None]]:
    """The units right below, and those that have a quota out of this one already; two queries."""
    given = {each.unit_id: each for each in branch_of(quota)}
    wanted = Q(parent=quota.unit_id) | Q(pk__in=given)
    units = Unit.objects.filter(wanted).exclude(pk=quota.unit_id).order_by("path")[:MOST_BELOW]
    return [(unit, given.get(unit.pk)) for unit in units]


@dataclass(frozen=True)
class TermLimit:
    """At most so many people of a unit, by kind and code, on the term of this ordinal."""

    kind: str
    code: str
    ordinal: int
    at_most: int


def limits_by_term(programme: Programme) -> list[TermLimit]:
    """What quotas for terms allow: what a unit holds, and its people whom units above put forward out of their own; two queries."""
    rows = Quota.objects.filter(programme=programme).exclude(leg=None).order_by("leg__ordinal", "unit__path")
    quotas = list(rows.values_list("leg__ordinal", "unit__path", "unit__kind", "unit__code", "given")[:MOST_LIMITS])
    candidates = Candidate.objects.filter(programme=programme, state=State.CONFIRMED).exclude(quota__leg=None)
    chosen = candidates.exclude(person__unit=F("quota__unit")).values_list(
        "quota__leg__ordinal", "quota__unit__path", "person__unit__path"
    )
    beside: Counter[tuple[int, str]] = Counter()
    for ordinal, giver, home in chosen[:MOST_LIMITS]:
        beside.update((ordinal, path) for path in _between(giver, home))
    return [TermLimit(kind, code, ordinal, given + beside[ordinal, path]) for ordinal, path, kind, code, given in quotas]


def _between(above: str, path: str) -> list[str]:
    """The paths below `above` down to `path` itself."""
    parts = path.removeprefix(above).strip("/").split("/")
    return [f"{above}{'/'.join(parts[: number + 1])}/" for number in range(len(parts))]


def candidates_visible_to(account: Account, programme: Programme) -> QuerySet[Candidate]:
    """Candidates of the quotas that the account sees."""
    rows = Candidate.objects.filter(programme=programme, quota__in=quotas_visible_to(account, programme).values("pk"))
    return rows.select_related("person__unit__parent", "quota__unit", "quota__leg", "quota__above__unit", "instead_of")


def candidates_of(quota: Quota) -> list[Candidate]:
    """Everybody put forward against one quota; one query."""
    rows = quota.candidates.select_related("person__unit", "instead_of")
    return list(rows.order_by("person__unit__path", "person__staff_no"))


def to_decide(account: Account, programme: Programme) -> QuerySet[Candidate]:
    """Candidates that wait for this account: an organiser all undecided ones, a clerk those proposed further below."""
    rows = candidates_visible_to(account, programme)
    if may_organise(account, programme):
        return rows.filter(state__in=[State.PROPOSED, State.APPROVED])
    return rows.filter(below(subtrees(account, Role.Kind.CLERK), "quota__above__unit__path"), state=State.PROPOSED)


def requests_visible_to(account: Account, programme: Programme) -> QuerySet[QuotaRequest]:
    """Requests of the units whose quotas the account sees."""
    rows = QuotaRequest.objects.filter(quota__in=quotas_visible_to(account, programme).values("pk"))
    return rows.select_related("quota__unit", "quota__leg", "quota__above__unit", "quota__programme__unit")


def people_to_propose(quota: Quota, words: str = "", *, returned: bool = False) -> QuerySet[Person]:
    """The unit's people who aren't put forward, by name, pinyin or staff number; `returned`: whom a return nominated."""
    taken = Candidate.objects.filter(programme=quota.programme_id).exclude(state=State.SENT_BACK)
    rows = Person.objects.filter(unit__path__startswith=quota.unit.path).exclude(pk__in=taken.values("person_id"))
    if returned:
        rows = rows.filter(pk__in=Nomination.objects.filter(programme=quota.programme_id).values("person_id"))
    for word in words.lower().split():
        rows = rows.filter(search__contains=word)
    return rows.select_related("unit").order_by("unit__path", "staff_no")


def running(rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    """Rows of programmes in which quotas are at work: open or published."""
    return rows.filter(**{f"{path}__state__in": [Programme.State.OPEN, Programme.State.PUBLISHED]})


def own_quotas_to_fill(account: Account, most: int) -> Sequence[Quota]:
    """Quotas of the units that the account itself clerks for, with some in hand; one query."""
    units = [path.strip("/").split("/")[-1] for path in subtrees(account, Role.Kind.CLERK)]
    rows = running(Quota.objects.filter(unit__code__in=units, given__gt=0), "programme").select_related(
        "programme__quota_deadline", "unit", "leg"
    )
    return [quota for quota in rows.order_by("programme_id", "pk")[: most * 3] if quota.free][:most]


def waiting_by_programme(account: Account) -> list[tuple[Programme, dict[str, int]]]:
    """Programmes in which something waits: {"approve": candidates, "confirm": candidates, "answer": requests}; two queries."""
    organised = organised_by(account).values("pk")
    above = below(subtrees(account, Role.Kind.CLERK), "quota__above__unit__path")
    undecided = running(Candidate.objects.all(), "programme")
    asked = running(QuotaRequest.objects.filter(state=QuotaRequest.State.OPEN), "quota__programme")
    approve = undecided.filter(above, state=State.PROPOSED)
    confirm = undecided.filter(programme__in=organised, state=State.APPROVED)
    answer = asked.filter(above | Q(quota__programme__in=organised, quota__above__above=None))
    counted = _tally(approve, "programme", "approve").union(
        _tally(confirm, "programme", "confirm"), _tally(answer, "quota__programme", "answer")
    )
    found: dict[int, dict[str, int]] = {}
    for programme, kind, count in counted:
        found.setdefault(programme, {})[kind] = count
    programmes = Programme.objects.in_bulk(found) if found else {}
    return [(programmes[pk], found[pk]) for pk in sorted(found)]


def _tally(rows: QuerySet[Any], path: str, kind: str) -> QuerySet[Any]:
    """(programme's key, kind, how many) for each programme."""
    named = rows.order_by().annotate(at_programme=F(path), kind=Value(kind)).values_list("at_programme", "kind")
    counted: QuerySet[Any] = named.annotate(n=Count("pk", distinct=True))
    return counted


def _number(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)
