"""The demo as it stands after the first `./ortoo up`."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ortoo.demo import marks
from ortoo.demo.first_run import first_run
from ortoo.intake.models import Delivery, Problem
from ortoo.kernel import clock
from ortoo.kernel.models import AuditEntry
from ortoo.learning.queries import taught_on
from ortoo.live.models import ReachEntry
from ortoo.live.queries import standings_at
from ortoo.outcomes.models import Reflection, SpeakerMessage
from ortoo.outcomes.queries import quotes
from ortoo.outcomes.waiting import words_received
from ortoo.participation.domain.layout import hall_of
from ortoo.participation.models import Bed, Nomination, Place
from ortoo.participation.quotas.models import Candidate, Quota
from ortoo.people.models import Account, Person, Unit
from ortoo.planning.models import Plan
from ortoo.programmes.models import Duty, Lesson, Programme
from ortoo.programmes.travel import travels

# Built once, so all in one process.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The demo, built once for this module and rolled back after it; gives the lines that were said."""
    from django.conf import settings
    from django.db import transaction

    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path_factory.mktemp("files")
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        first_run(empty=False, say=lines.append)
        assert marks.note() != ""
        yield lines
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = before


def test_demo_holds_the_region_its_people_and_two_rotations(built: list[str]) -> None:
    assert Unit.objects.filter(kind="county").count() == 103
    assert Person.objects.count() == 1101 + 8
    coming, running = Programme.objects.filter(kind="rotation")
    assert (running.state, coming.state) == ("published", "open")
    assert [leg.state for leg in running.legs.all()] == ["done", "done", "running", "next", "next"]
    assert {leg.state for leg in coming.legs.all()} == {"next"}
    assert Nomination.objects.count() == 2202


def test_demo_published_a_proved_plan_and_waits_for_the_next(built: list[str]) -> None:
    plan = Plan.objects.get()
    assert (plan.state, plan.optimal) == (Plan.State.PUBLISHED, True)
    assert Place.objects.count() == plan.places.filter(leg__isnull=False).count() > 1000
    coming = Programme.objects.get(state="open", kind="rotation")
    again, first = Delivery.objects.filter(programme=coming)
    assert (first.state, again.state) == (Delivery.State.APPLIED, Delivery.State.READY)
    assert again.problems.filter(severity=Problem.Severity.HOLD, choice="").count() == 15
    assert not again.rows.filter(state__in=["new", "changed"]).exists()


def test_demo_gave_quotas_down_to_a_county_that_asks_for_more(built: list[str]) -> None:
    total = Quota.objects.get(above=None)
    assert total.below.count() == 12
    assert total.free > 0
    county = Quota.objects.get(unit__code="150402")
    assert county.free == 2
    assert (county.above.free, county.requests.get().state) == (2, "open")
    assert set(Candidate.objects.values_list("state", flat=True)) == {"proposed", "confirmed"}


def test_demo_knows_what_each_term_should_teach(built: list[str]) -> None:
    running = Programme.objects.get(kind="rotation", state="published")
    for leg in running.legs.all():
        group, taught = taught_on(running, leg)
        assert 150 < group.people < 300
        assert (len(taught), sum(each.hours for each in taught)) == (8, 96)
        assert min(each.hours for each in taught) > 4


def test_demo_ticked_its_past_duties_off_and_left_some(built: list[str]) -> None:
    running = Duty.objects.filter(leg__programme__state="published").select_related("leg")
    done = [duty for duty in running if duty.done_at]
    assert done
    assert all(duty.done_at and duty.done_at <= clock.now() for duty in done)
    assert {duty.due > clock.today() - timedelta(days=3) for duty in running if not duty.done_at} == {True}


def test_demo_says_how_each_role_signs_in_and_each_can(built: list[str]) -> None:
    entries = [line.split() for line in built if line.startswith("    ")]
    assert len(entries) == Account.objects.count() == 8
    for username, password, *_says in entries:
        account = Account.objects.get(username=username)
        assert account.check_password(password)
        assert not account.must_change_password


