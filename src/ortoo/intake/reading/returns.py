"""A return from its bytes to people, rows and problems; and many returns to one list."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ortoo.intake.reading.directory import Directory, UnitRow
from ortoo.intake.reading.layout import Given, Ignored, Layout, find_layouts
from ortoo.intake.reading.nominee import Nominee
from ortoo.intake.reading.person import Context, Line, PersonReader
from ortoo.intake.reading.problem import Decision, Problem
from ortoo.intake.reading.rows import table_rows
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.workbook import Workbook, open_workbook
from ortoo.kernel.text.fold import as_text, squeeze

DEFAULT_WIDTH = 6
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class ReadRow:
    """A line that is about a person: `nominee` is None while held back; `left_out` when somebody decided so."""

    file: str
    sheet: str
    row: int
    cells: Mapping[str, str]
    nominee: Nominee | None
    left_out: bool = False


@dataclass(frozen=True)
class ReadReturn:
    """One file as read: its tables, the sheets left alone, its rows and problems. `unit` is the prefecture it comes from."""

    file: str
    layouts: tuple[Layout, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    unit: UnitRow | None = None
    rows: tuple[ReadRow, ...] = ()
    problems: tuple[Problem, ...] = ()

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
    """A file opened and its tables found, before its people are read."""

    file: str
    layouts: list[Layout] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def scan_return(data: bytes, name: str, year: int, given: Given | None = None) -> Scanned:
    """Open a file and find its tables; what goes wrong is a problem of the file."""
    try:
        book = open_workbook(data, name)
    except SheetError as error:
        params = {"why": str(error), "error": error.kind, **error.params}
        return Scanned(name, problems=[Problem("file_unreadable", name, params=params)])
    return _scan(book, year, given)


def _scan(book: Workbook, year: int, given: Given | None) -> Scanned:
    layouts, ignored = find_layouts(book.sheets, year, given)
    scanned = Scanned(book.name, layouts, ignored)
    if book.macros:
        scanned.problems.append(Problem("macros_ignored", book.name))
    scanned.problems += [Problem("sheet_ignored", book.name, entry.sheet, params={"why": entry.why}) for entry in ignored]
    if not layouts:
        scanned.problems.append(Problem("header_not_found", book.name))
    for layout in layouts:
        for column, header in layout.unused():
            scanned.problems.append(
                Problem("column_unknown", book.name, layout.sheet.name, layout.header_row, letter(column), header)
            )
    return scanned


def learn_width(scanned: Sequence[Scanned], known: Sequence[str] = ()) -> int:
    """How many digits a staff number has: the commonest length among known ones and those kept as text; 6 when nobody says."""
    lengths: Counter[int] = Counter(len(number) for number in known if number.isdigit())
    longest = 0
    for layout in (layout for file in scanned for layout in file.layouts):
        column = layout.columns.get("staff_no")
        for cells in layout.sheet.rows[layout.header_row :] if column is not None else ():
            value = cells[column] if column is not None and column < len(cells) else ""
            text = squeeze(value)
            if text.isdigit() and text.isascii() and 3 <= len(text) <= 18:
                longest = max(longest, len(text))
                if isinstance(value, str):
                    lengths[len(text)] += 1
    if lengths:
        return max(lengths, key=lambda length: (lengths[length], length))
    return max(longest, DEFAULT_WIDTH) if longest else DEFAULT_WIDTH


def read_scanned(
    scanned: Scanned, context: Context, *, decisions: Mapping[str, Decision] | None = None, tell: Tell | None = None
) -> ReadReturn:
    """Read the people of a scanned file; `tell(done, total)` hears of progress every 500 lines and may raise to stop."""
    prefecture = _prefecture(scanned, context.directory)
    rows: list[ReadRow] = []
    problems = list(scanned.problems)
    for layout in scanned.layouts:
        county = context.directory.county(layout.sheet.name, prefecture.code if prefecture else "")
        reader = PersonReader(context, prefecture, decisions or {})
        reader.above.county = county.code if county else ""
        _read_table(scanned.file, layout, reader, rows, problems, tell)
    return ReadReturn(scanned.file, tuple(scanned.layouts), tuple(scanned.ignored), prefecture, tuple(rows), tuple(problems))


def _read_table(
    file: str, layout: Layout, reader: PersonReader, rows: list[ReadRow], problems: list[Problem], tell: Tell | None
) -> None:
    letters = {name: letter(column) for name, column in layout.columns.items()}
    headers = {name: layout.headers[column] if column < len(layout.headers) else "" for name, column in layout.columns.items()}
    total, zeros = len(layout.sheet.rows) - layout.header_row, 0
    for count, (number, cells, why) in enumerate(table_rows(layout)):
        if tell and count % 500 == 0:
            tell(count, total)
        if why:
            problems.append(Problem("row_skipped", file, layout.sheet.name, number, read=_first(cells), params={"why": why}))
            continue
        of = {name: cells[column] if column < len(cells) else "" for name, column in layout.columns.items()}
        reading = reader.read(Line(file, layout.sheet.name, number, of, letters, headers))
        problems += reading.problems
        zeros += reading.zeros
        said = {name: as_text(value) for name, value in of.items()}
        rows.append(ReadRow(file, layout.sheet.name, number, said, reading.nominee, reading.left_out))
    if zeros:
        params = {"count": zeros, "width": reader.context.staff_width}
        problems.append(
            Problem("zeros_restored", file, layout.sheet.name, layout.header_row, letters.get("staff_no", ""), params=params)
        )


def read_returns(
    files: Sequence[tuple[str, bytes]], context: Context, *, decisions: Mapping[str, Decision] | None = None,
    given: Mapping[str, Given] | None = None, known: Sequence[str] = (), tell: Tell | None = None,
) -> list[ReadReturn]:  # fmt: skip
    """Read many files in name order; the width of a staff number is learnt from all of them and from `known` numbers."""
    year = context.frame.starts.year
    scanned = [scan_return(data, name, year, (given or {}).get(name)) for name, data in sorted(files, key=lambda f: f[0])]
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
    layout = next(layout for layout in file.layouts if layout.sheet.name == row.sheet)
    column = layout.columns.get("staff_no", 0)
    params: dict[str, Any] = {
        "name": row.nominee.name, "staff_no": row.nominee.staff_no, "first_file": first.file, "first_row": first.row,
        "fields": ", ".join(fields),
    }  # fmt: skip
    header = layout.headers[column] if column < len(layout.headers) else ""
    problem = Problem(kind, row.file, row.sheet, row.row, letter(column), header, row.nominee.staff_no, params)
    return problem, Later(row, first, fields)


def _prefecture(scanned: Scanned, directory: Directory) -> UnitRow | None:
    """Where a file comes from: its name, its sheets' names, what stands above the table."""
    texts: list[object] = [scanned.file, *(layout.sheet.name for layout in scanned.layouts)]
    for layout in scanned.layouts:
        texts += [cell for row in layout.sheet.rows[: layout.header_row - 1] for cell in row if squeeze(cell)][:20]
    return next((found for text in texts if (found := directory.prefecture(text))), None)


def _first(cells: Sequence[object]) -> str:
    return next((text[:80] for cell in cells if (text := squeeze(cell))), "")


def letter(column: int) -> str:
    """A column's letter as sheets write it: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
