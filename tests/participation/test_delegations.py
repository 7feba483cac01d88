"""Pages of delegations over HTTP, tickets, the plan of the hall."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from tests.participation.delegations import House, build_house, lay
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.delegations import hallplan
from ortoo.participation.delegations.queries import delegations_of, seats_of
from ortoo.participation.delegations.tickets import code_of, seat_of
from ortoo.participation.domain.delegation import DelegationDraft, add_delegation
from ortoo.participation.domain.seat import give_seats, hand_on
from ortoo.participation.domain.seat_names import Name, name_seats
from ortoo.participation.models import Delegation, Seat
from ortoo.people.models import Account
from ortoo.programmes.models import Hall

Enter = Callable[[Account], Client]


@pytest.fixture
def house(stage: Stage) -> House:
    """Every seat is given."""
    house = build_house(stage)
    hand_on(house.leg, by=SYSTEM)
    for each in (house.first, house.own, house.late):
        each.refresh_from_db()
    return house


def enter(account: Account) -> Client:
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, house: House, *args: Any) -> str:
    return reverse(f"participation:{name}", args=[house.tour.programme.key, *args])


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_clerk_sees_own_delegation_only(house: House) -> None:
    page = text(enter(house.tour.stage.clerk), at("delegations", house))
    assert ("甲市代表团" in page, "社会各界" in page, "139-1" in page) == (True, False, False)
    assert enter(house.tour.stage.clerk).get(at("delegation", house, house.late.pk)).status_code == 404
    assert "社会各界" in text(enter(house.tour.stage.other_clerk), at("delegations", house))


def test_list_asks_the_same_number_of_queries_for_more(house: House, django_assert_num_queries: Any) -> None:
    for account in (house.tour.stage.organiser, house.tour.stage.clerk):
        client = enter(account)
        client.get(at("delegations", house))
        with CaptureQueriesContext(connection) as few:
            client.get(at("delegations", house))
        for number in range(3):
            draft = DelegationDraft(f"另{account.username}{number}", 2, unit_id=house.own.unit_id)
            add_delegation(house.leg, draft, by=SYSTEM)
        with django_assert_num_queries(len(few)):
            client.get(at("delegations", house))


def test_delegation_is_added_changed_and_removed(house: House) -> None:
    client = enter(house.tour.stage.organiser)
    said = {"name": "家属", "asked": 4, "priority": 2, "wheelchairs": 1, "unit": "150201"}
    client.post(at("delegation-add", house, house.leg.pk), said)
    made = Delegation.objects.get(name="家属")
    assert made.unit and made.unit.code == "150201"
    assert client.post(at("delegation-add", house, house.leg.pk), said).status_code == 200
    assert client.post(at("delegation-add", house, house.leg.pk), said | {"name": "外", "unit": "99"}).status_code == 200
    client.post(at("delegation-change", house, made.pk), said | {"asked": 6, "unit": ""})
    made.refresh_from_db()
    assert (made.asked, made.unit) == (6, None)
    client.post(at("delegation-remove", house, made.pk))
    assert not Delegation.objects.filter(pk=made.pk).exists()


def test_organiser_gives_and_hands_on(house: House) -> None:
    client = enter(house.tour.stage.organiser)
    numbers = {f"given-{house.first.pk}": "10", f"given-{house.own.pk}": "30", f"given-{house.late.pk}": "15"}
    client.post(at("seats-give", house, house.leg.pk), numbers)
    house.first.refresh_from_db()
    assert house.first.given == 10
    for wrong in ({}, numbers | {f"given-{house.own.pk}": "-1"}, numbers | {f"given-{house.late.pk}": "30"}):
        client.post(at("seats-give", house, house.leg.pk), wrong)
    assert Seat.objects.count() == 55
    client.post(at("seats-give", house, house.leg.pk), {"hand_on": "1"})
    house.first.refresh_from_db()
    assert house.first.given == 15


def test_contact_claims_and_gives_back(house: House) -> None:
    client = enter(house.tour.stage.clerk)
    assert at("delegation", house, house.own.pk) in text(client, "/")
    client.post(at("delegation-claim", house, house.own.pk), {"count": "28"})
    client.post(at("delegation-return", house, house.own.pk), {"return-count": "3"})
    house.own.refresh_from_db()
    assert (house.own.given, house.own.claimed_by) == (25, house.tour.stage.clerk)
    assert at("names", house, house.own.pk) in text(client, "/")
    assert client.post(at("delegation-claim", house, house.late.pk), {"count": "1"}).status_code == 404


def test_contact_swaps_own_places_and_the_organiser_any(house: House) -> None:
    lay(house.leg)
    seat = house.own.seats.first()
    clerk, organiser = enter(house.tour.stage.clerk), enter(house.tour.stage.organiser)
    address = at("delegation-swap", house, house.own.pk)
    clerk.post(address, {"swap-own": "1-16", "swap-other": "2排3座"})
    seat.refresh_from_db()
    assert (seat.row, seat.place) == (2, 3)
    for own, other in (("2-3", "1-1"), ("2-3", "x"), ("1-1", "2-4")):
        assert clerk.post(address, {"swap-own": own, "swap-other": other}).status_code == 302
    seat.refresh_from_db()
    assert (seat.row, seat.place) == (2, 3)
    organiser.post(address, {"swap-own": "2-3", "swap-other": "1-1"})
    seat.refresh_from_db()
    assert (seat.row, seat.place) == (1, 1)


def test_organiser_passes_seats_on(house: House) -> None:
    said = {"pass-count": "5", "pass-taker": house.late.pk}
    enter(house.tour.stage.organiser).post(at("delegation-pass", house, house.own.pk), said)
    house.late.refresh_from_db()
    assert house.late.given == 20
    assert enter(house.tour.stage.clerk).post(at("delegation-pass", house, house.own.pk), said).status_code == 403


def test_names_go_out_and_come_back_with_a_look_first(house: House) -> None:
    client = enter(house.tour.stage.clerk)
    answer = client.get(at("names-file", house, house.own.pk))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "姓名")
    for offset, name in enumerate(("甲一", "甲二"), 1):
        sheet.cell(head.row + offset, head.column, name)
    sheet.cell(head.row + 2, head.column + 1, "轮椅")
    sheet.cell(head.row + 2, head.column + 2, "靠门")
    out = io.BytesIO()
    book.save(out)
    page = client.post(at("names-read", house, house.own.pk), {"file": SimpleUploadedFile("回.xlsx", out.getvalue())})
    assert ("2 甲二,轮椅,靠门" in page.content.decode(), Seat.objects.exclude(holder="").exists()) == (True, False)
    client.post(at("names", house, house.own.pk), {"names": "1 甲一\n2 甲二,轮椅,靠门\n30 甲三\t带水"})
    said = house.own.seats.exclude(holder="").order_by("holder").values_list("holder", "need", "note", "number")
    assert [line[:3] for line in said] == [("甲一", "", ""), ("甲三", "", "带水"), ("甲二", "wheelchair", "靠门")]
    assert [line[3] for line in said][:2] in ([1, 30], [2, 30])
    assert AuditEntry.objects.filter(verb="download", by_id=house.tour.stage.clerk.pk).exists()


def test_sheet_of_another_delegation_is_refused_and_a_list_of_anybody_is_read(house: House) -> None:
    client = enter(house.tour.stage.organiser)
    sheet = client.get(at("names-file", house, house.late.pk)).content
    page = client.post(at("names-read", house, house.own.pk), {"file": SimpleUploadedFile("别.xlsx", sheet)}, follow=True)
    assert "另一个代表团" in page.content.decode()
    rows = "序号,姓名,备注\n901,甲一,\n902,甲二,轮椅\n".encode()
    page = client.post(at("names-read", house, house.own.pk), {"file": SimpleUploadedFile("名单.csv", rows)})
    assert "甲一\n甲二,轮椅" in page.content.decode()


@pytest.mark.parametrize("data", [b"", b"not a book", "编号,备注\n1,二\n".encode()])
def test_file_without_names_is_refused(house: House, data: bytes) -> None:
    client = enter(house.tour.stage.clerk)
    answer = client.post(at("names-read", house, house.own.pk), {"file": SimpleUploadedFile("x.csv", data)}, follow=True)
    assert answer.redirect_chain
    assert client.post(at("names-read", house, house.own.pk)).status_code == 302


def test_more_names_than_seats_are_kept_on_the_page(house: House) -> None:
    page = enter(house.tour.stage.clerk).post(at("names", house, house.own.pk), {"names": "某\n" * 31})
    assert (page.status_code, page.content.decode().count("某\n") >= 30) == (200, True)
    assert not Seat.objects.exclude(holder="").exists()


def test_ticket_is_known_by_its_code_until_it_is_replaced(house: House) -> None:
    seat = house.own.seats.all()[0]
    code = code_of(seat)
    assert len(code) < 24
    assert seat_of(f" {code.upper()} ") == seat
    for forged in ("", "x", code[:-1], code[:-1] + ("a" if code[-1] != "a" else "b"), f"{seat.pk + 1}{code[code.index('-') :]}"):
        assert seat_of(forged) is None
    name_seats(house.own, [Name("甲")], by=SYSTEM)
    assert seat_of(code) == seat
    name_seats(house.own, [Name("乙")], by=SYSTEM)
    assert seat_of(code) is None


def test_tickets_are_printed_with_seat_name_and_code(house: House) -> None:
    client = enter(house.tour.stage.organiser)
    lay(house.leg)
    name_seats(house.own, [Name("龘一")], by=SYSTEM)
    answer = client.get(at("tickets", house, house.own.pk))
    reader = PdfReader(io.BytesIO(answer.content))
    page = reader.pages[0].extract_text()
    seat = house.own.seats.all()[0]
    assert (len(reader.pages), "甲市代表团" in page, code_of(seat) in page) == (4, True, True)
    assert f"{seat.row}排{seat.place}座" in page.replace(" ", "")
    assert "龘一" in page


def test_a_ticket_printed_before_its_seat_was_swapped_is_marked_until_it_is_printed_again(house: House) -> None:
    lay(house.leg)
    clerk, page = enter(house.tour.stage.clerk), at("delegation", house, house.own.pk)
    tickets, swap = at("tickets", house, house.own.pk), at("delegation-swap", house, house.own.pk)
    seats = list(house.own.seats.filter(row__isnull=False, need="")[:2])
    places = [f"{seat.row}-{seat.place}" for seat in seats]
    clerk.post(swap, {"swap-own": places[0], "swap-other": places[1]})
    assert "票面已过时" not in clerk.get(page).text
    clerk.get(tickets)
    assert "票面已过时" not in clerk.get(page).text
    clerk.post(swap, {"swap-own": places[0], "swap-other": places[1]})
    shown = clerk.get(page).text
    assert f"{seats[0].number}、{seats[1].number}号" in shown and shown.count("票面已过时") == 2
    clerk.get(tickets)
    assert "票面已过时" not in clerk.get(page).text


def test_tickets_and_plan_say_wheelchair(house: House) -> None:
    Hall.objects.filter(leg=house.leg).update(wheelchairs=[[1, 1], [1, 20]])
    name_seats(house.own, [Name("甲", need="wheelchair"), Name("乙", need="companion")], by=SYSTEM)
    give_seats(house.leg, {house.late: 14}, by=SYSTEM)
    lay(house.leg)
    client = enter(house.tour.stage.organiser)
    answer = client.get(at("tickets", house, house.own.pk))
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).replace(" ", "")
    assert ("1排1座·轮椅席" in said, "轮椅陪同" in said) == (True, True)
    page = text(client, at("hall", house, house.leg.pk))
    assert (page.count('<use href="#wheelchair" x='), page.count("hall-companion")) == (2, 2)
    assert "在图上没有位置" not in page
    Hall.objects.filter(leg=house.leg).update(wheelchairs=[[1, 20], [2, 20]])
    assert "有2个座位在图上没有位置" in text(client, at("hall", house, house.leg.pk))


def test_delegation_without_seats_has_no_tickets(house: House) -> None:
    empty = add_delegation(house.leg, DelegationDraft("空", 3), by=SYSTEM)
    assert enter(house.tour.stage.organiser).get(at("tickets", house, empty.pk)).status_code == 302


def test_plan_of_the_hall_shows_every_seat_and_whose_it_is(house: House) -> None:
    client = enter(house.tour.stage.organiser)
    lay(house.leg)
    page = text(client, at("hall", house, house.leg.pk))
    assert page.count('<rect class="hall-seat') == 60
    assert page.count("hall-seat tone-1") == 15
    host = text(enter(house.tour.other_host), at("hall", house, house.leg.pk))
    assert ("甲市代表团" in host, "139-1" in host) == (True, False)


def test_list_stands_in_the_order_in_which_seats_are_given(house: House) -> None:
    add_delegation(house.leg, DelegationDraft("优先", 1, priority=1), by=SYSTEM)
    assert [each.name for each in delegations_of(house.leg)] == ["指导组", "优先", "甲市代表团", "社会各界"]


def test_plan_says_seats_as_spans(house: House) -> None:
    lay(house.leg)
    plan = hallplan.draw(house.leg.halls.get(), seats_of(house.leg))
    assert [block.rows for block in plan.blocks] == [
        [(1, "1—15")],
        [(1, "16—20"), (2, "1—20"), (3, "1—5")],
        [(3, "6—20")],
    ]
    assert len({(square.x, square.y) for square in plan.squares}) == 60


def test_hall_without_a_plan_says_so(house: House) -> None:
    house.leg.halls.update(rows=[])
    client = enter(house.tour.stage.organiser)
    assert '<svg class="hall"' not in text(client, at("hall", house, house.leg.pk))


def test_nothing_waits_for_the_contact_of_a_filled_delegation(house: House) -> None:
    give_seats(house.leg, {house.own: 1}, by=SYSTEM)
    name_seats(house.own, [Name("甲")], by=SYSTEM)
    client = enter(house.tour.stage.clerk)
    client.post(at("delegation-claim", house, house.own.pk), {"count": "1"})
    assert "甲市代表团" not in text(client, "/")
