"""What one sees, as a file."""

import io
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from django.test import RequestFactory

from ortoo.ui import sheet_download
from ortoo.ui.sheet_table import Column, SheetTable

pytestmark = pytest.mark.django_db  # closing an answer looks at the connections

COLUMNS = [Column("name", "姓名"), Column("day", "日期", kind="day"), Column("n", "数", kind="number")]
ROWS = [
    {"name": '=HYPERLINK("x")', "day": date(2023, 6, 19), "n": 3},
    {"name": "+86 138\t0000\n", "day": None, "n": -2},
    {"name": '李，"四"', "day": date(2023, 6, 20), "n": 1},
]


def content(query: str, rows: list[dict[str, Any]] = ROWS, **options: Any) -> bytes:
    answer: Any = SheetTable(RequestFactory().get(f"/{query}"), COLUMNS, rows, caption="名单 一", **options).answer()
    with closing(answer):
        return b"".join(answer.streaming_content)


def test_xlsx_keeps_texts_as_texts_and_days_as_days() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content("?as=xlsx"))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=2)] == [
        ["姓名", "日期", "数"],
        ['=HYPERLINK("x")', datetime(2023, 6, 19), 3],  # noqa: DTZ001
    ]
    assert sheet["A2"].data_type in ("s", "f") and sheet["A2"].data_type != "f"


def test_xlsx_holds_what_the_filter_leaves() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content("?as=xlsx&q=李"))).active
    assert sheet is not None and sheet.max_row == 2


def test_csv_opens_as_utf8_and_runs_nothing() -> None:
    text = content("?as=csv").decode("utf-8")
    assert text.startswith("\ufeff姓名,日期,数\r\n")
    assert '"\'=HYPERLINK(""x"")",2023-06-19,3' in text
    assert "李，" in text and ",-2\r\n" in text


def test_tsv_keeps_one_row_on_one_line() -> None:
    lines = content("?as=tsv").decode("utf-8").split("\r\n")
    assert [line.count("\t") for line in lines[:4]] == [2, 2, 2, 2]
    assert lines[2].startswith("'+86 138 0000\t")


def test_file_is_named_after_the_list() -> None:
    answer = SheetTable(RequestFactory().get("/?as=csv"), COLUMNS, [], caption="名单 一").answer()
    assert answer is not None
    assert "attachment" in answer["Content-Disposition"] and "utf-8''%E5%90%8D" in answer["Content-Disposition"]


def test_writer_can_be_another() -> None:
    def write(title: str, head: Any, rows: Any, file: Any) -> None:
        file.write(f"{title}|{'/'.join(head)}|{len(list(rows))}".encode())

    assert content("?as=xlsx", writer=write).decode() == "名单 一|姓名/日期/数|3"


@pytest.mark.parametrize(("value", "expected"), [(None, ""), (-5, "-5"), ("-5", "'-5"), ("@x", "'@x"), ("a", "a")])
def test_harmless_marks_only_texts(value: object, expected: str) -> None:
    assert sheet_download.harmless(value) == expected


def test_plain_drops_the_zone_of_a_time() -> None:
    assert sheet_download.plain(datetime(2023, 6, 18, 16, tzinfo=UTC)) == datetime(2023, 6, 19)  # noqa: DTZ001
