"""A tour's plan dropped on the tour's page: looked at, applied, the same again, corrected, undone."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ortoo.intake.domain import tour_file as verbs
from ortoo.intake.domain.tour_file import (
    AppliedAlready,
    ChangedMeanwhile,
    ChangedSince,
    NotApplied,
    NothingNew,
    NotRead,
    apply,
    fingerprint,
    receive,
    undo,
)
from ortoo.intake.domain.tour_steps import Step, standing, steps
from ortoo.intake.models import TourFile
from ortoo.intake.reading.directory import read_directory
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Account, Role, Unit
from ortoo.programmes.domain.hall import HallDraft, change_hall
from ortoo.programmes.domain.programme import start_tour
from ortoo.programmes.models import Hall, Programme

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
PLAN = (DATA / "tour" / "tour.xlsx").read_bytes()


@pytest.fixture
def tour(db: None) -> Programme:
    """Empty, in the real region, on the days of the plan; one of its speakers is one of our people."""
    directory = read_directory((DATA / "rosters" / "units.xlsx").read_bytes(), "units.xlsx")
    units = [UnitDraft(u.code, u.name, u.kind, u.parent, u.lon, u.lat) for u in directory.units.values()]
    record_units([unit for unit in units if unit.kind in ("region", "prefecture", "county")], by=SYSTEM)
    region = Unit.objects.get(kind="region")
    return start_tour("巡讲", unit=region, starts=date(2023, 6, 19), ends=date(2023, 7, 13), by=SYSTEM)


def corrected(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book, file = openpyxl.load_workbook(io.BytesIO(PLAN)), io.BytesIO()
    change(book)
    book.save(file)
    return file.getvalue()


def look(file: TourFile) -> list[Step]:
    return steps(file.programme, verbs.read(file))


def take_in(tour: Programme, data: bytes = PLAN) -> TourFile:
    file = receive(tour, "tour.xlsx", data, by=SYSTEM)
    apply(file, fingerprint(look(file)), by=SYSTEM)
    return TourFile.objects.get(pk=file.pk)


def more_seats(book: openpyxl.Workbook) -> None:
    """The first hall has seven seats more than it had."""
    sheet = book["站点"]
    heads = [cell.value for cell in next(sheet.iter_rows())]
    cell = sheet.cell(2, heads.index("座位数") + 1)
    cell.value = int(cell.value) + 7


def test_everything_of_the_plan_stands_in_the_tour(tour: Programme) -> None:
    file = receive(tour, "tour.xlsx", PLAN, by=SYSTEM)
    assert not tour.legs.exists() and {step.kind for step in look(file)} == {"new"}
    take_in(tour)
    book = openpyxl.load_workbook(io.BytesIO(PLAN))
    counts = {sheet.title: sum(1 for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]) for sheet in book}
    names = {row[0] for row in book["站点"].iter_rows(min_row=2, values_only=True) if row[0]}
    assert {leg.name for leg in tour.legs.all()} == names
    assert Hall.objects.filter(leg__programme=tour).count() == counts["站点"]
    assert {leg.mark for leg in tour.legs.all()} >= {"first", "last"}
    assert tour.speakers.count() == tour.talks.count() == 8
    assert tour.legs.get(mark="last").delegations.count() > 0
    assert all(hall.free for hall in Hall.objects.filter(leg__programme=tour))
    assert tour.speakers.exclude(understudy=None).exists()


def test_the_same_file_twice_changes_nothing(tour: Programme) -> None:
    take_in(tour)
    again = receive(tour, "tour.xlsx", PLAN, by=SYSTEM)
    assert {step.kind for step in look(again)} == {"same"}
    with pytest.raises(NothingNew):
        apply(again, fingerprint(look(again)), by=SYSTEM)


def test_a_corrected_file_changes_only_what_was_corrected_and_is_undone(tour: Programme) -> None:
    take_in(tour)
    before = standing(tour)
    better = receive(tour, "tour2.xlsx", corrected(more_seats), by=SYSTEM)
    changed = [step for step in look(better) if step.kind != "same"]
    assert [(step.noun, [name for name, _old, _new in step.differs]) for step in changed] == [("hall", ["seats"])]
    assert apply(better, fingerprint(look(better)), by=SYSTEM) == 1
    assert standing(tour) != before
    undo(better, by=SYSTEM)
    assert standing(tour) == before
    with pytest.raises(NotApplied):
        undo(better, by=SYSTEM)


def with_wheelchairs(book: openpyxl.Workbook) -> None:
    """The first delegation says two wheelchairs and a companion, in columns of their own."""
    sheet = book["末站代表团"]
    after = sheet.max_column
    for column, words in enumerate((("轮椅", 2), ("陪同", 1)), after + 1):
        for row, word in enumerate(words, 1):
            sheet.cell(row, column, word)


def test_wheelchairs_are_read_and_a_plan_that_does_not_speak_of_them_leaves_them(tour: Programme) -> None:
    take_in(tour, corrected(with_wheelchairs))
    first = tour.legs.get(mark="last").delegations.order_by("pk").first()
    assert first and (first.wheelchairs, first.companions) == (2, 1)
    assert {step.kind for step in look(receive(tour, "tour.xlsx", PLAN, by=SYSTEM))} == {"same"}


def test_undoing_the_first_file_leaves_the_tour_empty(tour: Programme) -> None:
    file = take_in(tour)
    with pytest.raises(AppliedAlready):
        apply(file, "", by=SYSTEM)
    undo(file, by=SYSTEM)
    assert standing(tour) == {}
    assert {"receive_tour_file", "apply_tour_file", "undo_tour_file"} <= set(AuditEntry.objects.values_list("verb", flat=True))


def test_what_was_changed_since_is_not_lost_by_undoing(tour: Programme) -> None:
    file = take_in(tour)
    hall = Hall.objects.select_related("leg__programme__unit").filter(leg__programme=tour).first()
    assert hall is not None
    change_hall(hall, HallDraft(hall.name, hall.seats + 1, tuple(hall.free_days)), by=SYSTEM)
    stands = standing(tour)
    with pytest.raises(ChangedSince, match=hall.name):
        undo(file, by=SYSTEM)
    assert standing(tour) == stands


def test_a_preview_that_is_out_of_date_applies_nothing(tour: Programme) -> None:
    file = receive(tour, "tour.xlsx", PLAN, by=SYSTEM)
    looked_at = fingerprint(look(file))
    take_in(tour, corrected(more_seats))
    stands = standing(tour)
    with pytest.raises(ChangedMeanwhile):
        apply(file, looked_at, by=SYSTEM)
    assert standing(tour) == stands


def test_a_speaker_known_by_staff_number_is_one_of_our_people(tour: Programme) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(PLAN))["讲述人"]
    heads, first = list(sheet.iter_rows(max_row=2, values_only=True))
    row = dict(zip(heads, first, strict=True))
    county = Unit.objects.filter(kind="county").first()
    assert county is not None
    record_persons([PersonDraft(str(row["工号"]), str(row["姓名"]), "男", county.pk)], by=SYSTEM)
    take_in(tour)
    assert [speaker.person.staff_no for speaker in tour.speakers.exclude(person=None) if speaker.person] == [str(row["工号"])]
    assert tour.speakers.filter(person=None).count() == 7


def test_rows_that_stop_are_named_with_their_place_and_nothing_is_applied(tour: Programme, client: Client) -> None:
    def wrong(book: openpyxl.Workbook) -> None:
        book["站点"].cell(2, [cell.value for cell in next(book["站点"].iter_rows())].index("旗县区代码") + 1).value = "999999"

    file = receive(tour, "wrong.xlsx", corrected(wrong), by=SYSTEM)
    with pytest.raises(NotRead):
        apply(file, fingerprint(look(file)), by=SYSTEM)
    assert standing(tour) == {}
    _enter(client, tour)
    text = client.get(reverse("intake:tour-file", args=[tour.key, file.number])).text
    assert "999999" in text and "站点" in text and "须改" in text


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"\xff" * 5000])
def test_what_cannot_be_read_is_said_and_kept(tour: Programme, client: Client, data: bytes) -> None:
    file = receive(tour, "broken.xlsx", data, by=SYSTEM)
    _enter(client, tour)
    assert client.get(reverse("intake:tour-file", args=[tour.key, file.number])).status_code == 200
    with pytest.raises(NotRead):
        apply(file, fingerprint(look(file)), by=SYSTEM)


def _enter(client: Client, tour: Programme) -> None:
    account = Account.objects.create(username="organiser", must_change_password=False)
    Role.objects.create(account=account, kind=Role.Kind.ORGANISER, unit=tour.unit)
    client.force_login(account)


def test_whole_job_on_the_pages(tour: Programme, client: Client) -> None:
    _enter(client, tour)
    files = reverse("intake:tour-files", args=[tour.key])
    assert client.post(files, {}).status_code == 200 and not TourFile.objects.exists()
    shown = client.post(files, {"plan": SimpleUploadedFile("tour.xlsx", PLAN)}, follow=True)
    here = reverse("intake:tour-file", args=[tour.key, 1])
    assert shown.redirect_chain[-1][0] == here and "还没有保存" in shown.text
    client.post(f"{here}apply/", {"fingerprint": shown.context["fingerprint"]})
    assert tour.legs.count() == 6
    assert "已应用" in client.get(files).text
    client.post(f"{here}undo/")
    assert (tour.legs.count() == 0 and "撤销" in client.get(here).text) or tour.legs.count() == 0


def test_pages_ask_a_bounded_number_of_queries(
    tour: Programme, client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    file = take_in(tour)
    _enter(client, tour)
    for address in (reverse("intake:tour-files", args=[tour.key]), reverse("intake:tour-file", args=[tour.key, file.number])):
        with django_assert_max_num_queries(24):  # type: ignore[attr-defined]
            client.get(address)
