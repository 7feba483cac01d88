"""From a line's cells to a nominee and the problems in it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ortoo.intake.reading import values
from ortoo.intake.reading.columns import TITLES
from ortoo.intake.reading.dates import DateProblem, Frame, Span, read_pair, read_spans
from ortoo.intake.reading.directory import Directory, UnitRow
from ortoo.intake.reading.nominee import Nominee, Term
from ortoo.intake.reading.problem import Decision, Problem
from ortoo.intake.reading.rows import SAME
from ortoo.kernel.sheets.cells import is_error
from ortoo.kernel.text.fold import as_text, clean_name, fold, squeeze

ODD_NAME = re.compile(r"[\d@#￥%&=/\\::;;,,、。!?<>|{}\[\]]|^.$|.{31}")
STAFF_NO = re.compile(r"[0-9A-Z]{1,20}")
FAR = 400


@dataclass(frozen=True)
class Context:
    """What a return is read against. `staff_width` is the digits of a staff number; `own` limits units to those below these codes."""

    directory: Directory
    terms: tuple[Term, ...]
    staff_width: int = 6
    own: tuple[str, ...] = ()

    @property
    def frame(self) -> Frame:
        """The days of the programme."""
        return Frame(min(t.starts for t in self.terms), max(t.ends for t in self.terms))

    @property
    def term_names(self) -> list[str]:
        """The terms' names in order."""
        return [term.name for term in self.terms]