def test_demo_holds_a_tour_with_a_stop_today(built: list[str]) -> None:
    tour = Programme.objects.get(kind="tour")
    assert [leg.state for leg in tour.legs.all()] == ["done", "done", "done", "running", "next", "next"]
    today, finale = tour.legs.get(ordinal=4), tour.legs.get(mark="last")
    assert [each.talk.speaker.name or str(each.talk.speaker) for each in today.appearances.all() if each.stood_in] == ["娜仁高娃"]
    assert [str(each.talk.speaker) for each in finale.appearances.all() if each.stood_in] == ["陶格"]
    assert [(lesson.leg.ordinal, lesson.carried_to.ordinal) for lesson in Lesson.objects.all() if lesson.carried_to] == [
        (1, 2),
        (2, 3),
        (3, 4),
    ]
    seats, hall, wheelchairs = finale.seats.all(), hall_of(finale), sum(each.wheelchairs for each in finale.delegations.all())
    assert wheelchairs and hall.seats == 1230
    assert (
        seats.filter(row__isnull=False).count()
        == sum(each.given for each in finale.delegations.all())
        == hall.room_for(wheelchairs)
    )
    assert sum(each.waiting for each in finale.delegations.all()) > 0
    assert {ways.hurried for ways in travels(list(tour.legs.select_related("base")))} == {False}


def test_demo_tour_was_watched_along_and_written_about(built: list[str]) -> None:
    tour = Programme.objects.get(kind="tour")
    done, today = tour.legs.filter(ordinal__lt=4), tour.legs.get(ordinal=4)
    known = set(ReachEntry.objects.filter(leg__in=done, taken_back=None).values_list("provenance", flat=True))
    assert known == {"scanned", "reported", "devices", "estimated"}
    assert all(row.heads and row.pulse == "over" for leg in done for row in standings_at(leg))
    assert [row.pulse for row in standings_at(today)] == ["trouble", "on", "off"]
    for model in (SpeakerMessage, Reflection):
        assert set(model.objects.values_list("state", flat=True)) == {"accepted", "waiting"}
    speaker = Account.objects.get(username="speaker")
    assert words_received(speaker)[0].count
    assert len(quotes(tour)) >= 3


@pytest.mark.parametrize(
    ("username", "shown"),
    [
        ("organiser", "/plans/"),
        ("stophost", "/duties/?leg=4"),
        ("speaker", "/talks/"),
        ("county", "/delegations/"),
        ("organiser", "/returns/2/"),
        ("host", "/duties/?leg="),
        ("participant", "/mine/"),
    ],
)
def test_demo_gives_everybody_something_to_do(built: list[str], username: str, shown: str) -> None:
    client = Client()
    client.force_login(Account.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    assert shown in client.get("/").content.decode().split("<main")[1]


def test_demo_participant_sees_the_term_that_runs_and_a_clerk_to_ask(built: list[str]) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="participant"), "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("participation:mine")).content.decode()
    assert page.index("my-term-name") < page.index("my-term-all")
    assert str(Account.objects.get(username="clerk")) in page


def test_demo_is_not_built_twice(built: list[str]) -> None:
    rows = AuditEntry.objects.count()
    assert first_run(empty=False, say=print) == []
    assert AuditEntry.objects.count() == rows


def test_demo_gave_the_term_that_runs_its_rooms(built: list[str]) -> None:
    leg = Programme.objects.get(state="published").legs.get(ordinal=3)
    beds = Bed.objects.filter(leg=leg).select_related("place__person", "room")
    assert leg.places.count() - 2 <= beds.count() <= leg.places.count()
    sexes: dict[int, set[str]] = {}
    for bed in beds:
        sexes.setdefault(bed.room_id, set()).add(bed.place.person.sex)
    assert all(len(each) == 1 for each in sexes.values())
    assert leg.rooming.published
