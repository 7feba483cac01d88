"""A form that went out reads back without one question, even when its heads were renamed."""

import io

import openpyxl
import pytest

from ortoo.intake.domain.blank_form import blank_form
from ortoo.intake.reading.directory import read_directory
from ortoo.intake.reading.nominee import Term
from ortoo.intake.reading.person import Context
from ortoo.intake.reading.returns import merge_returns, read_returns
from ortoo.people.models import Unit

from .conftest import ROSTERS, World


def _read(name: str, data: bytes, world: World):
    directory = read_directory((ROSTERS / "units.xlsx").read_bytes(), "units.xlsx")
    terms = tuple(Term(leg.name, leg.starts, leg.ends) for leg in world.programme.legs.all())
    return merge_returns(read_returns([(name, data)], Context(directory, terms)))


@pytest.fixture
def filled(world: World) -> tuple[str, openpyxl.Workbook, int]:
    """The form of Wuhai with one line filled in; the row of its heads."""
    name, data = blank_form(world.programme, Unit.objects.get(code="150300"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    top = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "工号")
    line = [
        "007565",
        "许浩国",
        "男",
        "乌达区",
        "平滩站",
        "指导员",
        "17419740525",
        "汉",
        "清真",
        "6月1日—6月10日",
        "第二期",
        "沟通协调、综合表达",
    ]
    for column, value in enumerate(line, 1):
        sheet.cell(top + 1, column, value)
    return name, book, top


def _bytes(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_form_reads_back_without_a_question(filled, world: World) -> None:
    name, book, _top = filled
    merged = _read(name, _bytes(book), world)
    assert [p.kind for p in merged.problems if p.severity != "note"] == []
    (found,) = merged.nominees
    assert (found.staff_no, found.station, found.prefers, found.needs) == ("007565", "平滩站", 2, ("沟通协调", "综合表达"))


def test_form_reads_back_when_its_heads_were_renamed(filled, world: World) -> None:
    name, book, top = filled
    for column in range(1, 14):
        book.worksheets[0].cell(top, column, f"改名{column}")
    (found,) = _read(name, _bytes(book), world).nominees
    assert (found.staff_no, found.name, found.diet) == ("007565", "许浩国", "清真")


def test_form_offers_only_the_units_own_stations(filled, world: World) -> None:
    _name, book, _top = filled
    said = {cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "平滩站" in said and "乌滩站" not in said
