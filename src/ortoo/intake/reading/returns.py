"""A return from its bytes to people, rows and problems; and many returns to one list."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ortoo.intake.reading.columns import TITLES
from ortoo.intake.reading.directory import Directory, UnitRow
from ortoo.intake.reading.layout import Given, Ignored, Layout, find_layouts
from ortoo.intake.reading.nominee import Nominee
from ortoo.intake.reading.person import Context
from ortoo.intake.reading.problem import Decision, Problem
from ortoo.intake.reading.table import ReadRow, Tell, read_table, spare_tables
from ortoo.kernel.sheets.cells import letter
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.form import FORM_SHEETS, read_key
from ortoo.kernel.sheets.guard import Guard
from ortoo.kernel.sheets.workbook import Workbook, open_workbook
from ortoo.kernel.text.fold import squeeze

__all__ = ["Later", "Merged", "ReadReturn", "ReadRow", "Scanned", "learn_width", "letter", "merge_returns", "read_returns", "read_scanned",
           "scan_return"]  # fmt: skip

DEFAULT_WIDTH = 6


@dataclass(frozen=True)
class ReadReturn:
    """One file as read: its tables, the sheets left alone, its rows and problems. `unit` is the prefecture it comes from,
    `form` the hidden key (programme, unit, version) when it is a form that Ortoo sent out."""

    file: str
    layouts: tuple[Layout, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    unit: UnitRow | None = None
    rows: tuple[ReadRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)

    def layout_of(self, row: ReadRow) -> Layout:
        """The table in which a row stands."""
        return next(
            layout for layout in self.layouts
            if layout.sheet.name == row.sheet and layout.header_row < row.row <= (layout.last_row or row.row)
        )  # fmt: skip

    @property
    def nominees(self) -> list[Nominee]:
        """Everybody whom the file names without a problem that holds them back."""
        return [row.nominee for row in self.rows if row.nominee]


@dataclass(frozen=True)
class Later:
    """A later row about somebody who already stands: offered as a change of `first` in `fields`."""

    row: ReadRow
    first: ReadRow
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """Many returns as one list: everybody once, the rows that stand, later rows offered, every problem in file order."""

    rows: tuple[ReadRow, ...]
    later: tuple[Later, ...]
    problems: tuple[Problem, ...]

    @property
    def nominees(self) -> list[Nominee]:
        """Everybody, once."""
        return [row.nominee for row in self.rows if row.nominee]


@dataclass
class Scanned:
    """A file opened and its tables found, before its people are read. `form` is the hidden key of a form that Ortoo sent out."""

    file: str
    layouts: list[Layout] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    form: Mapping[str, str] = field(default_factory=dict)


def scan_return(data: bytes, name: str, year: int, given: Given | None = None, guard: Guard | None = None) -> Scanned:
    """Open a file and find its tables; what goes wrong is a problem of the file. `guard` parses many files in one process."""
    try:
        book = open_workbook(data, name, guard=guard)
    except SheetError as error:
        params = {"why": str(error), "error": error.kind, **error.params}
        return Scanned(name, problems=[Problem("file_unreadable", name, params=params)])
    return _scan(book, year, given)


def _scan(book: Workbook, year: int, given: Given | None) -> Scanned:
    form = read_key(book) or {}
    sheets = tuple(sheet for sheet in book.sheets if not form or sheet.name not in FORM_SHEETS)
    layouts, ignored = find_layouts(sheets, year, given)
    scanned = Scanned(book.name, layouts, ignored, form=form)
    if book.macros:
        scanned.problems.append(Problem("macros_ignored", book.name))
    scanned.problems += [Problem("sheet_ignored", book.name, entry.sheet, params={"why": entry.why}) for entry in ignored]
    if not layouts:
        scanned.problems.append(Problem("header_not_found", book.name))
    for layout in layouts:
        for name in layout.by_content:
            place = layout.columns[name]
            params = {"field": TITLES[name]}
            scanned.problems.append(
                Problem(
                    "column_by_content",
                    book.name,
                    layout.sheet.name,
                    layout.header_row,
                    letter(place),
                    layout.headers[place],
                    params=params,
                )
            )
        for column, header in layout.unused():
            scanned.problems.append(
                Problem("column_unknown", book.name, layout.sheet.name, layout.header_row, letter(column), header)
            )
    return scanned


def learn_width(scanned: Sequence[Scanned], known: Sequence[str] = ()) -> int:
    """How many digits a staff number has.

    Numbers with a leading zero tell, and known ones; then those that a sheet keeps as text; then the longest. 6 when nobody says.
    """
    led: Counter[int] = Counter(len(number) for number in known if number.isdigit())
    texts: Counter[int] = Counter()
    longest = 0
    for text, is_text in _staff_numbers(scanned):
        longest = max(longest, len(text))
        led[len(text)] += text.startswith("0")
        texts[len(text)] += is_text
    for lengths in (led, texts):
        if sum(lengths.values()):
            return max(lengths, key=lambda length: (lengths[length], length))
    return longest or DEFAULT_WIDTH


def _staff_numbers(scanned: Sequence[Scanned]) -> Iterator[tuple[str, bool]]:
    """Every staff number of 3 to 18 digits, and whether its cell is text that cannot have lost a zero (not so in csv)."""
    for file in scanned:
        for layout in file.layouts:
            column = layout.columns.get("staff_no")
            for cells in layout.sheet.rows[layout.header_row :] if column is not None else ():
                value = cells[column] if column is not None and column < len(cells) else ""
                text = squeeze(value) if value != "" else ""
                if text.isdigit() and text.isascii() and 3 <= len(text) <= 18:
                    yield text, isinstance(value, str) and layout.sheet.name != "csv"


def read_scanned(
    scanned: Scanned, context: Context, *, decisions: Mapping[str, Decision] | None = None, tell: Tell | None = None
) -> ReadReturn:
    """Read the people of a scanned file; `tell(done, total)` hears of progress every 500 lines and may raise to stop."""
    prefecture = _prefecture(scanned, context.directory)
    taken = [read_table(scanned.file, layout, context, prefecture, decisions or {}, tell) for layout in scanned.layouts]
    tables, left = spare_tables(taken)
    ignored = [*scanned.ignored, *left]
    problems = [*scanned.problems, *(Problem("sheet_ignored", scanned.file, one.sheet, params={"why": one.why}) for one in left)]
    return ReadReturn(
        scanned.file, tuple(table.layout for table in tables), tuple(ignored), prefecture,
        tuple(row for table in tables for row in table.rows), (*problems, *(p for table in tables for p in table.problems)), scanned.form,
    )  # fmt: skip


def read_returns(
    files: Sequence[tuple[str, bytes]], context: Context, *, decisions: Mapping[str, Decision] | None = None,
    given: Mapping[str, Given] | None = None, known: Sequence[str] = (), tell: Tell | None = None,
) -> list[ReadReturn]:  # fmt: skip
    """Read many files in name order; the width of a staff number is learnt from all of them and from `known` numbers."""
    year = context.frame.starts.year
    with Guard() as guard:
        ordered = sorted(files, key=lambda file: file[0])
        scanned = [scan_return(data, name, year, (given or {}).get(name), guard) for name, data in ordered]
    context = replace(context, staff_width=learn_width(scanned, known))
    return [read_scanned(file, context, decisions=decisions, tell=tell) for file in scanned]


def merge_returns(returns: Sequence[ReadReturn], *, decisions: Mapping[str, Decision] | None = None) -> Merged:
    """Everybody once: of several rows about a person the first stands, the later ones are offered, unless decided otherwise."""
    stands: dict[str, ReadRow] = {}
    later: list[Later] = []
    problems: list[Problem] = []
    for file in sorted(returns, key=lambda read: read.file):
        problems += file.problems
        for row in file.rows:
            if row.nominee is None:
                continue
            first = stands.setdefault(row.nominee.staff_no, row)
            if first is not row and first.nominee:
                problem, offer = _twice(first, row, file)
                decision = (decisions or {}).get(problem.place)
                if decision and decision.choice == "take_later":
                    stands[row.nominee.staff_no] = row
                elif not decision:
                    later.append(offer)
                    problems.append(problem)
    return Merged(tuple(stands.values()), tuple(later), tuple(problems))


def _twice(first: ReadRow, row: ReadRow, file: ReadReturn) -> tuple[Problem, Later]:
    assert row.nominee and first.nominee
    fields = first.nominee.differs(row.nominee)
    kind = "duplicate_in_file" if first.file == row.file else "same_person_two_files"
    if first.nominee.name != row.nominee.name:
        kind = "staff_no_taken"
    layout = file.layout_of(row)
    column = layout.columns.get("staff_no", 0)
    params: dict[str, Any] = {
        "name": row.nominee.name, "staff_no": row.nominee.staff_no, "first_file": first.file, "first_row": first.row, "first_name": first.nominee.name,
        "fields": ", ".join(fields),
    }  # fmt: skip
    header = layout.headers[column] if column < len(layout.headers) else ""
    problem = Problem(kind, row.file, row.sheet, row.row, letter(column), header, row.nominee.staff_no, params)
    return problem, Later(row, first, fields)


def _prefecture(scanned: Scanned, directory: Directory) -> UnitRow | None:
    """Where a file comes from: what our form's key says, its name, its sheets' names, what stands above the table."""
    if told := directory.above(scanned.form.get("unit", ""), "prefecture"):
        return told
    texts: list[object] = [scanned.file, *(layout.sheet.name for layout in scanned.layouts)]
    for layout in scanned.layouts:
        texts += [cell for row in layout.sheet.rows[: layout.header_row - 1] for cell in row if squeeze(cell)][:20]
    return next((found for text in texts if (found := directory.prefecture(text))), None) or _commonest(scanned, directory)


def _commonest(scanned: Scanned, directory: Directory) -> UnitRow | None:
    """The prefecture in which nearly all counties lie that are named in full."""
    seen: Counter[str] = Counter()
    for layout in scanned.layouts:
        places = [layout.columns[name] for name in ("prefecture", "county") if name in layout.columns]
        for cells in layout.sheet.rows[layout.header_row : layout.header_row + 2000]:
            for place in places:
                unit = (
                    place < len(cells) and cells[place] and (directory.prefecture(cells[place]) or directory.county(cells[place]))
                )
                top = directory.above(unit.code, "prefecture") if unit else None
                if top:
                    seen[top.code] += 1
    if not seen or seen.most_common(1)[0][1] < 0.9 * sum(seen.values()):
        return None
    return directory.units[seen.most_common(1)[0][0]]
