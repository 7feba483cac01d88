"""Where the table is: which sheets are read, which row is the head, which column means what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ortoo.intake.reading.columns import FIELD_OF, FIELDS, NOT_OURS, field_of, match_columns, more_columns
from ortoo.intake.reading.content import told_by_content
from ortoo.intake.reading.heads import heads_of
from ortoo.kernel.sheets.workbook import Sheet
from ortoo.kernel.text.fold import as_text, fold, squeeze

KEY_FIELDS = {"name", "staff_no"}
LOOK = 60
BEYOND = 12
NAME_LETTERS = {name[0] for name, meant in FIELD_OF.items() if meant == "name"} | {"N", "F", "*", "(", "（", "【"}
KEY_MARK = "ortoo:"
NEEDED = {"name", "staff_no", "sex", "station", "county", "phone"}
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
TITLE_YEAR = re.compile(r"(20\d\d)\s*年度?[^年月]{0,12}(?:推荐|报名|参训|回执|名单|轮训)")
OLD = re.compile("上年|去年|往年|旧表|历史|作废")
FORM = re.compile("填表说明|填写说明|说明|字典|选项|下拉|数据源|参数")
SAMPLE = re.compile("样表|样例|示例|模板")


@dataclass(frozen=True)
class Given:
    """What somebody corrected, or a form says of itself: the sheet, the head's row (from 1), field → column (from 0)."""

    sheet: str = ""
    header_row: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """A table found on a sheet: its head ends in row `header_row` (from 1), field → column (from 0), what stands above each.

    `last_row` (from 1) is its last line, 0 for the sheet's. `more` has further columns of a field; `ticks` the columns under a
    common head in which a tick chooses: column → (field, what is chosen). Fields `by_content` were told by their cells.
    """

    sheet: Sheet
    header_row: int
    columns: dict[str, int]
    headers: list[str]
    last_row: int = 0
    more: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    ticks: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    by_content: tuple[str, ...] = ()

    def unused(self) -> list[tuple[int, str]]:
        """Columns with a head that no field uses."""
        used = set(self.columns.values()) | set(self.ticks) | {column for places in self.more.values() for column in places}
        return [(c, h) for c, h in enumerate(self.headers) if h and c not in used and field_of(h) != "seq"]


@dataclass(frozen=True)
class Ignored:
    """A sheet that was not read, and why (a key of messages.WHYS)."""

    sheet: str
    why: str


def find_layouts(sheets: tuple[Sheet, ...], year: int, given: Given | None = None) -> tuple[list[Layout], list[Ignored]]:
    """The tables to read, and the sheets left alone with the reason."""
    if given and given.sheet:
        chosen = next((sheet for sheet in sheets if sheet.name == given.sheet), None)
        layout = _given_layout(chosen, given) if chosen else None
        if layout:
            return [layout], [Ignored(s.name, "form") for s in sheets if s is not chosen]
    layouts: list[Layout] = []
    ignored: list[Ignored] = []
    for sheet in sheets:
        why = why_not(sheet, year)
        found = [] if why else tables_of(sheet)
        if not found:
            ignored.append(Ignored(sheet.name, why or "no_table"))
        layouts += [_with_given(layout, given) for layout in found]
    if not layouts and (late := [s for s in sheets if s.visible and find_layout(s) and not _other_year(s, year)]):
        # A list on a sheet that is merely called 模板 is still a list when there is no other.
        layouts = [_with_given(layout, given) for layout in tables_of(late[0])]
        ignored = [entry for entry in ignored if entry.sheet != late[0].name]
    return layouts, ignored


def tables_of(sheet: Sheet) -> list[Layout]:
    """The table of a sheet, and those below it under heads of their own."""
    layout = find_layout(sheet)
    if layout is None:
        return []
    tables = [layout]
    for top in _heads_below(sheet, layout.header_row):
        below = find_layout(sheet, top, top + 1)
        if below and below.columns != tables[-1].columns and set(below.columns) >= KEY_FIELDS:
            tables[-1] = replace(tables[-1], last_row=top)
            tables.append(below)
    return [completed(table) for table in tables]


def _heads_below(sheet: Sheet, start: int) -> list[int]:
    """Rows (from 0) that hold the head of a name column: the same table's once more, or another's."""
    return [number for number, row in enumerate(sheet.rows[start:], start) if _names_name(row)]


def _names_name(row: list[Any]) -> bool:
    return any(
        type(cell) is str and len(cell) < 12 and cell.lstrip()[:1] in NAME_LETTERS and field_of(cell) == "name"
        for cell in row
        if cell
    )


