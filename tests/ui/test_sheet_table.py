"""A list as a sheet: filter, sort, pages, choice, query counts."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from ortoo.kernel import clock
from ortoo.kernel.models import AuditEntry
from ortoo.ui.sheet_rows import follow
from ortoo.ui.sheet_table import Column, SheetTable

COLUMNS = [
    Column("title", "Name"),
    Column("verb", "Verb", kind="tag", width="s"),
    Column("by_id", "Number", kind="number"),
    Column("double", "Twice", kind="number", value=lambda row: row.by_id * 2),
]


def entries(count: int) -> None:
    now = clock.now()
    AuditEntry.objects.bulk_create(
        AuditEntry(at=now, by_id=n, by_name="x", verb="add", noun="n", noun_id=str(n), title=f"张{n:04d}") for n in range(count)
    )


def table(query: str = "", rows: Any = None, **options: Any) -> SheetTable:
    source = AuditEntry.objects.order_by("pk") if rows is None else rows
    return SheetTable(RequestFactory().get(f"/list/{query}"), COLUMNS, source, caption="Entries", **options)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 450])
def test_page_costs_two_queries_however_many_rows(count: int, django_assert_num_queries: Any) -> None:
    entries(count)
    with django_assert_num_queries(2):
        sheet = table()
        assert sheet.body.count("<tr") == min(count, 200)
        assert sheet.total == count


@pytest.mark.django_db
def test_filtered_page_costs_three_queries(django_assert_num_queries: Any) -> None:
    entries(30)
    with django_assert_num_queries(3):
        sheet = table("?q=0001")
        assert (sheet.body.count("<tr"), sheet.total, sheet.all_total) == (1, 1, 30)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "given"), [("2", 2), ("3", 3), ("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 30, 1)]
)
def test_page_out_of_range_gives_the_nearest(asked: str, given: int) -> None:
    entries(450)
    assert table(f"?page={asked}").page == given


@pytest.mark.django_db
def test_last_page_numbers_its_rows_from_the_start_of_the_list() -> None:
    entries(450)
    body = table("?page=3").body
    assert body.count("<tr") == 50
    assert 'data-page="3"' in body
    assert '<tr aria-rowindex="402">' in body  # the head row counts as the first


@pytest.mark.django_db
def test_filter_wants_every_word_and_looks_only_where_told() -> None:
    entries(30)
    assert table("?q=张 0001").total == 1
    assert table("?q=add").total == 30
    assert table("?q=add 没有").total == 0
    assert table("?q=%25_'\"\\").total == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("sort", "first"), [("by_id", 0), ("-by_id", 29), ("double", 0), ("secret", 0), ("-title", 29)])
def test_sort_takes_only_columns_that_can_be_sorted(sort: str, first: int) -> None:
    entries(30)
    assert table(f"?sort={sort}").page_rows[0].by_id == first


def test_list_of_objects_filters_and_sorts_like_a_queryset() -> None:
    rows = [{"title": name, "verb": "", "by_id": n, "pk": n} for n, name in enumerate(["丙", None, "甲"])]
    columns = [Column("title", "Name"), Column("by_id", "Number", kind="number")]
    request = RequestFactory().get("/?sort=-by_id")
    assert [row["by_id"] for row in SheetTable(request, columns, rows, caption="x").page_rows] == [2, 1, 0]
    request = RequestFactory().get("/?q=甲")
    assert SheetTable(request, columns, rows, caption="x").total == 1


def test_sort_of_a_list_puts_empty_values_last() -> None:
    rows = [{"n": 2}, {"n": None}, {"n": 1}]
    sheet = SheetTable(RequestFactory().get("/?sort=n"), [Column("n", "N", kind="number")], rows, caption="x")
    assert [row["n"] for row in sheet.page_rows] == [1, 2, None]


@pytest.mark.django_db
def test_rows_for_scrolling_say_their_total() -> None:
    entries(450)
    answer = table("?as=rows&page=2").answer()
    assert answer is not None
    assert answer["X-Total"] == "450"
    assert answer.content.decode().startswith('<tbody data-page="2">')  # type: ignore[attr-defined]


def test_answer_is_none_for_the_page_itself_and_unknown_forms() -> None:
    assert table(rows=[]).answer() is None
    assert table("?as=exe", rows=[]).answer() is None


def test_body_escapes_what_people_wrote() -> None:
    rows = [{"pk": '"><b>', "title": "<script>alert(1)</script>", "href": '"><i>'}]
    columns = [
        Column("title", "Name", href=lambda row: row["href"]),
        Column("t", "T", kind="tag", value=lambda row: row["title"], tone=lambda row: '"><u>'),
    ]
    body = SheetTable(RequestFactory().get("/"), columns, rows, caption="x", select="rows", form_id="f").body
    assert not any(tag in body for tag in ("<script", "<b>", "<i>", "<u>"))
    assert "&lt;script&gt;" in body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ("", 0),
        ("rows=A&rows=B", 2),
        ("rows_all=1", 30),
        ("rows_all=1&rows_q=0001", 1),
        ("rows_all=1&rows_not=A", 29),
        ("rows=A&rows_not=A", 1),
    ],
)
def test_chosen_reads_boxes_back(posted: str, expected: int) -> None:
    entries(30)
    first, second = AuditEntry.objects.order_by("pk")[:2]
    posted = posted.replace("A", str(first.pk)).replace("B", str(second.pk))
    assert table(select="rows").chosen(QueryDict(posted)).count() == expected


def test_chosen_of_a_list_matches_keys_as_text() -> None:
    rows = [{"pk": 7, "title": "a"}, {"pk": 8, "title": "b"}]
    sheet = table(rows=rows, select="rows")
    assert sheet.chosen(QueryDict("rows=8")) == [rows[1]]
    assert sheet.chosen(QueryDict("rows_all=1&rows_not=8")) == [rows[0]]


def test_address_keeps_what_is_not_the_tables_own() -> None:
    sheet = table("?term=3&q=a%26b&as=rows", rows=[])
    assert sheet.url(page="2") == "/list/?term=3&q=a%26b&page=2"
    assert sheet.other_parameters == [("term", "3")]


def test_follow_ends_at_none_on_the_way() -> None:
    assert follow({"unit": None}, "unit__name") is None


@pytest.mark.django_db
def test_head_says_how_it_is_sorted() -> None:
    with translation.override("en"):
        head = {column.key: (url, state) for column, url, state in table("?sort=-title").head}
    assert head["title"] == ("/list/?sort=title", "descending")
    assert head["double"] == ("", "")
