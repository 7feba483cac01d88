"""A list as a sheet: filter, sort, pages, download. `SheetTable` serves the page, the scroll and the download from one view:

table = SheetTable(request, COLUMNS, Person.objects.visible_to(request.user), caption=_("People"))
return table.answer() or render(request, "people/list.html", {"table": table})     # template: {% sheet table %}
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.functional import Promise

from ortoo.ui import sheet_download, sheet_rows
from ortoo.ui.sheet_rows import follow

Kind = Literal["text", "number", "day", "moment", "tag"]
Width = Literal["xs", "s", "m", "l", "xl"]
CHARACTERS = {"xs": 7, "s": 11, "m": 16, "l": 26, "xl": 40}
PAGE_SIZE = 200
OWN_PARAMETERS = ("q", "sort", "page", "as")


@dataclass(frozen=True)
class Column:
    """One column. `key` is a path as in a query ("person__unit__name"); `value` reads the cell where the path cannot.

    `order`: query paths to sort by (default the key; empty = not sortable; with `value` it must be said).
    `search`: query paths that the filter looks in (default the key of a text column without `value`).
    `href`: what the cell opens. `tone` (of a tag): "plain", "current", "good" or "harm".
    """

    key: str
    label: str | Promise
    kind: Kind = "text"
    width: Width = "m"
    value: Callable[[Any], object] | None = None
    order: Sequence[str] | None = None
    search: Sequence[str] | None = None
    href: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None

    @property
    def orders(self) -> Sequence[str]:
        """Query paths to sort by; empty when the column cannot be sorted."""
        return self.order if self.order is not None else ([] if self.value else [self.key])

    @property
    def searches(self) -> Sequence[str]:
        """Query paths in which the filter looks."""
        if self.search is not None:
            return self.search
        return [self.key] if self.kind in ("text", "tag") and not self.value else []

    def read(self, row: Any) -> object:
        """The value of this column in a row."""
        return self.value(row) if self.value else follow(row, self.key)


class SheetTable:
    """Rows (a QuerySet or a list) under columns, as this request wants to see them.

    `select`: name of the checkboxes with which rows are chosen, sent with the form whose id is `form_id` (the sheet has a form
    of its own and cannot stand inside another); `chosen` reads them back. `row_key`: path of a row's key.
    Costs two queries a page (count, rows), three while a filter is set.
    """

    def __init__(
        self,
        request: HttpRequest,
        columns: Sequence[Column],
        rows: "QuerySet[Any] | Sequence[Any]",
        *,
        caption: str | Promise,
        name: str = "table",
        select: str = "",
        form_id: str = "",
        row_key: str = "pk",
        page_size: int = PAGE_SIZE,
        empty: str | Promise = "",
        writer: sheet_download.Writer | None = None,
    ) -> None:
        self.request, self.columns, self.source = request, list(columns), rows
        self.caption, self.name, self.select = str(caption), name, select
        self.row_key, self.form_id = row_key, form_id
        self.page_size, self.empty, self.writer = page_size, str(empty), writer
        self.q = request.GET.get("q", "").strip()[:100]
        self.sort = request.GET.get("sort", "")

    def answer(self) -> HttpResponseBase | None:
        """What scrolling, copying or downloading asked for; None when the page itself is wanted."""
        form = self.request.GET.get("as", "")
        if form == "rows":
            return HttpResponse(self.body, headers={"X-Total": str(self.total), "X-Page": str(self.page)})
        return sheet_download.answer(self, form) if form in sheet_download.FORMS else None

    @cached_property
    def rows(self) -> Any:
        """All rows that pass the filter, sorted."""
        return self._sorted(self._filtered(self.source, self.q))

    @cached_property
    def total(self) -> int:
        """How many rows pass the filter."""
        return self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)

    @cached_property
    def all_total(self) -> int:
        """How many rows there are without the filter."""
        if not self.q:
            return self.total
        return self.source.count() if isinstance(self.source, QuerySet) else len(self.source)

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.total // self.page_size))

    @cached_property
    def page(self) -> int:
        """The page asked for, from 1; out of range gives the nearest."""
        wanted = self.request.GET.get("page", "1")
        return min(max(int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 1, 1), self.pages)

    @cached_property
    def page_rows(self) -> list[Any]:
        """The rows of the page asked for."""
        start = (self.page - 1) * self.page_size
        return list(self.rows[start : start + self.page_size])

    @property
    def body(self) -> str:
        """The page's rows as one `<tbody>`."""
        return sheet_rows.body(self, self.page_rows, (self.page - 1) * self.page_size)

    @property
    def searchable(self) -> bool:
        """Whether any column can be filtered."""
        return any(column.searches for column in self.columns)

    @property
    def width_class(self) -> str:
        """The class that gives the table its least width: the sum of its columns in steps of ten characters."""
        return f"tw-{min(40, -(-sum(CHARACTERS[column.width] for column in self.columns) // 10))}"

    @property
    def head(self) -> list[tuple[Column, str, str]]:
        """Each column, the address that sorts by it (empty: cannot be), and `ascending`, `descending` or empty."""
        states = {self.key_of_sort: "descending" if self.sort.startswith("-") else "ascending"}
        return [
            (
                column,
                self.url(sort=f"-{column.key}" if self.sort == column.key else column.key, page="") if column.orders else "",
                states.get(column.key, "") if self.sort else "",
            )
            for column in self.columns
        ]

    @property
    def key_of_sort(self) -> str:
        """The key by which rows are sorted now."""
        return self.sort.removeprefix("-")

    def url(self, **changes: str) -> str:
        """This page's address with some parameters changed; an empty value takes one out."""
        query = self.request.GET.copy()
        query.pop("as", None)
        for key, value in changes.items():
            query.pop(key, None)
            if value:
                query[key] = value
        return f"{self.request.path}?{query.urlencode()}"

    @property
    def other_parameters(self) -> list[tuple[str, str]]:
        """Parameters of the page that are not the table's own; the filter form keeps them."""
        return [(k, v) for k, values in self.request.GET.lists() if k not in OWN_PARAMETERS for v in values]

    def values(self) -> Iterator[list[object]]:
        """Every row that passes the filter, read column by column; in pieces, so that it is never all in memory."""
        rows: Iterable[Any] = self.rows.iterator(2000) if isinstance(self.rows, QuerySet) else self.rows
        for row in rows:
            yield [column.read(row) for column in self.columns]

    def chosen(self, post: QueryDict) -> Any:
        """The rows whose boxes were ticked in a posted form; with "all" ticked, all that pass its filter but those unticked."""
        every = bool(post.get(f"{self.select}_all"))
        rows = self._filtered(self.source, post.get(f"{self.select}_q", "").strip()[:100]) if every else self.source
        keys = set(post.getlist(f"{self.select}_not" if every else self.select))
        if isinstance(rows, QuerySet):
            those = {f"{self.row_key}__in": keys}
            return rows.exclude(**those) if every else rows.filter(**those)
        return [row for row in rows if (str(follow(row, self.row_key)) in keys) is not every]

    def _filtered(self, rows: Any, q: str) -> Any:
        words = q.split()
        if not words:
            return rows
        if not isinstance(rows, QuerySet):
            return [row for row in rows if all(self._has(row, word.casefold()) for word in words)]
        paths = [path for column in self.columns for path in column.searches]
        for word in words:
            rows = rows.filter(reduce(operator.or_, (Q(**{f"{path}__icontains": word}) for path in paths), Q()))
        return rows

    def _has(self, row: Any, word: str) -> bool:
        return any(word in str(column.read(row)).casefold() for column in self.columns)

    def _sorted(self, rows: Any) -> Any:
        column = next((each for each in self.columns if each.key == self.key_of_sort and each.orders), None)
        backwards = self.sort.startswith("-")
        if isinstance(rows, QuerySet):
            if column is None:
                return rows if rows.ordered else rows.order_by("pk")
            return rows.order_by(*[f"-{path}" if backwards else path for path in column.orders], "pk")
        if column is None:
            return rows
        return sorted(rows, key=lambda row: _sortable(column.read(row)), reverse=backwards)


def _sortable(value: object) -> tuple[int, Any]:
    if value is None:
        return (2, "")
    return (0, value) if isinstance(value, (int, float)) else (1, str(value))
