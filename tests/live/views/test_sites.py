"""Viewing sites as the office sees them."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.live.stage import Tour, draft, jpeg

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.live.domain.door import code_of
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.domain.line_test import keep_test
from ortoo.live.domain.photograph import keep_photograph
from ortoo.live.domain.site import register_site, say_screen
from ortoo.live.models import HeadCount, ViewingSite
from ortoo.people.models import Account, Unit

Enter = Callable[[Account], Client]


def at(tour: Tour, name: str, *args: Any) -> str:
    return reverse(f"live:{name}", args=[tour.programme.key, *args])


def form(tour: Tour, **said: str) -> dict[str, str]:
    return {
        "name": "新大厅",
        "unit": "150101002",
        "person_in_charge": "李四",
        "contact": "0471-0000002",
        "screens": "1",
        "expected": "30",
        "audience": "staff",
    } | said


def test_board_shows_who_needs_somebody_first(tour: Tour, enter_as: Enter) -> None:
    say_screen(tour.other, "trouble", "黑屏", by=SYSTEM)
    keep_test(tour.site, "aaaaaaaa", None, "good", by=SYSTEM)
    count_heads(tour.site, CountDraft("aaaaaaaa", "during", 80), by=SYSTEM)
    answer = enter_as(tour.stage.organiser).get(at(tour, "sites"))
    assert [row.site for row in answer.context["rows"]] == [tour.other, tour.site]
    figures = answer.context["figures"]
    assert (figures.sites, figures.tested, figures.wrong, figures.heads, figures.without) == (2, 1, 1, 80, 1)
    assert "黑屏" in answer.content.decode()


def test_host_reads_a_site_and_gets_neither_its_link_nor_its_buttons(tour: Tour, enter_as: Enter) -> None:
    count_heads(tour.site, CountDraft("aaaaaaaa", "during", 80), by=SYSTEM)
    keep_photograph(tour.site, "aaaaaaaa", [jpeg()], caption="满座", by=SYSTEM)
    client = enter_as(tour.stage.host)
    board = client.get(at(tour, "sites") + "?leg=2").content.decode()
    assert tour.site.name in board
    assert at(tour, "site-cards") not in board
    assert code_of(tour.site) not in client.get(at(tour, "site-cards") + "?leg=2").content.decode()
    page = client.get(at(tour, "site", tour.site.key)).content.decode()
    assert "满座" in page
    assert code_of(tour.site) not in page
    assert "<form" not in page.split("<main", 1)[1].split("</main")[0]


def test_board_alone_is_what_the_page_asks_for_again(tour: Tour, enter_as: Enter) -> None:
    client = enter_as(tour.stage.organiser)
    assert 'hx-trigger="every 15s"' in client.get(at(tour, "sites")).content.decode()
    part = client.get(at(tour, "sites") + "?leg=2&part=board").content.decode()
    assert part.startswith('<div id="board"')
    assert "hx-trigger" not in client.get(at(tour, "sites") + "?leg=1").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_board_asks_the_same_however_many_sites(
    tour: Tour, enter_as: Enter, count: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(count):
        site = register_site(tour.leg, draft(tour.stage, name=f"厅{number}"), by=SYSTEM)
        keep_test(site, "aaaaaaaa", None, "good", by=SYSTEM)
        count_heads(site, CountDraft("aaaaaaaa", "during", 80), by=SYSTEM)
    client = enter_as(tour.stage.organiser)
    with django_assert_max_num_queries(16):
        assert client.get(at(tour, "sites")).status_code == 200


def test_clerk_registers_sites_of_own_units_only(tour: Tour, enter_as: Enter) -> None:
    client = enter_as(tour.stage.clerk)
    assert client.post(at(tour, "site-add") + "?leg=2", form(tour)).status_code == 302
    assert ViewingSite.objects.get(name="新大厅").leg == tour.leg
    answer = client.post(at(tour, "site-add") + "?leg=2", form(tour, name="别处", unit="150201001"))
    assert "150201001" in str(answer.context["form"].errors["unit"])
    assert not ViewingSite.objects.filter(name="别处").exists()


def test_what_was_typed_stays_when_it_is_refused(tour: Tour, enter_as: Enter) -> None:
    said = form(tour, name=tour.site.name, unit="150101001")
    answer = enter_as(tour.stage.organiser).post(at(tour, "site-add") + "?leg=2", said)
    assert "李四" in answer.content.decode()
    assert answer.context["form"].errors["name"]


def test_clerk_elsewhere_does_not_find_the_site(tour: Tour, enter_as: Enter) -> None:
    client = enter_as(tour.stage.other_clerk)
    assert client.get(at(tour, "site", tour.site.key)).status_code == 404
    assert client.get(at(tour, "site", tour.other.key)).status_code == 200
    assert tour.site.name not in client.get(at(tour, "sites")).content.decode()


def test_cards_carry_a_link_that_opens(tour: Tour, enter_as: Enter) -> None:
    cards = enter_as(tour.stage.clerk).get(at(tour, "site-cards") + "?leg=2").context["cards"]
    assert [card["site"] for card in cards] == [tour.site]
    assert cards[0]["qr"].startswith("data:image/svg+xml")
    assert Client().get(cards[0]["link"].removeprefix("http://testserver")).status_code == 200


def test_count_by_telephone_is_written_once_and_can_be_struck(tour: Tour, enter_as: Enter) -> None:
    client = enter_as(tour.stage.clerk)
    said = {"client_id": "aaaaaaaa", "moment": "after", "heads": "7", "note": "电话"}
    for _attempt in range(2):
        client.post(at(tour, "site-count", tour.site.key), said)
    count = HeadCount.objects.get()
    assert (count.heads, count.by_name) == (7, "clerk")
    strike = at(tour, "count-strike", tour.site.key, count.pk)
    client.post(strike, {"why": "重复"})
    count.refresh_from_db()
    assert count.struck_why == "重复"
    client.post(strike, {"back": "1"})
    count.refresh_from_db()
    assert count.struck is None


def test_carrying_takes_only_what_the_account_may_change(tour: Tour, enter_as: Enter) -> None:
    enter_as(tour.stage.clerk).post(at(tour, "sites-carry") + "?leg=3", {"from": "2"})
    assert list(ViewingSite.objects.filter(leg__ordinal=3).values_list("name", flat=True)) == [tour.site.name]


def test_photograph_is_seen_by_those_who_see_the_site(tour: Tour, enter_as: Enter) -> None:
    kept = keep_photograph(tour.site, "aaaaaaaa", [jpeg()], by=SYSTEM)
    address = at(tour, "photograph", tour.site.key, kept.pk)
    answer = enter_as(tour.stage.clerk).get(address)
    assert answer["Content-Type"] == "image/jpeg"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")  # type: ignore[arg-type]
    assert enter_as(tour.stage.other_clerk).get(address).status_code == 404


def test_download_is_recorded_and_holds_what_the_board_shows(tour: Tour, enter_as: Enter) -> None:
    count_heads(tour.site, CountDraft("aaaaaaaa", "during", 80), by=SYSTEM)
    answer = enter_as(tour.stage.organiser).get(at(tour, "sites") + "?leg=2&as=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3
    assert [80 in row for row in rows].count(True) == 1
    assert AuditEntry.objects.get(verb="download").after["rows"] == 2


def test_page_reckons_what_the_lines_must_carry(tour: Tour, enter_as: Callable[[Account], Client]) -> None:
    """For whoever runs the day; a clerk sees some of the sites, and the sum of those says nothing."""
    organiser, clerk = (enter_as(Account.objects.get(username=name)) for name in ("organiser", "clerk"))
    address = f"/p/{tour.programme.key}/sites/?leg={tour.leg.ordinal}"
    numbers = {"viewers_expected": 40_000, "picture_kbit": 900, "line_mbit": 100, "cache_mbit": 1000}
    saved = organiser.post(f"/p/{tour.programme.key}/live/{tour.leg.ordinal}/lines/", numbers)
    assert saved["Location"] == f"{address}#lines"
    page = organiser.get(address).text
    assert "(2 + 40,000) × 0.9 Mbit/s" in page and "36 Gbit/s" in page
    refused = organiser.post(f"/p/{tour.programme.key}/live/{tour.leg.ordinal}/lines/", numbers | {"line_mbit": 0}, follow=True)
    assert "36 Gbit/s" in refused.text and 'class="notice notice-error"' in refused.text
    assert 'id="lines"' not in clerk.get(address).text


def test_unit_is_found_by_its_name_where_only_one_has_it(tour: Tour, enter_as: Enter) -> None:
    client, station = enter_as(tour.stage.organiser), tour.stage.units["150101002"]
    client.post(at(tour, "site-add") + "?leg=2", form(tour, unit=station.name))
    assert ViewingSite.objects.get(name="新大厅").unit == station
    Unit.objects.filter(code="150201001").update(name=station.name)
    answer = client.post(at(tour, "site-add") + "?leg=2", form(tour, name="另一个", unit=station.name))
    assert answer.context["form"].errors["unit"]
    assert not ViewingSite.objects.filter(name="另一个").exists()
