"""The ledger as a workbook: what it adds and what that mixes, by stop, group and unit, and every row that stands."""

from collections.abc import Iterable, Sequence
from typing import IO

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ortoo.live.ledger import Line, Total
from ortoo.live.models import Provenance, ReachEntry

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_ledger(
    file: IO[bytes], title: str, total: Total, groups: Sequence[tuple[str, Sequence[Line]]], entries: QuerySet[ReachEntry]
) -> None:
    """Sheets: the whole with its sentence, each of `groups` (name, lines), and the rows; no sheet has a bare grand total."""
    book = xlsxwriter.Workbook(file, PLAIN)
    bold = book.add_format({"bold": True, "bg_color": "#E8EFF6", "bottom": 1})
    known = [str(label) for label in Provenance.labels]
    whole: list[Sequence[object]] = [[title], *([each.words, each.number, each.rows] for each in total.addends)]
    if total.together:
        whole += [[], [total.together.sentence], [total.together.number]]
    _sheet(book, _("Whole"), [_("how it is known"), _("how many"), _("rows")], whole, bold)
    for name, lines in groups:
        _sheet(book, name, [name, *known], ([line.label, *(number for _p, number in line.total.cells)] for line in lines), bold)
    head = [
        _("stop"),
        _("how it is known"),
        _("group of people"),
        _("unit code"),
        _("unit"),
        _("how many"),
        _("source"),
        _("entered"),
        _("who"),
    ]
    _sheet(book, _("Rows"), head, (_row(entry) for entry in entries), bold)
    book.close()


def _row(entry: ReachEntry) -> list[object]:
    unit = entry.unit
    where = [unit.code, unit.name] if unit else ["", ""]
    known, group = entry.get_provenance_display(), entry.get_audience_display()
    when = f"{timezone.localtime(entry.entered):%Y-%m-%d %H:%M}"
    return [entry.leg.name, known, group, *where, entry.number, entry.source, when, entry.entered_by]


def _sheet(book: xlsxwriter.Workbook, name: str, head: Sequence[str], rows: Iterable[Sequence[object]], bold: object) -> None:
    sheet = book.add_worksheet(name[:31])
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(head), 16)
    sheet.write_row(0, 0, head, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