def find_layout(sheet: Sheet, start: int = 0, stop: int = 0) -> Layout | None:
    """The table's head: of the rows (or pairs of rows) the first that names most fields, one of name and staff number at least."""
    key = form_key(sheet)
    if key is not None and not start:
        return key
    found: list[tuple[int, int, Layout]] = []
    for top in range(start, min(stop or len(sheet.rows), len(sheet.rows))):
        if found and top > found[-1][2].header_row + BEYOND:
            break
        if top - start > LOOK and not any(_names_name(row) for row in sheet.rows[top : top + 2]):
            continue
        for depth in (1, 2):
            if tried := _try_head(sheet, top, depth):
                found.append((tried[0], top, tried[1]))
    return _first_good(found)


def _first_good(found: list[tuple[int, int, Layout]]) -> Layout | None:
    """Of heads (score, top row, layout) the first that is nearly as good as the best: what stands below it are people.

    The row above a head may be its title, the row below may divide it: of those the better one.
    """
    if not found:
        return None
    enough = 0.6 * max(score for score, _top, _layout in found)
    first = min(top for score, top, _layout in found if score >= enough)
    return max((one for one in found if first <= one[1] <= first + 1), key=lambda one: (one[0], -one[1]))[2]


def _try_head(sheet: Sheet, top: int, depth: int) -> tuple[int, Layout] | None:
    headers, ticks = heads_of(sheet, top, depth)
    if headers is None:
        return None
    columns = match_columns(headers)
    score = len((set(columns) | {name for name, _label in ticks.values()}) - {"seq", "remark"}) * 10 + len(ticks)
    if len(columns) < 3 or not KEY_FIELDS & set(columns) or any(len(squeeze(headers[c])) > 40 for c in columns.values()):
        return None
    for column in ticks:
        columns = {field: c for field, c in columns.items() if c != column}
    more = more_columns(headers, columns)
    named = [as_text(head).strip() for head in headers]
    return score, Layout(sheet, top + depth, columns, named, more=more, ticks=ticks)


def completed(layout: Layout) -> Layout:
    """With columns that their heads do not tell but their cells do. Only needed ones are looked for."""
    if set(layout.columns) >= NEEDED:
        return layout
    free = [column for column, head in layout.unused() if not NOT_OURS.search(squeeze(head))]
    told = told_by_content(layout.sheet.rows[layout.header_row : layout.last_row or None], layout.columns, free)
    told = {name: column for name, column in told.items() if name in NEEDED}
    return replace(layout, columns={**layout.columns, **told}, by_content=tuple(told)) if told else layout


def why_not(sheet: Sheet, year: int) -> str:
    if not sheet.visible:
        return "hidden"
    if not any(squeeze(cell) for row in sheet.rows[:200] for cell in row):
        return "empty"
    if _other_year(sheet, year):
        return "last_year"
    name = squeeze(sheet.name)
    if SAMPLE.search(name):
        return "sample"
    return "form" if FORM.search(name) else ""


def _other_year(sheet: Sheet, year: int) -> bool:
    years = {int(found) for found in YEAR.findall(fold(sheet.name))}
    if years:
        return year not in years
    if OLD.search(sheet.name):
        return True
    above = [[fold(cell) for cell in row if squeeze(cell)] for row in sheet.rows[:3]]
    titles = {int(y) for said in above if len(said) <= 2 for text in said for y in TITLE_YEAR.findall(text)}
    return bool(titles) and year not in titles and max(titles) < year


def form_key(sheet: Sheet) -> Layout | None:
    """The layout of a form that Ortoo sent out: a hidden row of keys above the head, which moves with its columns."""
    for top, row in enumerate(sheet.rows[:20]):
        keys = {
            str(cell)[len(KEY_MARK) :]: c for c, cell in enumerate(row) if isinstance(cell, str) and cell.startswith(KEY_MARK)
        }
        columns = {name: c for name, c in keys.items() if name in FIELDS}
        if len(columns) >= 3 and KEY_FIELDS & set(columns):
            heads = sheet.rows[top + 1] if top + 1 < len(sheet.rows) else []
            return Layout(sheet, top + 2, columns, [as_text(head).strip() for head in heads])
    return None


def _given_layout(sheet: Sheet, given: Given) -> Layout | None:
    found = find_layout(sheet)
    if given.header_row and (found is None or found.header_row != given.header_row):
        headers = (
            [as_text(cell).strip() for cell in sheet.rows[given.header_row - 1]] if given.header_row <= len(sheet.rows) else []
        )
        columns = {f: c for f, c in given.columns.items() if f in FIELDS} or match_columns(headers)
        return Layout(sheet, given.header_row, dict(columns), headers) if KEY_FIELDS & set(columns) else None
    return _with_given(found, given) if found else None


def _with_given(layout: Layout, given: Given | None) -> Layout:
    if not given or not given.columns or given.sheet not in ("", layout.sheet.name):
        return layout
    columns = {f: c for f, c in given.columns.items() if f in FIELDS}
    return replace(layout, columns=columns, more={f: c for f, c in layout.more.items() if f in columns})
