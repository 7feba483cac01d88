"""The itinerary as a workbook: the overview, a sheet for each stop and each speaker."""

from collections.abc import Sequence
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from ortoo.programmes.itinerary.plan import Itinerary
from ortoo.programmes.itinerary.said import of_speaker, of_stop, overview

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORBIDDEN = str.maketrans("[]:*?/\\", "_______")


def write_itinerary(file: IO[bytes], plan: Itinerary) -> None:
    """Write it; the sheets' names begin with a number, so that no two are alike."""
    book = xlsxwriter.Workbook(file, PLAIN)
    bold = book.add_format({"bold": True, "bg_color": "#E8EFF6", "bottom": 1})
    tables: list[tuple[str, Sequence[str], dict[str, Any]]] = [(_("Overview"), [], overview(plan))]
    tables += [(said["title"], said["lines"], said) for said in (of_stop(plan, stop) for stop in plan.stops)]
    tables += [(said["title"], said["lines"], said) for said in (of_speaker(plan, speaker) for speaker in plan.speakers)]
    for number, (name, lines, said) in enumerate(tables):
        _sheet(book, f"{number} {name}", lines, said["heads"], said["rows"], bold)
    book.close()


def _sheet(
    book: xlsxwriter.Workbook, name: str, lines: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]], bold: object
) -> None:
    sheet = book.add_worksheet(name.translate(FORBIDDEN)[:31])
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, len(heads), 22)
    for number, line in enumerate(lines):
        sheet.write(number, 0, line)
    sheet.write_row(len(lines), 0, heads, bold)
    for number, row in enumerate(rows, len(lines) + 1):
        sheet.write_row(number, 0, row)