@dataclass
class Above:
    """What the lines before said, for cells that mean «as above»: column → value; the county that a heading or the sheet names.

    `grouped`: the county stands once above each group, so that an empty cell means the one before.
    """

    values: dict[str, Any] = field(default_factory=dict)
    county: str = ""
    grouped: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a table with what is needed to speak of it."""

    file: str
    sheet: str
    row: int
    cells: dict[str, Any]
    letters: Mapping[str, str]
    headers: Mapping[str, str]
    formulas: tuple[str, ...] = ()

    def problem(self, kind: str, field_name: str, **more: Any) -> Problem:
        """A problem in the cell of `field_name`."""
        suggestions = more.pop("suggestions", ())
        return Problem(
            kind, self.file, self.sheet, self.row, self.letters.get(field_name, ""), self.headers.get(field_name, TITLES.get(field_name, "")),
            as_text(self.cells.get(field_name, "")), more, suggestions,
        )  # fmt: skip


@dataclass
class Reading:
    """What reading a line gives: a nominee, or none while it is held back or was left out by decision."""

    problems: list[Problem] = field(default_factory=list)
    nominee: Nominee | None = None
    left_out: bool = False
    zeros: bool = False


class PersonReader:
    """Reads lines of one table in order."""

    def __init__(self, context: Context, prefecture: UnitRow | None, decisions: Mapping[str, Decision]) -> None:
        self.context = context
        self.prefecture = prefecture
        self.decisions = decisions
        self.above = Above()
        self.frame = context.frame
        self.has_stations = True
        self._units: dict[tuple[str, ...], tuple[UnitRow | None, str]] = {}

    def read(self, line: Line) -> Reading:
        """The nominee of a line with every problem in it; decisions already taken are followed."""
        self._as_above(line)
        reading = Reading()
        self._formulas(line, reading)
        name = self._name_of(line, reading)
        staff_no = self._staff_no(line, reading) if name else ""
        unit = self._unit(line, reading)
        sex = self._sex(line, reading) if name else None
        blocked = self._blocked(line, reading)
        wish = self._wish(line, reading)
        phone = self._phone(line, reading)
        held = any(problem.severity == "hold" for problem in reading.problems)
        if not (reading.left_out or held or unit is None or not staff_no or not name):
            reading.nominee = self._nominee(line, name, staff_no, unit, sex or "", blocked, wish, phone)
        return reading

    def _nominee(
        self, line: Line, name: str, staff_no: str, unit: UnitRow, sex: str, blocked: list[Span], wish: int | None, phone: str
    ) -> Nominee:
        county = self.context.directory.above(unit.code, "county")
        prefecture = self.context.directory.above(unit.code, "prefecture")
        cells = line.cells
        remark = fold(cells.get("remark"))
        return Nominee(
            staff_no=staff_no, name=name, sex=sex, unit=unit.code, station=unit.name,
            county=county.name if county else "", county_code=county.code if county else "",
            prefecture=prefecture.name if prefecture else "", post=self._post(line), phone=phone,
            language=values.language_of(cells.get("language")), diet=values.diet_of(cells.get("diet")),
            blocked=tuple(blocked), prefers=wish, needs=tuple(values.needs_of(cells.get("needs"))),
            attended=values.attended_of(remark, cells.get("attended")), remark=remark,
        )  # fmt: skip

    def _as_above(self, line: Line) -> None:
        cells = line.cells
        for name, value in cells.items():
            if type(value) is str and value and squeeze(value) in SAME and name not in ("name", "staff_no", "phone"):
                cells[name] = self.above.values.get(name, "")
        if self.above.grouped and not squeeze(cells.get("county")) and (county := self.above.values.get("county")):
            cells["county"] = county
        self.above.values = cells

    def _decision(self, problem: Problem) -> Decision | None:
        return self.decisions.get(problem.place)

    def _decided(self, line: Line, reading: Reading, kind: str, name: str, clean: Callable[[object], str]) -> str:
        value = clean(line.cells.get(name))
        if value:
            return value
        problem = line.problem(kind, name, name=clean_name(line.cells.get("name")))
        decision = self._decision(problem)
        if decision and decision.choice == "set_value" and clean(decision.value):
            return clean(decision.value)
        self._leave_or_hold(reading, problem, decision)
        return ""

    def _leave_or_hold(self, reading: Reading, problem: Problem, decision: Decision | None) -> None:
        if decision and decision.choice == "skip_row":
            reading.left_out = True
        elif not (decision and decision.choice in ("accept", "ignore_value")):
            reading.problems.append(problem)

    @staticmethod
    def _name(value: object) -> str:
        name = clean_name(value)
        return "" if values.MISSING.fullmatch(name) or is_error(value) else name

    def _name_of(self, line: Line, reading: Reading) -> str:
        name = self._decided(line, reading, "name_missing", "name", self._name)
        if name and ODD_NAME.search(name):
            problem = line.problem("name_odd", "name")
            decision = self._decision(problem)
            if decision and decision.choice == "set_value" and self._name(decision.value):
                return self._name(decision.value)
            self._leave_or_hold(reading, problem, decision)
        return name

    @staticmethod
    def _post(line: Line) -> str:
        post = values.plain_of(line.cells.get("post"))
        if values.yes_of(line.cells.get("in_charge", "")) and "主持" not in post:
            return f"{post}(主持工作)"
        return post

    def _formulas(self, line: Line, reading: Reading) -> None:
        """A formula without its result reads as an empty cell: what it said must not be lost unnoticed."""
        for name in line.formulas:
            problem = line.problem("cell_formula", name)
            decision = self._decision(problem)
            if decision and decision.choice == "set_value":
                line.cells[name] = decision.value
            else:
                self._leave_or_hold(reading, problem, decision)

    def _staff_no(self, line: Line, reading: Reading) -> str:
        width = self.context.staff_width
        text = self._decided(line, reading, "staff_no_missing", "staff_no", lambda v: values.staff_no_of(v, width)[0])
        reading.zeros = values.staff_no_of(line.cells.get("staff_no"), width)[1]
        taken = self._decision(line.problem("staff_no_taken", "staff_no"))
        if taken and taken.choice == "set_value":
            return values.staff_no_of(taken.value, width)[0]
        if text and ((text.isdigit() and len(text) > width) or not STAFF_NO.fullmatch(text)):
            problem = line.problem("staff_no_odd", "staff_no", width=width)
            decision = self._decision(problem)
            if decision and decision.choice == "set_value":
                return values.staff_no_of(decision.value, width)[0]
            self._leave_or_hold(reading, problem, decision)
        return text

    def _sex(self, line: Line, reading: Reading) -> str | None:
        sex = values.sex_of(line.cells.get("sex"))
        if sex is None:
            problem = line.problem("sex_unknown", "sex", suggestions=("男", "女"))
            decision = self._decision(problem)
            if decision and decision.choice == "set_value" and values.sex_of(decision.value):
                return values.sex_of(decision.value)
            self._leave_or_hold(reading, problem, decision)
        return sex

    def _unit(self, line: Line, reading: Reading) -> UnitRow | None:
        unit, county = self._find_unit(line)
        if unit is None:
            where = self.context.directory.units.get(county) or self.prefecture
            problem = line.problem(
                "unit_unknown", "station" if line.cells.get("station") else "county", county=where.name if where else "",
                suggestions=self._alike(line, county),
            )  # fmt: skip
            decision = self._decision(problem)
            if decision and decision.choice == "set_unit" and decision.value in self.context.directory.units:
                unit = self.context.directory.units[decision.value]
            else:
                self._leave_or_hold(reading, problem, decision)
                return None
        if self.context.own and not self._is_own(unit):
            problem = line.problem("unit_elsewhere", "station")
            self._leave_or_hold(reading, problem, self._decision(problem))
        return unit

    def _find_unit(self, line: Line) -> tuple[UnitRow | None, str]:
        """The unit, and the county in which it was sought. Each thing that is said counts: what contradicts finds nothing."""
        cells = line.cells
        code, prefecture, county, station = (
            squeeze(cells.get(name)) for name in ("unit_code", "prefecture", "county", "station")
        )
        key = (code, prefecture, county, station, self.above.county)
        if key not in self._units:
            self._units[key] = self._search(code, prefecture, county, station)
        return self._units[key]

    def _search(self, code: str, prefecture: str, county: str, station: str) -> tuple[UnitRow | None, str]:
        directory = self.context.directory
        coded = directory.units.get(code)
        if coded:
            return (coded if not station or directory.station(station, coded.parent) in (coded, None) else None), coded.parent
        named = directory.prefecture(prefecture) if prefecture else None
        within = named or self.prefecture
        top = within.code if within else ""
        if county:
            found = directory.county(county, top)
            if found and station:
                return directory.station(station, found.code), found.code
            return (found, found.code) if found and not self.has_stations else self._in_one_cell(county + station, top)
        if not station:
            return None, ""
        if self.above.county:
            return directory.station(station, self.above.county), self.above.county
        if unit := directory.station(station, "", top):
            return unit, unit.parent
        return self._in_one_cell(station, top)

    def _in_one_cell(self, said: str, prefecture: str) -> tuple[UnitRow | None, str]:
        """County and station written together: 红山区北街站."""
        directory, first = self.context.directory, ""
        for cut in range(min(len(said) - 2, 30), 1, -1):
            county = directory.county(said[:cut], prefecture)
            if county and (unit := directory.station(said[cut:], county.code)):
                return unit, county.code
            first = first or (county.code if county else "")
        return None, first

    def _alike(self, line: Line, county: str) -> tuple[str, ...]:
        prefecture = self.prefecture.code if self.prefecture else ""
        return self.context.directory.alike(line.cells.get("station"), county or self.above.county, prefecture)

    def _is_own(self, unit: UnitRow) -> bool:
        step: UnitRow | None = unit
        while step is not None:
            if step.code in self.context.own:
                return True
            step = self.context.directory.units.get(step.parent)
        return False

    def _blocked(self, line: Line, reading: Reading) -> list[Span]:
        try:
            spans = self._spans(line.cells)
        except DateProblem as wrong:
            problem = line.problem(wrong.kind, "blocked", said=wrong.said)
        else:
            far = next((span for span in spans if self.frame.distance(*span) > FAR), None)
            if far is None:
                return spans
            problem = line.problem("date_far", "blocked", said=f"{far[0]}—{far[1]}")
        decision = self._decision(problem)
        if decision and decision.choice == "set_value":
            try:
                return read_spans(decision.value, self.frame)
            except DateProblem as wrong:
                problem = line.problem(problem.kind, "blocked", said=wrong.said)
                decision = None
        self._leave_or_hold(reading, problem, decision)
        return spans if problem.kind == "date_far" and not (decision and decision.choice == "ignore_value") else []

    def _spans(self, cells: Mapping[str, Any]) -> list[Span]:
        """From one cell or several, or from a first and a last day side by side."""
        spans = [span for value in (cells.get("blocked"), *cells.get("blocked+", ())) for span in read_spans(value, self.frame)]
        return spans + read_pair(cells.get("blocked_from"), cells.get("blocked_to"), self.frame)

    def _wish(self, line: Line, reading: Reading) -> int | None:
        wish, read = values.wish_of(line.cells.get("wish"), self.context.term_names)
        if not read:
            problem = line.problem("preference_unknown", "wish")
            decision = self._decision(problem)
            if decision and decision.choice == "set_value":
                wish, read = values.wish_of(decision.value, self.context.term_names)
            if not read:
                self._leave_or_hold(reading, problem, decision)
        return wish

    def _phone(self, line: Line, reading: Reading) -> str:
        phone, fine = values.phone_of(line.cells.get("phone"))
        if not fine:
            problem = line.problem("phone_odd", "phone")
            decision = self._decision(problem)
            if decision and decision.choice == "set_value":
                return values.phone_of(decision.value)[0]
            if decision and decision.choice == "ignore_value":
                return ""
            self._leave_or_hold(reading, problem, decision)
        return phone[:40]
