"""Small returns for the tests: a grid of cells read as a file."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from tests.intake.reading.rosters import context

from ortoo.intake.reading.problem import Decision, Problem
from ortoo.intake.reading.returns import Merged, ReadReturn, merge_returns, read_returns

HEADS = ["姓名", "性别", "工号", "旗县区", "站点", "职务", "手机", "不能参训时间", "希望期次", "备注"]
KNOWN = ["007741"]


def person(**said: Any) -> list[Any]:
    """A line for HEADS about somebody who stands without a problem; `said` by head."""
    plain = {
        "姓名": "张三", "性别": "男", "工号": "007743", "旗县区": "红山区", "站点": "北街站", "职务": "教导员", "手机": "18496021107",
    }  # fmt: skip
    return [{**plain, **said}.get(head, "") for head in HEADS]


def as_csv(grid: Sequence[Sequence[Any]]) -> bytes:
    """The grid as a csv file."""
    out = io.StringIO()
    csv.writer(out).writerows(grid)
    return out.getvalue().encode()


def as_xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], merges: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """The grids as sheets of one file; merges (from 0) on the first."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"})
    for place, (name, grid) in enumerate(sheets.items()):
        sheet = book.add_worksheet(name)
        for merge in merges if not place else ():
            sheet.merge_range(*merge, "")
        for number, row in enumerate(grid):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, column, cell)
    book.close()
    return out.getvalue()


def read(
    data: bytes | Sequence[Sequence[Any]], name: str = "04-赤峰市.xlsx", decisions: Mapping[str, Decision] | None = None
) -> ReadReturn:
    """One file as read."""
    content = data if isinstance(data, bytes) else as_csv(data)
    return read_returns([(name, content)], context(), decisions=decisions, known=KNOWN)[0]


def merged(*files: tuple[str, Sequence[Sequence[Any]]], decisions: Mapping[str, Decision] | None = None) -> Merged:
    """Many files as one list."""
    returns = read_returns([(name, as_csv(grid)) for name, grid in files], context(), decisions=decisions, known=KNOWN)
    return merge_returns(returns, decisions=decisions)


def names(read_return: ReadReturn | Merged) -> list[str]:
    """Who was read."""
    return [nominee.name for nominee in read_return.nominees]


def problems(read_return: ReadReturn | Merged) -> list[tuple[int, str]]:
    """(row, kind) of all that is not merely noted."""
    return [(problem.row, problem.kind) for problem in read_return.problems if problem.severity != "note"]


def only(read_return: ReadReturn | Merged) -> Problem:
    """The one problem that is more than a note."""
    (problem,) = [problem for problem in read_return.problems if problem.severity != "note"]
    return problem
