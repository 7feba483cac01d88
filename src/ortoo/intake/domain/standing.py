"""What stands already: people whom another unit has returned, people of other units, people who are missing this time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ortoo.intake.models import Delivery, ReturnedPerson, ReturnRow
from ortoo.intake.reading.problem import Decisions, Problem
from ortoo.intake.reading.returns import ReadReturn, ReadRow
from ortoo.people.models import Person, Unit
from ortoo.programmes.permissions import may_organise

if TYPE_CHECKING:
    from ortoo.intake.domain.evaluation import Evaluation

MOST_OF = 0.9


def home_of(delivery: Delivery, read: ReadReturn, units: Mapping[str, Unit]) -> Unit | None:
    """The unit whose return a file is: down from what it is bound to, to the one that holds nearly all of its people."""
    paths = [units[row.nominee.unit].path for row in read.rows if row.nominee and row.nominee.unit in units]
    top = delivery.unit
    if not paths or top is None:
        named = units.get(read.unit.code) if read.unit else None
        return named if named and top and top.holds(named.path) else top
    by_code = units
    while below := _next(top.path, paths, by_code):
        top = below
    return top


def _next(path: str, paths: Sequence[str], units: Mapping[str, Unit]) -> Unit | None:
    """The prefecture or county directly below `path` that holds nearly everybody, if there is one."""
    codes = Counter(each[len(path) :].split("/", 1)[0] for each in paths if each.startswith(path) and each != path)
    if not codes:
        return None
    code, count = codes.most_common(1)[0]
    unit = units.get(code)
    kinds = (Unit.Kind.PREFECTURE, Unit.Kind.COUNTY)
    return unit if unit and unit.kind in kinds and count >= MOST_OF * len(paths) else None


class Standing:
    """Compares rows with what earlier deliveries brought. Reads everything it needs in three queries."""

    def __init__(
        self, delivery: Delivery, homes: Mapping[str, Unit | None], units: Mapping[str, Unit], decisions: Decisions
    ) -> None:
        self.delivery, self.homes, self.decisions = delivery, homes, decisions
        self.units = {unit.pk: unit for unit in units.values()}
        returned = ReturnedPerson.objects.filter(programme=delivery.programme)
        rows = returned.values_list("staff_no", "unit_id", "file__delivery__number")
        self.returned = {number: (self.units[unit], delivered) for number, unit, delivered in rows}
        self.bound = self._bound()
        self.elsewhere = self._people_elsewhere()

    def problems(self, row: ReadRow) -> list[Problem]:
        """What keeps a row back because of what is known already."""
        assert row.nominee is not None
        number = row.nominee.staff_no
        params: dict[str, Any] = {"name": row.nominee.name, "staff_no": number}
        if number in self.elsewhere:
            problem = Problem("person_elsewhere", row.file, row.sheet, row.row, "", "", number, params)
            return [] if problem.place in self.decisions else [problem]
        if not self._returned_elsewhere(row):
            return []
        unit, delivered = self.returned[number]
        params |= {"unit": unit.name, "delivery": delivered}
        problem = Problem("same_person_two_files", row.file, row.sheet, row.row, "", "", number, params)
        return [] if problem.place in self.decisions else [problem]

    def state_of(self, row: ReadRow, decisions: Decisions) -> str:
        """Whether a row that nothing keeps back is taken, or left out because the earlier one was decided for."""
        for kind in ("person_elsewhere", "same_person_two_files", "too_long"):
            decision = decisions.get(Problem(kind, row.file, row.sheet, row.row).place)
            if decision and decision.choice in ("keep_first", "skip_row"):
                return ReturnRow.State.LEFT
        return ReturnRow.State.NEW

    def missing(self, rows: Sequence[ReturnRow], result: "Evaluation") -> None:
        """Note who stood in an earlier return of these units and is not in this one."""
        there = {row.staff_no for row in rows}
        homes = [(name, home) for name, home in self.homes.items() if home and any(r.file.name == name for r in rows)]
        if not self.returned or not homes:
            return
        assert self.delivery.programme is not None
        nominated = self.delivery.programme.nominations.order_by("person__staff_no")
        for number, name, path in nominated.values_list("person__staff_no", "person__name", "person__unit__path"):
            file = next((file for file, home in homes if path.startswith(home.path)), None)
            if file and number in self.returned and number not in there:
                params = {"name": name, "staff_no": number}
                problem = Problem("not_returned", file, column=number, read=name, params=params)
                result.open[problem.place] = problem

    def _returned_elsewhere(self, row: ReadRow) -> bool:
        """Whether another unit's return brought this person, neither above nor below the unit of this file."""
        home = self.homes.get(row.file)
        assert row.nominee is not None
        if home is None or row.nominee.staff_no not in self.returned:
            return False
        unit, _delivered = self.returned[row.nominee.staff_no]
        return not (unit.holds(home.path) or home.holds(unit.path))

    def _bound(self) -> str:
        """The path outside which the dropper may touch nobody; empty for organisers."""
        delivery = self.delivery
        if delivery.unit is None or delivery.programme is None or delivery.unit_id == delivery.programme.unit_id:
            return ""
        if delivery.by and may_organise(delivery.by, delivery.programme):
            return ""
        return delivery.unit.path

    def _people_elsewhere(self) -> set[str]:
        """Staff numbers of known people outside the dropper's units; only asked for when that is bounded."""
        if not self.bound:
            return set()
        outside = Person.objects.exclude(unit__path__startswith=self.bound)
        return set(outside.values_list("staff_no", flat=True))
