"""A notice as a workbook: one sheet, ready to be printed on A4."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from ortoo.planning.notices.notice import Notice

WIDTHS = (5, 11, 13, 6, 26, 20, 16)


def write_xlsx(notice: Notice) -> bytes:
    """The workbook's bytes; every cell a text, so that staff numbers keep their zeros."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("Notice"))
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "bg_color": "#E8EFF6", "border": 1})
    cell = book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 6, notice.title, title)
    sheet.set_row(0, 32)
    sheet.merge_range(1, 0, 1, 6, f"{notice.unit}:", wrap)
    sheet.merge_range(2, 0, 2, 6, notice.opening, wrap)
    sheet.set_row(2, 34)
    row = 4
    for heading, rows in _parts(notice):
        sheet.merge_range(row, 0, row, 6, heading, bold)
        sheet.write_row(row + 1, 0, notice.head, bold)
        for number, values in enumerate(rows, row + 2):
            sheet.write_row(number, 0, values, cell)
        row += len(rows) + 3
    for number, point in enumerate(notice.closing, 1):
        sheet.merge_range(row, 0, row, 6, f"{number}. {point}", wrap)
        row += 1
    sheet.merge_range(row + 1, 0, row + 1, 6, f"{notice.issuer}  {notice.day:%Y-%m-%d}", book.add_format({"align": "right"}))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    book.close()
    return file.getvalue()


def _parts(notice: Notice) -> list[tuple[str, list[tuple[str, ...]]]]:
    parts = [(f"{term.name}  {term.days}  {term.base}", term.rows) for term in notice.terms]
    return parts + ([(_("Without a place this time"), notice.left_out)] if notice.left_out else [])
