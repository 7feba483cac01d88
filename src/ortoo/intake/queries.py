"""Who sees which deliveries, and what a programme's units have returned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from ortoo.intake.models import Delivery, Problem, ReturnedPerson, ReturnFile
from ortoo.people.models import Account, Role, Unit
from ortoo.people.queries import below, has_role, subtrees
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import organised_by


def visible_to(account: Account) -> QuerySet[Delivery]:
    """Deliveries of programmes that the account organises, and those that stay inside its clerks' units."""
    seen = Q(programme__in=organised_by(account)) | below(subtrees(account, Role.Kind.CLERK), "unit__path")
    return Delivery.objects.filter(seen, programme__isnull=False).select_related("programme__unit", "unit", "job")


def directories_visible_to(account: Account) -> QuerySet[Delivery]:
    """Directories of units: all for an administrator, for an organiser those bound to its own units."""
    found = Delivery.objects.filter(programme__isnull=True).select_related("job")
    if has_role(account, Role.Kind.ADMINISTRATOR):
        return found
    return found.filter(below(subtrees(account, Role.Kind.ORGANISER), "unit__path"))


def open_problems(delivery: Delivery) -> QuerySet[Problem]:
    """Problems of a delivery about which nobody has decided, notes apart."""
    return delivery.problems.filter(choice="").exclude(severity=Problem.Severity.NOTE)


def problems_by_kind(delivery: Delivery) -> list[Any]:
    """Each kind of problem with how many there are and how many are still open: [{kind, severity, all, open}]."""
    rows = delivery.problems.order_by().values("kind", "severity")
    return list(rows.annotate(all=Count("id"), open=Count("id", filter=Q(choice=""))).order_by("severity", "kind"))


@dataclass(frozen=True)
class UnitStanding:
    """What one unit has returned: people nominated from its files, when last, in which delivery; open questions."""

    unit: Unit
    people: int
    last: datetime | None
    delivery: int | None
    waiting: int

    @property
    def returned(self) -> bool:
        """Whether anything of this unit has been applied."""
        return self.people > 0


def standings(programme: Programme, within: Unit | None = None) -> list[UnitStanding]:
    """Each unit directly below the programme's (or below `within`) with what it has returned. Five queries."""
    top = within or programme.unit
    units = list(Unit.objects.filter(parent=top).exclude(kind=Unit.Kind.OFFICE)) or [top]
    paths = dict(Unit.objects.filter(path__startswith=top.path).values_list("pk", "path"))
    people = _people_of(programme, units, paths)
    files = _last_of(programme, units, paths)
    return [UnitStanding(unit, people.get(unit.pk, 0), *files.get(unit.pk, (None, None, 0))) for unit in units]


def _people_of(programme: Programme, units: list[Unit], paths: dict[int, str]) -> dict[int, int]:
    persons = programme.nominations.filter(person__staff_no__in=_returned(programme))
    counted: dict[int, int] = {}
    for pk, count in persons.order_by().values_list("person__unit_id").annotate(n=Count("id")):
        if unit := _holder(units, paths.get(pk, "")):
            counted[unit.pk] = counted.get(unit.pk, 0) + count
    return counted


def _returned(programme: Programme) -> "QuerySet[ReturnedPerson, str]":
    return ReturnedPerson.objects.filter(programme=programme).values_list("staff_no", flat=True)


def _last_of(
    programme: Programme, units: list[Unit], paths: dict[int, str]
) -> dict[int, tuple[datetime | None, int | None, int]]:
    files = ReturnFile.objects.filter(delivery__programme=programme, unit__isnull=False)
    rows = files.order_by().values("unit_id").annotate(last=Max("delivery__received"), number=Max("delivery__number"))
    found: dict[int, tuple[datetime | None, int | None, int]] = {}
    waiting = _waiting(programme)
    for row in rows:
        if unit := _holder(units, paths.get(row["unit_id"], "")):
            last, number, open_ones = found.get(unit.pk, (None, None, 0))
            newer = last is None or row["last"] > last
            found[unit.pk] = (
                row["last"] if newer else last,
                row["number"] if newer else number,
                open_ones + waiting.get(row["unit_id"], 0),
            )
    return found


def _waiting(programme: Programme) -> dict[int, int]:
    ready = Problem.objects.filter(
        delivery__programme=programme, delivery__state=Delivery.State.READY, choice="", file__unit__isnull=False
    ).exclude(severity=Problem.Severity.NOTE)
    return dict(ready.order_by().values_list("file__unit_id").annotate(n=Count("id")))


def _holder(units: list[Unit], path: str) -> Unit | None:
    return next((unit for unit in units if path.startswith(unit.path)), None) if path else None


def form_units(programme: Programme, bounds: Unit | None) -> list[Unit]:
    """Prefectures and counties within `bounds` (default: the programme's unit) that get a form, in the order of the tree."""
    top = bounds or programme.unit
    kinds = (Unit.Kind.PREFECTURE, Unit.Kind.COUNTY)
    return list(Unit.objects.filter(path__startswith=top.path, kind__in=kinds).select_related("parent")[:2000])
