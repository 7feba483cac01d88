"""The table of stops: a stop's halls in lines below one another, each with its days."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ortoo.intake.reading.dates import Frame, read_pair
from ortoo.intake.reading.days import DateProblem
from ortoo.intake.reading.directory import Directory, UnitRow
from ortoo.intake.reading.tour.days import NONE, Read, every_day, read_days
from ortoo.intake.reading.tour.line import Line
from ortoo.intake.reading.tour.values import beside_marks, marks_of, name_and_mark, whole_of
from ortoo.intake.reading.values import yes_of
from ortoo.kernel.text.fold import as_text, fold, squeeze

CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
ENDS = ("first", "last")
FREE_WORDS = {"可用", "可", "空", "空闲", "有空", "可借", "可借用", "能用", "free"}
TAKEN_WORDS = {"占", "占用", "已占", "已占用", "不可用", "不可", "满", "有会", "有活动", "taken"}


@dataclass(frozen=True)
class ReadHall:
    """A hall: its county's code, seats (None: not known), free days within the tour, and the row where it stands first."""

    name: str
    county: str
    seats: int | None
    days: frozenset[date]
    sheet: str
    row: int


@dataclass
class ReadStop:
    """A stop with its halls in the order written; `marked`: column and head of what marks it as first or last."""

    name: str
    halls: list[ReadHall] = field(default_factory=list)
    first: bool = False
    last: bool = False
    doubtful: bool = False
    marked: tuple[str, str] = ("", "")


