"""The ledger of reach on its pages: addends, rows behind each number, entering, taking back, files."""

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.domain.reach import ReachDraft, enter
from ortoo.live.models import ReachEntry
from ortoo.people.models import Account

Enter = Callable[[Account], Client]


@pytest.fixture
def filled(tour: Tour) -> Tour:
    """A figure of each kind."""
    units = tour.stage.units
    enter(tour.leg, ReachDraft("scanned", 1180, "东门扫码", "guest", units["15"]), by=SYSTEM)
    enter(tour.leg, ReachDraft("devices", 300, "峰值"), by=SYSTEM)
    enter(tour.leg, ReachDraft("estimated", 500, "广场", "public", units["150201"]), by=SYSTEM)
    count_heads(tour.site, CountDraft("aaaaaaaa", "during", 80), by=SYSTEM)
    return tour


def at(tour: Tour, name: str = "reach") -> str:
    return reverse(f"live:{name}", args=[tour.programme.key])


def test_page_shows_addends_and_one_number_only_with_its_sentence(filled: Tour, enter_as: Enter) -> None:
    page = enter_as(filled.stage.organiser).get(at(filled)).content.decode()
    for number in ("1,180", "300", "500", "80"):
        assert number in page
    assert len(re.findall(r"2,060", page)) == 1
    sentence = page[page.index("2,060") :][:400]
    assert "1,180" in sentence


def test_every_number_opens_the_rows_that_it_counts(filled: Tour, enter_as: Enter) -> None:
    client = enter_as(filled.stage.organiser)
    page = client.get(at(filled) + "?unit=1501").content.decode()
    whole = client.get(at(filled)).content.decode()
    links = set(re.findall(r'<td class="k-number"><a href="([^"]+)">([\d,]+)</a>', page + whole))
    assert len(links) > 8
    for href, number in links:
        rows = client.get(href.replace("&amp;", "&")).context["table"].rows
        assert sum(entry.number for entry in rows) == int(number.replace(",", ""))


def test_clerk_sees_own_figures_only_and_enters_none(filled: Tour, enter_as: Enter) -> None:
    client = enter_as(filled.stage.clerk)
    total = client.get(at(filled)).context["total"]
    assert [(each.provenance, each.number) for each in total.addends] == [("reported", 80)]
    assert client.get(at(filled, "reach-add")).status_code == 403
    assert client.post(at(filled, "reach-decide"), {"rows": []}).status_code == 403


def test_figure_is_entered_with_its_source(tour: Tour, enter_as: Enter) -> None:
    client = enter_as(tour.stage.organiser)
    said = {"leg": "2", "provenance": "scanned", "number": "12", "source": "西门", "audience": "cadet", "unit": "1501"}
    assert client.post(at(tour, "reach-add"), said | {"source": ""}).context["form"].errors["source"]
    assert client.post(at(tour, "reach-add"), said | {"unit": "16"}).context["form"].errors["unit"]
    assert client.post(at(tour, "reach-add"), said).status_code == 302
    entry = ReachEntry.objects.get()
    assert (entry.number, entry.audience, entry.unit) == (12, "cadet", tour.stage.units["1501"])


def test_chosen_figures_are_taken_back_and_restored(filled: Tour, enter_as: Enter) -> None:
    client = enter_as(filled.stage.organiser)
    entry = ReachEntry.objects.get(provenance="estimated")
    client.post(at(filled, "reach-decide"), {"rows": [str(entry.pk)], "why": "没有人数过", "take": "1"})
    entry.refresh_from_db()
    assert entry.why == "没有人数过"
    assert "没有人数过" in client.get(at(filled, "reach-rows") + "?all=1").content.decode()
    assert client.get(at(filled, "reach-rows")).context["table"].total == 3
    client.post(at(filled, "reach-decide") + "?all=1", {"rows": [str(entry.pk)], "restore": "1"})
    entry.refresh_from_db()
    assert entry.taken_back is None


def test_a_filter_that_means_nothing_finds_nothing(filled: Tour, enter_as: Enter) -> None:
    client = enter_as(filled.stage.organiser)
    for query in ("leg=x", "leg=99", "provenance=no", "audience=no"):
        assert client.get(f"{at(filled, 'reach-rows')}?{query}").context["table"].total == 0
    assert client.get(at(filled, "reach-rows") + "?unit=16").status_code == 404


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_rows_go_out_as_a_file_and_that_is_recorded(filled: Tour, enter_as: Enter, form: str) -> None:
    answer = enter_as(filled.stage.organiser).get(at(filled, "reach-rows") + f"?as={form}&provenance=scanned")
    data = b"".join(answer.streaming_content)
    assert (b"1180" in data) if form == "csv" else data.startswith(b"PK")
    assert AuditEntry.objects.get(verb="download").after == {
        "what": "reach rows",
        "rows": 1,
        "filter": f"as={form}&provenance=scanned",
    }


def test_workbook_says_what_it_mixes_and_has_every_row(filled: Tour, enter_as: Enter) -> None:
    answer = enter_as(filled.stage.organiser).get(at(filled, "reach-file"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheets = [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]
    assert len(sheets) == 5
    whole = [str(cell) for row in sheets[0] for cell in row]
    assert any("1,180" in cell and "300" in cell for cell in whole)
    assert len(sheets[-1]) == 5
    for lines in sheets[1:4]:
        assert sum(row[1] for row in lines[1:] if isinstance(row[1], int)) == 1180
    assert AuditEntry.objects.filter(verb="download").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_however_many_rows(
    tour: Tour, enter_as: Enter, count: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(count):
        enter(tour.leg, ReachDraft("scanned", number, "东门", unit=tour.stage.units["150101001"]), by=SYSTEM)
    client = enter_as(tour.stage.organiser)
    for name in ("reach", "reach-rows"):
        with django_assert_max_num_queries(18):
            assert client.get(at(tour, name)).status_code == 200
