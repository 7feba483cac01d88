"""Lines from the doors: late, twice, in any order, with wrong clocks; who is in is counted from distinct tickets."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from tests.participation.checkin.doors import Hall, ago, build_hall, line
from tests.programmes.stage import Stage, build

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.live.models import Provenance, ReachEntry
from ortoo.participation.checkin import queries
from ortoo.participation.domain.scan import MOST_LINES, LogFull, ScanDraft, count_doors, keep_scans
from ortoo.participation.domain.seat_names import Name, name_seats
from ortoo.participation.models import Door, Scan


@pytest.fixture
def hall(stage: Stage) -> Hall:
    """Two doors and six tickets with names."""
    return build_hall(stage)


def keep(door: Door, *drafts: ScanDraft, slow: float = 0) -> list[str]:
    """Lines from a door whose clock is `slow` seconds behind."""
    return keep_scans(door, ago(slow), drafts, by=SYSTEM)


def test_the_same_id_twice_is_one_row(hall: Hall) -> None:
    for _attempt in range(3):
        assert keep(hall.north, line("aaaaaaaa", hall.code(0)), line("aaaaaaaa", hall.code(0))) == ["aaaaaaaa"]
    assert Scan.objects.count() == 1
    assert queries.admitted_count(hall.leg) == 1


def test_the_same_id_at_two_doors_is_two_lines(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0)))
    keep(hall.south, line("aaaaaaaa", hall.code(1)))
    assert queries.admitted_count(hall.leg) == 2


def test_the_first_time_stands_even_when_it_arrives_later(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0), seconds=10))
    keep(hall.south, line("bbbbbbbb", hall.code(0), seconds=60))
    [(first, later)] = queries.doubles(hall.leg, 10)
    assert (first.door, later.door) == (hall.south, hall.north)
    assert queries.admitted_count(hall.leg) == 1
    assert queries.admitted_by_door(hall.leg) == {hall.south.pk: 1}


def test_a_wrong_clock_is_kept_and_put_right(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0), seconds=30))
    keep(hall.south, line("bbbbbbbb", hall.code(0), seconds=3600 + 20), slow=3600)
    [(first, later)] = queries.doubles(hall.leg, 10)
    assert first.door == hall.north
    assert abs(later.offset_ms - 3_600_000) < 5000
    assert abs((later.happened - ago(20)).total_seconds()) < 5


def test_a_clock_in_the_future_is_never_later_than_the_arrival(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0), at=clock.now() + timedelta(days=4000)))
    scan = Scan.objects.get()
    assert scan.happened <= scan.received


def test_what_is_taken_back_counts_no_more_and_stays_in_the_log(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0)))
    keep(hall.north, line("cccccccc", kind="undo", undoes="aaaaaaaa"))
    assert queries.admitted_count(hall.leg) == 0
    assert Scan.objects.count() == 2
    assert hall.seats[0] in queries.missing(hall.leg)


def test_a_door_takes_back_only_its_own_lines(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0)))
    keep(hall.south, line("cccccccc", kind="undo", undoes="aaaaaaaa"))
    assert queries.admitted_count(hall.leg) == 1


def test_after_the_first_is_taken_back_the_second_stands(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0), seconds=60), line("cccccccc", kind="undo", undoes="aaaaaaaa"))
    keep(hall.south, line("bbbbbbbb", hall.code(0), seconds=10))
    assert queries.doubles(hall.leg, 10) == []
    assert queries.admitted_by_door(hall.leg) == {hall.south.pk: 1}


def test_codes_that_are_no_ticket_of_the_stop_are_kept_and_let_nobody_in(hall: Hall) -> None:
    old = hall.code(0)
    name_seats(hall.house.first, [Name("别人")], by=SYSTEM)
    forged = hall.code(1)[:-1] + ("2" if hall.code(1)[-1] != "2" else "3")
    keep(hall.north, line("aaaaaaaa", old), line("bbbbbbbb", forged), line("cccccccc", "https://example.org/"))
    verdicts = {scan.client_id: (scan.verdict, scan.code) for scan in queries.strangers(hall.leg)}
    assert verdicts == {
        "aaaaaaaa": ("replaced", ""),
        "bbbbbbbb": ("unknown", forged),
        "cccccccc": ("unknown", "https://example.org/"),
    }
    assert queries.admitted_count(hall.leg) == 0


def test_ticket_of_another_stop_is_told_apart(hall: Hall) -> None:
    hall.north.leg = hall.house.tour.stops[0]
    hall.north.save()
    keep(hall.north, line("aaaaaaaa", hall.code(0)))
    assert Scan.objects.get().verdict == "other"


def test_somebody_found_by_name_needs_no_code_and_a_number_alone_is_none(hall: Hall) -> None:
    number = hall.code(0).rpartition("-")[0]
    keep(hall.north, line("aaaaaaaa", number, picked=True), line("bbbbbbbb", number))
    assert [scan.verdict for scan in Scan.objects.order_by("client_id")] == ["valid", "unknown"]


def test_walk_ins_stand_apart(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", kind="walk_in", name="王某", note="与贵宾一同来"))
    assert queries.admitted_count(hall.leg) == 0
    assert [scan.name for scan in queries.walk_ins_of(hall.leg)] == ["王某"]


def test_a_full_log_takes_nothing_more(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ortoo.participation.domain.scan.MOST_LINES", 1)
    keep(hall.north, line("aaaaaaaa", hall.code(0)))
    with pytest.raises(LogFull):
        keep(hall.north, line("bbbbbbbb", hall.code(1)))
    assert Scan.objects.count() == 1 < MOST_LINES


def test_missing_are_narrowed_by_delegation_and_name(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0)))
    house = hall.house
    assert queries.missing(hall.leg).count() == 59
    assert queries.missing(hall.leg, house.first.pk).count() == 14
    assert [seat.holder for seat in queries.missing(hall.leg, house.first.pk, "贵宾二")] == ["贵宾二"]


def test_ledger_waits_until_the_doors_are_counted_and_follows_late_lines(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0)))
    assert not ReachEntry.objects.exists()
    assert count_doors(hall.leg, by=SYSTEM) == 1
    keep(hall.south, line("bbbbbbbb", hall.code(0)), line("cccccccc", hall.code(1)))
    standing = ReachEntry.objects.get(taken_back=None)
    assert (standing.number, standing.provenance) == (2, Provenance.SCANNED)
    assert ReachEntry.objects.count() == 2


def test_walk_ins_are_a_group_of_their_own_in_the_ledger_and_follow_late_lines(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", hall.code(0)), line("bbbbbbbb", kind="walk_in", name="王某", note="与贵宾一同来"))
    assert count_doors(hall.leg, by=SYSTEM) == 2
    figure = ReachEntry.objects.get(reference="door:walk-ins")
    assert (figure.number, figure.provenance, figure.audience, figure.unit) == (1, Provenance.SCANNED, "walk_in", None)
    keep(hall.south, line("cccccccc", kind="walk_in", name="李某"), line("dddddddd", kind="walk_in", name="赵某"))
    keep(hall.south, line("eeeeeeee", kind="undo", undoes="dddddddd"))
    standing = ReachEntry.objects.filter(taken_back=None)
    assert {(each.audience, each.number) for each in standing} == {("mixed", 1), ("walk_in", 2)}
    figure.refresh_from_db()
    assert figure.taken_back is not None


def test_walk_in_who_was_noted_at_two_doors_is_one(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", kind="walk_in", name="Wang  Mou", note="外事处"))
    keep(hall.south, line("aaaaaaaa", kind="walk_in", name="wang mou", note="外事处 "))
    keep(hall.south, line("aaaaaaaa", kind="walk_in", name="wang mou", note="外事处 "))
    keep(hall.south, line("bbbbbbbb", kind="walk_in", name="Wang Mou", note="报社"))
    assert queries.walk_in_count(hall.leg) == 2
    assert count_doors(hall.leg, by=SYSTEM) == 2


def test_walk_ins_that_were_all_taken_back_leave_no_figure(hall: Hall) -> None:
    keep(hall.north, line("aaaaaaaa", kind="walk_in", name="王某"))
    count_doors(hall.leg, by=SYSTEM)
    keep(hall.north, line("bbbbbbbb", kind="undo", undoes="aaaaaaaa"))
    assert not ReachEntry.objects.filter(taken_back=None).exists()


@pytest.mark.django_db(transaction=True)
def test_batches_that_arrive_together_lose_and_double_nothing() -> None:
    hall = build_hall(build())
    drafts = [line(f"line{n:04}", hall.code(n % 6), seconds=60 - n) for n in range(40)]
    wrong: list[Exception] = []

    def send(door: Door) -> None:
        """As the page does: what got no answer is sent again. SQLite in memory refuses whoever comes second."""
        for _attempt in range(200):
            try:
                keep(door, *drafts)
                break
            except OperationalError:
                time.sleep(0.02)
            except Exception as error:
                wrong.append(error)
                break
        connection.close()

    threads = [threading.Thread(target=send, args=[door]) for door in (hall.north, hall.south) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert Scan.objects.count() == 80
    assert queries.admitted_count(hall.leg) == 6
    assert len(queries.doubles(hall.leg, 200)) == 74
