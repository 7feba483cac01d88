"""Itineraries of a tour as it stands: whole, for a stop, for a speaker; as PDF, workbook and calendar."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader
from tests.programmes.stage import build
from tests.programmes.tour import Tour, build_tour, day

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.programmes.domain.running_order import put_all_on, step_in
from ortoo.programmes.itinerary.plan import itinerary_of
from ortoo.programmes.models import Appearance, Speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def tour(db: None) -> Tour:
    """Two stops have a day; at the one of today everything is told, one talk by the understudy."""
    made = build_tour(build())
    put_all_on(made.stops[1], by=SYSTEM)
    own = Appearance.objects.select_related("talk__speaker__understudy", "leg__programme__unit", "teller__person")
    each = own.filter(leg=made.stops[1], talk__speaker__understudy__isnull=False).first()
    if each is not None and not each.stood_in:
        step_in(each, by=SYSTEM)
    return made


@pytest.fixture
def organiser(client: Client, tour: Tour) -> Client:
    client.force_login(
        next(role.account for role in tour.programme.unit.roles.select_related("account") if role.kind == "organiser")
    )
    return client


def at(tour: Tour, name: str, *more: object) -> str:
    return reverse(f"programmes:itinerary{name}", args=[tour.programme.key, *more])


def test_stops_stand_in_the_order_of_their_days_with_the_way_between(tour: Tour) -> None:
    plan = itinerary_of(tour.programme)
    assert [(stop.order, stop.name, stop.leg.day) for stop in plan.every] == [(1, "甲站", day(-3)), (2, "乙站", day(0))]
    assert plan.every[0].km is None and plan.every[1].km == plan.km > 1000
    assert {each.talk.title for each in plan.every[1].told} == set(tour.programme.talks.values_list("title", flat=True))


def test_pdf_says_days_places_and_who_stands_in(tour: Tour, organiser: Client) -> None:
    stop = tour.stops[1]
    data = organiser.get(at(tour, "-stop", stop.pk, "pdf"))
    assert data["Content-Type"] == "application/pdf" and data.content.startswith(b"%PDF")
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data.content)).pages)
    assert "乙站" in said and all(talk.title in said for talk in tour.programme.talks.all())
    assert AuditEntry.objects.filter(verb="download", noun="programme").count() == 1


def test_workbook_has_a_sheet_for_every_stop_and_speaker(tour: Tour, organiser: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(organiser.get(at(tour, "-whole", "xlsx")).content))
    assert len(book.sheetnames) == 1 + 2 + Speaker.objects.filter(programme=tour.programme).count()
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in rows] == ["甲站", "乙站"]


def test_calendar_of_a_speaker_is_read_by_a_standard_reader(tour: Tour, organiser: Client) -> None:
    told = Appearance.objects.filter(leg=tour.stops[1]).select_related("teller", "talk").first()
    assert told is not None
    calendar = Calendar.from_ical(organiser.get(at(tour, "-speaker", told.teller_id, "ics")).content)
    days = {str(event["summary"]).split()[-1]: event for event in calendar.walk("VEVENT")}
    assert days["乙站"].decoded("dtstart") == day(0) and told.talk.title in str(days["乙站"]["description"])
    one = Calendar.from_ical(organiser.get(at(tour, "-stop", tour.stops[0].pk, "ics")).content)
    assert len(one.walk("VEVENT")) == 1


def test_a_speaker_takes_only_the_own_itinerary(tour: Tour, client: Client) -> None:
    speaker = (
        Speaker.objects.filter(programme=tour.programme, person__account__isnull=False).select_related("person__account").first()
    )
    assert speaker is not None and speaker.person is not None
    client.force_login(speaker.person.account)
    other = Speaker.objects.filter(programme=tour.programme).exclude(pk=speaker.pk).first()
    assert other is not None
    assert client.get(at(tour, "-speaker", speaker.pk, "ics")).status_code == 200
    assert client.get(at(tour, "-speaker", other.pk, "ics")).status_code == 403
    book = openpyxl.load_workbook(io.BytesIO(client.get(at(tour, "-whole", "xlsx")).content))
    assert len(book.sheetnames) == 1 + 2 + 1


def test_unknown_forms_and_stops_are_not_found(tour: Tour, organiser: Client) -> None:
    assert organiser.get(at(tour, "-whole", "docx")).status_code == 404
    assert organiser.get(at(tour, "-stop", tour.stops[2].pk, "pdf")).status_code == 404


def test_page_and_documents_ask_a_bounded_number_of_queries(
    tour: Tour, organiser: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for address in (at(tour, ""), at(tour, "-whole", "ics")):
        with django_assert_max_num_queries(28):  # type: ignore[attr-defined]
            organiser.get(address)
