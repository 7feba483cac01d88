"""The host's page: who is in, who is missing, what came twice; many rows and few queries."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.participation.checkin.doors import Hall, ago, line

from ortoo.kernel.actor import SYSTEM
from ortoo.live.models import ReachEntry
from ortoo.participation.checkin.views import MOST_SHOWN
from ortoo.participation.domain.door import MOST_DOORS
from ortoo.participation.domain.scan import keep_scans
from ortoo.participation.models import Door, Seat
from ortoo.people.models import Account


def signed_in(account: Account) -> Client:
    """A browser of this account."""
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def host(hall: Hall) -> Client:
    """The organiser, who hosts everywhere."""
    return signed_in(hall.house.tour.stage.organiser)


def at(hall: Hall, name: str = "doors", **more: int) -> str:
    """An address of the stop's doors."""
    return reverse(f"participation:{name}", kwargs={"key": hall.leg.programme.key, "pk": hall.leg.pk} | more)


def test_board_names_doubles_strangers_walk_ins_and_who_is_missing(hall: Hall, host: Client) -> None:
    keep_scans(hall.north, ago(0), [line("aaaaaaaa", hall.code(0)), line("bbbbbbbb", "<b>no</b>")], by=SYSTEM)
    walk_in = line("cccccccc", kind="walk_in", name="王某")
    keep_scans(hall.south, ago(0), [line("aaaaaaaa", hall.code(0), seconds=1), walk_in], by=SYSTEM)
    page = host.get(at(hall), {"delegation": hall.house.first.pk}).content.decode()
    assert "<td>贵宾一<br>" in page
    assert "&lt;b&gt;no&lt;/b&gt;" in page
    assert "<b>no</b>" not in page
    assert "王某" in page
    assert "<td>贵宾二</td>" in page
    assert "<td>贵宾一</td>" not in page


def test_part_is_the_board_alone_and_asks_a_fixed_number_of_queries(
    hall: Hall, host: Client, django_assert_max_num_queries: Any
) -> None:
    keep_scans(hall.north, ago(0), [line(f"line{n:04}", hall.code(n % 6)) for n in range(200)], by=SYSTEM)
    with django_assert_max_num_queries(32):
        page = host.get(at(hall), {"part": "board"}).content.decode()
    assert "<html" not in page
    assert "every 5s" in page


def test_what_changes_by_itself_takes_the_filter_along_and_leaves_its_form_alone(hall: Hall, host: Client) -> None:
    page = host.get(at(hall), {"part": "missing", "q": "贵宾二"}).content.decode()
    assert "part=missing&amp;delegation=&amp;q=%E8%B4%B5%E5%AE%BE%E4%BA%8C" in page
    assert "<form" not in page
    assert page.count("<tr><td>") == 1


def test_of_many_missing_only_some_are_sent(hall: Hall, host: Client) -> None:
    seats = [Seat(leg=hall.leg, delegation=hall.house.late, number=n, holder=f"某{n}") for n in range(1000, 6000)]
    Seat.objects.bulk_create(seats, batch_size=500)
    page = host.get(at(hall), {"part": "missing"}).content.decode()
    assert 0 < page.count("<tr><td>") <= MOST_SHOWN
    assert "<td>某1500</td>" in host.get(at(hall), {"q": "某1500"}).content.decode()


@pytest.mark.parametrize("asked", [{"delegation": "x"}, {"delegation": "9" * 30}, {"q": "%_'\""}, {"delegation": "-1"}])
def test_odd_filters_are_no_error(hall: Hall, host: Client, asked: dict[str, str]) -> None:
    assert host.get(at(hall), asked).status_code == 200


def test_doors_are_opened_renewed_and_shut(hall: Hall, host: Client) -> None:
    host.post(at(hall, "door-add"), {"name": "西门"})
    host.post(at(hall, "door-add"), {"name": "西门"})
    west = Door.objects.get(name="西门")
    host.post(at(hall, "door-shut", door=west.pk))
    west.refresh_from_db()
    assert west.shut_at
    host.post(at(hall, "door-renew", door=west.pk))
    west.refresh_from_db()
    assert (west.shut_at, west.link_number) == (None, 2)


def test_a_stop_has_only_so_many_doors(hall: Hall, host: Client) -> None:
    for number in range(MOST_DOORS + 3):
        host.post(at(hall, "door-add"), {"name": f"门{number}"})
    assert hall.leg.doors.count() == MOST_DOORS


def test_count_goes_into_the_ledger(hall: Hall, host: Client) -> None:
    keep_scans(hall.north, ago(0), [line("aaaaaaaa", hall.code(0))], by=SYSTEM)
    host.post(at(hall, "doors-count"))
    assert ReachEntry.objects.get().number == 1


def test_host_of_the_day_finds_the_doors_on_the_home_page(hall: Hall, host: Client) -> None:
    page = host.get("/").content.decode()
    assert at(hall) in page
    assert "2 个入口,已入场 0 人" in page
