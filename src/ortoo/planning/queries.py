"""What is seen of plans: counts by term and unit, lists, notices."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from ortoo.participation.models import Nomination, Place
from ortoo.people.models import Account, Person, Role, Unit
from ortoo.people.queries import below, subtrees
from ortoo.planning.models import Plan, PlanPlace, Publication
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_organise


@dataclass
class TermCount:
    """How full a term is: persons, women, men against the leg's limits."""

    leg: Leg
    people: int = 0
    women: int = 0
    men: int = 0


@dataclass
class CountyRow:
    """A county's persons by leg ordinal, with its name and its prefecture's."""

    code: str
    name: str
    prefecture: str
    nominees: int = 0
    by_leg: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def plans_of(programme: Programme) -> QuerySet[Plan]:
    """All plans of a programme, the newest first."""
    return Plan.objects.filter(programme=programme)


def nominations_to_plan(plan: Plan) -> QuerySet[Nomination]:
    """Everybody nominated, with their unit, county and prefecture; by staff number."""
    nominations = Nomination.objects.filter(programme=plan.programme).select_related("person__unit__parent__parent")
    return nominations.order_by("person__staff_no")


def nominated_no_more(plan: Plan) -> list[str]:
    """Names of those who have a place in the plan, but no nomination any more."""
    now = Nomination.objects.filter(programme=plan.programme_id).values("person_id")
    places = plan.places.filter(leg__isnull=False).exclude(person__in=now)
    return list(places.order_by("person__staff_no").values_list("person__name", flat=True))


def nominated_since(plan: Plan) -> list[str]:
    """Names of those whom a plan knows nothing of; who fell away by it is not one of them."""
    known = plan.places.values("person_id")
    others = Nomination.objects.filter(programme=plan.programme_id).exclude(person__in=known)
    others = others.exclude(person__staff_no__in=plan.asked.get("gone", []))
    return list(others.order_by("person__staff_no").values_list("person__name", flat=True))


def term_counts(plan: Plan, legs: list[Leg]) -> list[TermCount]:
    """One query."""
    found = {leg.pk: TermCount(leg) for leg in legs}
    rows = plan.places.filter(leg__isnull=False).values("leg_id").annotate(
        people=Count("id"), women=Count("id", filter=Q(person__sex="女")), men=Count("id", filter=Q(person__sex="男"))
    )  # fmt: skip
    for row in rows:
        count = found[row["leg_id"]]
        count.people, count.women, count.men = row["people"], row["women"], row["men"]
    return list(found.values())


def county_rows(plan: Plan) -> list[CountyRow]:
    """Counties in the tree's order with their persons by term; one query."""
    rows: dict[str, CountyRow] = {}
    paths: dict[str, str] = {}
    found = plan.places.values(
        "person__unit__parent__code", "person__unit__parent__name", "person__unit__parent__parent__name", "person__unit__parent__path",
        "leg__ordinal",
    ).annotate(people=Count("id"))  # fmt: skip
    for row in found:
        code = row["person__unit__parent__code"] or ""
        names = (row["person__unit__parent__name"] or "", row["person__unit__parent__parent__name"] or "")
        county = rows.setdefault(code, CountyRow(code, *names))
        county.nominees += row["people"]
        paths[code] = row["person__unit__parent__path"] or ""
        if row["leg__ordinal"]:
            county.by_leg[row["leg__ordinal"]] += row["people"]
    return [rows[code] for code in sorted(rows, key=lambda code: paths[code])]


def places_of(plan: Plan) -> QuerySet[PlanPlace]:
    """Everybody in the plan with unit, county, prefecture and term."""
    return plan.places.select_related("person__unit__parent__parent", "leg").order_by(
        "leg__ordinal", "person__unit__path", "person__staff_no"
    )


def publications_of(programme: Programme) -> QuerySet[Publication]:
    """What the units were told, the latest first."""
    return Publication.objects.filter(plan__programme=programme).select_related("plan", "replaces")


def counties_of(plan: Plan) -> QuerySet[Unit]:
    """Counties with people in the plan, in the tree's order."""
    return Unit.objects.filter(pk__in=plan.places.values("person__unit__parent")).select_related("parent").order_by("path")


def prefectures_of(plan: Plan) -> QuerySet[Unit]:
    """Prefectures with people in the plan, in the tree's order."""
    return _units_with_people(plan).filter(kind=Unit.Kind.PREFECTURE).order_by("path")


