"""Who is missing: found by looking each seat's ticket up, however old the database's statistics are."""

from typing import Any

from django.db import connection
from tests.participation.checkin.doors import Hall, ago, line

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.checkin.queries import doubles, missing
from ortoo.participation.domain.scan import keep_scans
from ortoo.participation.models import Seat


def test_missing_looks_each_ticket_up_and_never_compares_all_with_all(hall: Hall) -> None:
    Seat.objects.bulk_create([Seat(leg=hall.leg, delegation=hall.house.late, number=n) for n in range(1000, 3000)])
    keep_scans(hall.north, ago(0), [line(f"line{n:04}", hall.code(n % 6)) for n in range(200)], by=SYSTEM)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # Few rows would be read whole, which says nothing of many.
    plan = missing(hall.leg).explain()
    ticket = next(row for row in plan.splitlines() if "ticket" in row and ("Cond:" in row or "(leg_id=? AND" in row))
    assert "scan_ticket" in plan
    assert "Join Filter: ((v0.ticket" not in plan
    assert "Index Cond" in ticket or "ticket=?" in ticket


def test_missing_knows_who_was_taken_back_and_whose_ticket_was_replaced(hall: Hall) -> None:
    undo = line("dddddddd", kind="undo", undoes="bbbbbbbb", said="")
    lines = [line(name * 8, hall.code(n)) for n, name in enumerate("abc")]
    keep_scans(hall.north, ago(0), [*lines, undo], by=SYSTEM)
    Seat.objects.filter(pk=hall.seats[2].pk).update(serial=hall.seats[2].serial + 1)
    found = [seat.holder for seat in missing(hall.leg, hall.house.first.pk) if seat.holder]
    assert found == [seat.holder for seat in hall.seats[1:6]]


def test_doubles_are_those_shown_newest_first(hall: Hall, django_assert_num_queries: Any) -> None:
    again = [line(f"line{n:04}", hall.code(0), seconds=60 - n) for n in range(5)]
    keep_scans(hall.north, ago(0), again, by=SYSTEM)
    with django_assert_num_queries(3):
        found = doubles(hall.leg, 3)
    assert [(one.client_id, two.client_id) for one, two in found] == [("line0000", f"line000{n}") for n in (4, 3, 2)]
