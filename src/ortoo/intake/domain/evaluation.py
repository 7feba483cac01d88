"""From stored files to rows and problems: reads nothing but the database and the store, writes nothing."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from ortoo.intake import store
from ortoo.intake.domain.against import context_of, decisions_of, given_of, known_numbers, remembered
from ortoo.intake.domain.applying import Say
from ortoo.intake.domain.said import own_problems, said_of
from ortoo.intake.domain.standing import Standing, home_of
from ortoo.intake.models import Delivery, ReturnFile, ReturnRow, UnitMapping
from ortoo.intake.reading.layout import Given
from ortoo.intake.reading.person import Context
from ortoo.intake.reading.problem import Decisions, Problem
from ortoo.intake.reading.returns import (
    Merged,
    ReadReturn,
    ReadRow,
    Scanned,
    learn_width,
    merge_returns,
    read_scanned,
    scan_return,
)
from ortoo.people.models import Unit

State = ReturnRow.State
log = logging.getLogger(__name__)


@dataclass
class Evaluation:
    """What the files say under the decisions taken. `open` are problems that still stand, `seen` all that there ever were."""

    rows: list[ReturnRow] = field(default_factory=list)
    open: dict[str, Problem] = field(default_factory=dict)
    seen: dict[str, Problem] = field(default_factory=dict)
    returns: dict[str, ReadReturn] = field(default_factory=dict)
    homes: dict[str, Unit | None] = field(default_factory=dict)


def evaluate(delivery: Delivery, *, say: Say, afresh: bool) -> Evaluation:
    """Read the files with the decisions taken; `afresh` also without them, to know every problem that has been decided."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    files = {file.name: file for file in delivery.files.filter(error="").order_by("name")}
    decisions = decisions_of(delivery)
    reader = _Reader(delivery, context_of(delivery, units.values()), files, say)
    result = Evaluation()
    if afresh and decisions:
        result.seen = {problem.place: problem for problem in merge_returns(reader.read({})).problems}
    returns = reader.read(decisions)
    merged = merge_returns(returns, decisions=decisions)
    result.returns = {each.file: each for each in returns}
    result.open = {problem.place: problem for problem in merged.problems}
    result.homes = {each.file: home_of(delivery, each, units) for each in returns}
    standing = Standing(delivery, result.homes, units, decisions)
    _sort_rows(delivery, files, units, merged, standing, result, decisions)
    standing.missing(result.rows, result)
    result.seen = {**result.seen, **result.open}
    return result


class _Reader:
    """Opens each file once and reads it as often as needed."""

    def __init__(self, delivery: Delivery, context: Context, files: Mapping[str, ReturnFile], say: Say) -> None:
        self.say, self.files, self.delivery = say, files, delivery
        self.given: dict[str, Given] = {name: given for name, file in files.items() if (given := given_of(file))}
        year = context.frame.starts.year
        self.scanned: list[Scanned] = []
        for number, name in enumerate(files):
            say(_("Opening %(file)s") % {"file": name}, number, len(files))
            self.scanned.append(self._scan(name, year, self.given.get(name)))
        self._recall(year, context)
        self.context = replace(context, staff_width=learn_width(self.scanned, known_numbers()))
        self.total = sum(len(layout.sheet.rows) for file in self.scanned for layout in file.layouts)

    def read(self, decisions: Decisions) -> list[ReadReturn]:
        """Every file, in the order of their names."""
        returns, before = [], 0
        for scanned in self.scanned:
            returns.append(self._read(scanned, decisions, before))
            before += sum(len(layout.sheet.rows) for layout in scanned.layouts)
        return returns

    def _scan(self, name: str, year: int, given: Given | None) -> Scanned:
        try:
            return scan_return(store.bytes_of(self.files[name].sha256), name, year, given)
        except Exception as error:
            return Scanned(name, problems=[_broken(name, error)])

    def _read(self, scanned: Scanned, decisions: Decisions, before: int) -> ReadReturn:
        def tell(done: int, _of: int) -> None:
            self.say(_("Reading %(file)s") % {"file": scanned.file}, before + done, self.total)

        try:
            return read_scanned(scanned, self.context, decisions=decisions, tell=tell)
        except (ArithmeticError, LookupError, ValueError, TypeError, AttributeError) as error:
            return ReadReturn(scanned.file, problems=(_broken(scanned.file, error),))

    def _recall(self, year: int, context: Context) -> None:
        """Read again with what the unit's heads meant last time, where that differs from what was found."""
        mappings = {mapping.unit.code: mapping for mapping in UnitMapping.objects.select_related("unit")}
        units = {unit.code: unit for unit in Unit.objects.all()} if mappings else {}
        for place, scanned in enumerate(self.scanned if mappings else ()):
            if scanned.file in self.given:
                continue
            read = _glance(scanned, context)
            homes = (home_of(self.delivery, read, units), read.unit, self.delivery.unit)
            mapping = next((mappings[home.code] for home in homes if home and home.code in mappings), None)
            given = remembered(scanned.layouts, mapping) if mapping else None
            if given:
                self.scanned[place] = self._scan(scanned.file, year, given)


def _glance(scanned: Scanned, context: Context) -> ReadReturn:
    """A first reading, only to learn whose file it is; what goes wrong is told by the second."""
    try:
        return read_scanned(scanned, context)
    except (ArithmeticError, LookupError, ValueError, TypeError, AttributeError):
        return ReadReturn(scanned.file)


def _broken(name: str, error: Exception) -> Problem:
    """A file on which the reader itself stumbled: told like any other that can't be read, and logged for whoever mends it."""
    log.exception("reading %s", name)
    return Problem("file_unreadable", name, params={"why": type(error).__name__, "error": "unreadable"})


def _sort_rows(
    delivery: Delivery, files: Mapping[str, ReturnFile], units: Mapping[str, Unit], merged: Merged, standing: Standing,
    result: Evaluation, decisions: Decisions,
) -> None:  # fmt: skip
    stands = {(row.file, row.sheet, row.row) for row in merged.rows}
    offered = {(later.row.file, later.row.sheet, later.row.row) for later in merged.later}
    for read in result.returns.values():
        columns = {layout.sheet.name: set(layout.columns) for layout in read.layouts}
        for row in read.rows:
            place = (row.file, row.sheet, row.row)
            kept = _row(delivery, files[row.file], units, row, columns.get(row.sheet, set()))
            kept.state = _state(row, place in stands, place in offered)
            if row.nominee and place in stands:
                problems = [*own_problems(row, decisions), *standing.problems(row)]
                result.open.update({problem.place: problem for problem in problems})
                kept.state = State.HELD if problems else standing.state_of(row, decisions)
            result.rows.append(kept)


def _state(row: ReadRow, stands: bool, offered: bool) -> str:
    if row.left_out:
        return State.LEFT
    if row.nominee is None or offered:
        return State.HELD
    return State.NEW if stands else State.LEFT


def _row(
    delivery: Delivery, file: ReturnFile, units: Mapping[str, Unit], row: ReadRow, columns: Sequence[str] | set[str]
) -> ReturnRow:
    said = said_of(row, set(columns))
    unit = units.get(row.nominee.unit) if row.nominee else None
    return ReturnRow(
        delivery=delivery, file=file, sheet=said.sheet, row=row.row, staff_no=said.staff_no, name=said.name, unit=unit,
        said=said.values,
    )  # fmt: skip