def own_places(account: Account, plan: Plan) -> QuerySet[PlanPlace]:
    """Of a plan the places of whom the account may ask about: all for its organiser, else its own people and itself."""
    rows = places_of(plan).select_related("person__unit__parent__parent", "leg", "plan__programme")
    if may_organise(account, plan.programme):
        return rows
    own = below(subtrees(account, Role.Kind.CLERK), "person__unit__path")
    return rows.filter(own | Q(person_id=account.person_id) if account.person_id else own)


def own_units(account: Account, plan: Plan) -> QuerySet[Unit]:
    """Stations, counties and prefectures with people in the plan of which the account may ask: all for its organiser, else its own."""
    rows = _units_with_people(plan).exclude(kind=Unit.Kind.REGION).select_related("parent").order_by("path")
    return rows if may_organise(account, plan.programme) else rows.filter(below(subtrees(account, Role.Kind.CLERK)))


def _units_with_people(plan: Plan) -> QuerySet[Unit]:
    """Units of people in the plan, and the two above each."""
    at = [plan.places.values(f"person__unit{above}") for above in ("_id", "__parent_id", "__parent__parent_id")]
    return Unit.objects.filter(Q(pk__in=at[0]) | Q(pk__in=at[1]) | Q(pk__in=at[2]))


def differences(before: Plan, now: Plan) -> dict[int, tuple[int | None, int | None]]:
    """Person → (ordinal before, ordinal now), only where they differ; two queries."""
    first = dict(before.places.values_list("person_id", "leg__ordinal"))
    second = dict(now.places.values_list("person_id", "leg__ordinal"))
    pairs = {person: (first.get(person), second.get(person)) for person in {**first, **second}}
    return {person: pair for person, pair in pairs.items() if pair[0] != pair[1]}


def changes_of(publication: Publication) -> dict[int, tuple[int | None, int | None]]:
    """Whom a publication that replaced another concerns: person → (ordinal before, ordinal now); the same twice where only
    the days of their term are others."""
    if publication.replaces is None:
        return {}
    return concerned(publication.replaces, publication.plan, publication.days)


def concerned(before: Plan, now: Plan, days: Mapping[str, list[str]]) -> dict[int, tuple[int | None, int | None]]:
    """Whom it concerns that a plan, with its terms on these days, comes in the place of a published one."""
    told = days_told(before)
    moved = [int(ordinal) for ordinal, each in days.items() if told.get(ordinal, each) != each]
    there = now.places.filter(leg__ordinal__in=moved).values_list("person_id", "leg__ordinal")
    return {person: (ordinal, ordinal) for person, ordinal in there} | differences(before, now)


def days_of(legs: Iterable[Leg]) -> dict[str, list[str]]:
    """First and last day of each term, as `Publication.days` keeps them."""
    return {str(leg.ordinal): [leg.starts.isoformat(), leg.ends.isoformat()] for leg in legs}


def days_told(plan: Plan) -> dict[str, list[str]]:
    """The days that were told with a plan when it was last published; nothing for one that never was."""
    publication = plan.publications.first()
    return publication.days if publication else {}


def exemptions_of(plan: Plan) -> dict[str, int]:
    """Who stands in a plan against a rule: staff number → ordinal of their term."""
    return dict(plan.exemptions.filter(leg__isnull=False).values_list("person__staff_no", "leg__ordinal"))


def present_publication(plan: Plan) -> Publication | None:
    """How a published plan was told last."""
    return plan.publications.select_related("plan", "replaces").first()


def notice_units(account: Account, plan: Plan, *, full: bool = False) -> QuerySet[Unit]:
    """Prefectures and counties with something to be told, as far as the account may have their notices.

    After a change only those whose people it concerns; `full`: all with places.
    """
    publication = None if full else present_publication(plan)
    if publication and publication.replaces:
        people = Person.objects.filter(pk__in=changes_of(publication))
    else:
        people = Person.objects.filter(pk__in=Place.objects.filter(programme=plan.programme).values("person_id"))
    county, prefecture = people.values("unit__parent_id"), people.values("unit__parent__parent_id")
    units = Unit.objects.filter(Q(pk__in=county) | Q(pk__in=prefecture)).exclude(kind=Unit.Kind.REGION).select_related("parent")
    if may_organise(account, plan.programme):
        return units
    return units.filter(below(subtrees(account, Role.Kind.CLERK)))