@dataclass
class StopReader:
    """Reads line after line; `above`: the last stop named, `bare`: stops named without a hall so far."""

    frame: Frame
    directory: Directory
    stops: dict[str, ReadStop] = field(default_factory=dict)
    above: str = ""
    bare: dict[str, Line] = field(default_factory=dict)
    counties: dict[str, UnitRow] = field(default_factory=dict)

    def read(self, line: Line) -> None:
        """One hall; a stop's name alone stands above its halls."""
        if self._is_heading(line):
            return
        stop = self._stop(line)
        county = self._county(line, stop) if stop else None
        if stop is None or county is None:
            return
        self.counties.setdefault(stop.name, county)
        self._marks(line, stop)
        name = fold(line.value("hall"))
        if not name:
            name = f"{stop.name}-{line.row}"
            line.problem("hall_missing", "hall", hall=name)
        read = self._days(line)
        stop.doubtful |= bool(read.wrong)
        hall = ReadHall(name, county.code, self._seats(line), read.days, line.table.sheet.name, line.row)
        self._keep(line, stop, hall)

    def _is_heading(self, line: Line) -> bool:
        if len([cell for cell in line.cells if squeeze(cell)]) != 1 or not line.text("stop"):
            return False
        self.above = fold(line.value("stop"))
        self.bare[squeeze(name_and_mark(self.above)[0])] = line
        return True

    def _stop(self, line: Line) -> ReadStop | None:
        name, mark = name_and_mark(fold(line.value("stop")))
        if not name and "stop" not in line.table.columns:
            county = self._named_county(line)
            name = county.name if county else line.text("county") or line.text("code")
        if not name and self.above:
            name = self.above
            line.problem("stop_from_above", "stop", stop=name)
            name, mark = name_and_mark(name)
        if not name:
            line.problem("stop_missing", "stop", stops=True)
            return None
        self.above = f"{name}({mark})" if mark else name
        self.bare.pop(squeeze(name), None)
        stop = self.stops.setdefault(squeeze(name), ReadStop(name))
        first, last = marks_of(mark)
        stop.first, stop.last = stop.first or first, stop.last or last
        return stop

    def _county(self, line: Line, stop: ReadStop) -> UnitRow | None:
        """By the code, by the county's name, by what an earlier line of the stop has said, by the stop's own name."""
        said = line.text("code") or line.text("county")
        found = self._named_county(line)
        if not said:
            found = self.counties.get(stop.name) or self.directory.county(stop.name)
        if found is None:
            kind, name = ("county_unknown", "code" if line.text("code") else "county") if said else ("county_missing", "code")
            line.problem(kind, name, stops=True, suggestions=self._near(stop.name, said), stop=stop.name, said=said)
            return None
        if found.lon is None or found.lat is None:
            line.problem("county_no_seat", "code", stops=True, stop=stop.name, county=found.name)
            return None
        return found

    def _named_county(self, line: Line) -> UnitRow | None:
        code, said = code_of(line.text("code")), line.text("county")
        if not code and (written := CODE.search(said)):
            code, said = written[0], CODE.sub("", said).strip("()")
        unit = self.directory.above(code, "county") if code else None
        found = unit or self.directory.county(code) or (self.directory.county(said) if not code else None)
        if unit and said and (other := self.directory.county(said)) and other.code != unit.code:
            line.problem("county_contradicts", "county", county=unit.name, said=said)
        return found

    def _near(self, stop: str, said: str) -> tuple[str, ...]:
        """Counties of the prefecture that the stop or the code names."""
        top = self.directory.units.get(said) or self.directory.prefecture(stop) or self.directory.prefecture(said)
        if top is None and len(said) == 6:
            top = self.directory.units.get(f"{said[:4]}00")
        return tuple(unit.code for unit in self.directory.children(top.code) if unit.kind == "county") if top else ()

    def _marks(self, line: Line, stop: ReadStop) -> None:
        ticked = {
            name: yes_of(line.value(name)) is True or bool(line.text(name) and any(marks_of(line.text(name)))) for name in ENDS
        }
        stop.first, stop.last = stop.first or ticked["first"], stop.last or ticked["last"]
        for name in ("mark", "remark"):
            for column, cell in line.all_of(name):
                first, last = marks_of(as_text(cell))
                stop.first, stop.last = stop.first or first, stop.last or last
                if first or last:
                    stop.marked = line.place(column)
                if name == "mark" and squeeze(cell) not in ("无", "-", "—", "/") and (rest := beside_marks(as_text(cell))):
                    line.problem("requirement_unread", column=column, said=rest[:60])

    def _seats(self, line: Line) -> int | None:
        seats = whole_of(line.value("seats"))
        if not seats and "seats" in line.table.columns:
            line.problem("seats_odd", "seats", said=line.text("seats"))
        return seats or None

    def _days(self, line: Line) -> Read:
        """Free days without the taken ones; what is wrong is said at its cell."""
        free, taken = self._column_days(line, "free") | self._pair(line) | self._ticks(line), self._column_days(line, "blocked")
        columns = line.table.columns
        told = bool(line.all_of("free")) or bool(line.table.days) or any(line.text(name) for name in ("free_from", "free_to"))
        if not told and "blocked" in columns:
            whole = NONE if taken.wrong else Read(every_day(self.frame))
            return Read(whole.days - taken.days, 0, taken.wrong)
        if not told:
            line.problem("days_missing", "free")
        if free.days & taken.days:
            line.problem("contradicts", "blocked")
        if free.outside:
            kind, frame = "days_outside" if free.days else "days_all_outside", self.frame
            line.problem(kind, "free", count=free.outside, first=frame.starts.isoformat(), last=frame.ends.isoformat())
        # A day that may be taken, but cannot be read, makes every day doubtful: none is used.
        days = frozenset() if taken.wrong else free.days - taken.days
        return Read(days, free.outside, free.wrong + taken.wrong)

    def _column_days(self, line: Line, name: str) -> Read:
        found = NONE
        for column, cell in line.all_of(name):
            read = read_days(cell, self.frame, free=name == "free")
            for kind, said in read.wrong:
                line.problem(kind, column=column, said=said)
            if read.half:
                line.problem("half_day", column=column)
            found |= read
        return found

    def _pair(self, line: Line) -> Read:
        try:
            spans = read_pair(line.value("free_from"), line.value("free_to"), self.frame)
        except DateProblem as wrong:
            line.problem(wrong.kind, "free_from", said=wrong.said)
            return Read(frozenset(), wrong=((wrong.kind, wrong.said),))
        return Read(frozenset(day for day in every_day(self.frame) if any(first <= day <= last for first, last in spans)))

    def _ticks(self, line: Line) -> Read:
        found: set[date] = set()
        for column, day in line.table.days.items():
            cell = line.cells[column] if column < len(line.cells) else ""
            text = squeeze(cell).lower()
            if text in FREE_WORDS or (text and text not in TAKEN_WORDS and yes_of(cell)):
                found.add(day)
            elif text not in TAKEN_WORDS and yes_of(cell) is None:
                line.problem("tick_unclear", column=column, said=text[:40])
        return Read(frozenset(day for day in found if self.frame.starts <= day <= self.frame.ends))

    def _keep(self, line: Line, stop: ReadStop, hall: ReadHall) -> None:
        """A hall named again adds its days; the smaller number of seats counts."""
        for number, known in enumerate(stop.halls):
            if (squeeze(known.name), known.county) != (squeeze(hall.name), hall.county):
                continue
            if (known.seats, known.days) == (hall.seats, hall.days):
                line.problem("row_repeated", first_row=known.row)
            elif known.seats != hall.seats:
                line.problem("hall_differs", "seats", hall=hall.name, first_row=known.row, first=known.seats, seats=hall.seats)
            elif known.days != hall.days and known.sheet != hall.sheet:
                line.problem("hall_on_two_sheets", "free", hall=hall.name, other=known.sheet, first_row=known.row)
            seats = min((s for s in (known.seats, hall.seats) if s is not None), default=None)
            stop.halls[number] = replace(known, seats=seats, days=known.days | hall.days)
            return
        stop.halls.append(hall)


def code_of(said: str) -> str:
    """The code in a cell that may name the county too: 阿拉善左旗(152921). The cell itself where there is none."""
    return found[0] if (found := CODE.search(said)) else said


def ends_of(stops: Sequence[ReadStop]) -> Mapping[str, list[ReadStop]]:
    """The stops marked as first and as last."""
    return {"first": [stop for stop in stops if stop.first], "last": [stop for stop in stops if stop.last]}
