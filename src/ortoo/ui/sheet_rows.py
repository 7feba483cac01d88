"""Rows of a sheet as HTML. Written here and not in a template because a page has thousands of cells."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ortoo.ui import dates

if TYPE_CHECKING:
    from ortoo.ui.sheet_table import Column, SheetTable

TONES = ("plain", "current", "good", "harm")


def body(table: "SheetTable", rows: Sequence[Any], before: int) -> SafeString:
    """One `<tbody>` with these rows; `before` rows come ahead of them in the list."""
    # aria-rowindex counts the head row as 1.
    lines = ((before + place + 2, _cells(table, row)) for place, row in enumerate(rows))
    return format_html(
        '<tbody data-page="{}">{}</tbody>',
        before // table.page_size + 1,
        format_html_join("", '<tr aria-rowindex="{}">{}</tr>', lines),
    )


def shown(column: "Column", value: object) -> str:
    """A cell's value as the reader sees it."""
    if value is None or value == "":
        return ""
    if column.kind == "number" and isinstance(value, int | float):
        return f"{value:,}"
    if isinstance(value, datetime):
        return dates.moment(value) if column.kind == "moment" else dates.day(value)
    if isinstance(value, date):
        return dates.day(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)


def follow(row: Any, path: str) -> object:
    """The value at the end of a query path: attributes or keys, called where they can be; None on the way ends it."""
    for name in path.split("__"):
        row = row.get(name) if isinstance(row, dict) else getattr(row, name)
        if callable(row):
            row = row()
        if row is None:
            return None
    return row


def _cells(table: "SheetTable", row: Any) -> SafeString:
    cells = format_html_join("", '<td class="k-{}" tabindex="-1">{}</td>', ((c.kind, _inside(c, row)) for c in table.columns))
    return format_html("{}{}", _box(table, row), cells) if table.select else cells


def _box(table: "SheetTable", row: Any) -> SafeString:
    return format_html(
        '<td class="k-box" tabindex="-1"><input type="checkbox" name="{}" value="{}"{} aria-label="{}"></td>',
        table.select,
        follow(row, table.row_key),
        format_html(' form="{}"', table.form_id) if table.form_id else "",
        gettext("Choose %(row)s") % {"row": table.columns[0].read(row)},
    )


def _inside(column: "Column", row: Any) -> SafeString:
    text = conditional_escape(shown(column, column.read(row)))
    if column.kind == "tag" and text:
        tone = column.tone(row) if column.tone else "plain"
        text = format_html('<span class="tag tag-{}">{}</span>', tone if tone in TONES else "plain", text)
    href = column.href(row) if column.href else ""
    return format_html('<a href="{}" tabindex="-1">{}</a>', href, text) if href and text else text
