"""Correcting how a file is read: the sheet, the row of the column heads, what each column means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.intake import store
from ortoo.intake.domain.delivery import start_reading
from ortoo.intake.models import Delivery, ReturnFile, UnitMapping
from ortoo.intake.reading.columns import FIELDS, field_of
from ortoo.intake.reading.returns import letter
from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.kernel.sheets.errors import SheetError
from ortoo.kernel.sheets.workbook import Sheet, open_workbook
from ortoo.kernel.text.fold import as_text

SHOWN_ROWS, SHOWN_COLUMNS = 20, 60


class NoSuchPlace(Refused):
    sentence = _("%(file)s has no sheet “%(sheet)s” with a row %(row)s.")
    status = 400


class FieldTwice(Refused):
    sentence = _("Two columns can't both be “%(field)s”. Choose one of them.")
    status = 400


class NamesNeeded(Refused):
    sentence = _("Say at least which column holds the names or the staff numbers.")
    status = 400


@dataclass(frozen=True)
class Look:
    """The first rows of one sheet of a file, as text, to choose by. `sheets` are the names of all."""

    sheets: list[str]
    sheet: str
    header_row: int
    rows: list[tuple[int, list[str]]]
    columns: list[dict[str, Any]]


def look_into(file: ReturnFile, sheet: str = "", header_row: int = 0) -> Look | None:
    """What the file shows at its start, with the matching as it stands; None when it can't be opened."""
    try:
        sheets = open_workbook(store.bytes_of(file.sha256), file.name).sheets
    except SheetError:
        return None
    table = next((each for each in file.columns if each["sheet"] == sheet), file.columns[0] if file.columns else None)
    name = sheet or (table["sheet"] if table else "") or (sheets[0].name if sheets else "")
    chosen = next((each for each in sheets if each.name == name), sheets[0] if sheets else None)
    if chosen is None:
        return None
    row = header_row or (table["header_row"] if table and table["sheet"] == chosen.name else 1)
    rows = [(n, [as_text(cell)[:40] for cell in cells[:SHOWN_COLUMNS]]) for n, cells in enumerate(chosen.rows[:SHOWN_ROWS], 1)]
    known = table if table and table["sheet"] == chosen.name and table["header_row"] == row else None
    return Look([each.name for each in sheets], chosen.name, row, rows, known["columns"] if known else _heads(chosen, row))


@transaction.atomic
def match(
    file: ReturnFile, *, sheet: str, header_row: int, fields: Mapping[int, str], remember: bool = False, by: Actor
) -> Delivery:
    """Read the file from now on with column place (from 0) → field, and read the delivery again.

    `remember` keeps it for the file's unit. Raises NoSuchPlace, FieldTwice, NamesNeeded.
    """
    page = _page(file, sheet, header_row)
    columns = {field: place for place, field in fields.items() if field in FIELDS}
    if len(columns) != sum(field in FIELDS for field in fields.values()):
        twice = next(field for field in columns if list(fields.values()).count(field) > 1)
        raise FieldTwice(field=twice)
    if not columns.keys() & {"name", "staff_no"}:
        raise NamesNeeded
    file.given = {"sheet": sheet, "header_row": header_row, "columns": columns}
    file.save(update_fields=["given"])
    if remember and (unit := file.unit or file.delivery.unit):
        heads = {head["head"]: fields.get(head["place"], "") for head in _heads(page, header_row) if head["head"]}
        UnitMapping.objects.update_or_create(unit=unit, defaults={"columns": heads, "remembered": clock.now()})
    audit.record("match_columns", file.delivery, by=by, after={"file": file.name, **file.given})
    return start_reading(file.delivery, by=by)


def _page(file: ReturnFile, sheet: str, header_row: int) -> Sheet:
    try:
        page = open_workbook(store.bytes_of(file.sha256), file.name).sheet(sheet)
    except SheetError:
        page = None
    if page is None or not 1 <= header_row <= len(page.rows):
        raise NoSuchPlace(file=file.name, sheet=sheet, row=header_row)
    return page


def _heads(page: Sheet, header_row: int) -> list[dict[str, Any]]:
    cells = page.rows[header_row - 1][:SHOWN_COLUMNS] if header_row <= len(page.rows) else []
    heads = [(place, as_text(cell).strip()[:120]) for place, cell in enumerate(cells)]
    return [
        {"place": place, "letter": letter(place), "head": head, "field": field_of(head) or ""} for place, head in heads if head
    ]
