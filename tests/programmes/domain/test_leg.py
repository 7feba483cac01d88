"""What happens to legs."""

from dataclasses import replace

import pytest
from tests.programmes.stage import Stage, in_days

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.place import give_places
from ortoo.programmes.domain.leg import LegDraft, LegEndsBeforeStart, LegHasPlaces, LegsAskedFor, edit_legs, set_legs
from ortoo.programmes.models import Leg
from ortoo.programmes.queries import overlaps, short_of_beds


def rows_of(stage: Stage) -> list[tuple[int | None, LegDraft]]:
    return [(leg.ordinal, LegDraft(leg.name, leg.starts, leg.ends, capacity=2)) for leg in stage.programme.legs.all()]


def test_edit_legs_changes_one_and_records_only_that(stage: Stage) -> None:
    rows = rows_of(stage)
    rows[1] = (2, replace(rows[1][1], capacity=9))
    AuditEntry.objects.all().delete()
    edit_legs(stage.programme, rows, by=stage.organiser)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.before, entry.after) == ("set_leg", {"capacity": 2}, {"capacity": 9})


def test_edit_legs_adds_at_the_end(stage: Stage) -> None:
    edit_legs(stage.programme, [*rows_of(stage), (None, LegDraft("第四期", *in_days(60)))], by=SYSTEM)
    assert [leg.ordinal for leg in Leg.objects.all()] == [1, 2, 3, 4]


def test_edit_legs_removes_one_in_the_middle_while_nobody_is_nominated(stage: Stage) -> None:
    rows = rows_of(stage)
    edit_legs(stage.programme, [rows[0], rows[2]], by=SYSTEM)
    assert [(leg.ordinal, leg.name) for leg in Leg.objects.all()] == [(1, "第一期"), (2, "第三期")]


def test_edit_legs_keeps_numbers_that_people_asked_for(stage: Stage) -> None:
    nominate(stage.programme, [NominationDraft(stage.persons["000101"], wish=3)], by=SYSTEM)
    rows = rows_of(stage)
    with pytest.raises(LegsAskedFor):
        edit_legs(stage.programme, [rows[0], rows[2]], by=SYSTEM)
    edit_legs(stage.programme, rows[:2], by=SYSTEM)
    assert Leg.objects.count() == 2


def test_leg_with_places_is_not_removed(stage: Stage) -> None:
    last = stage.programme.legs.last()
    assert last
    give_places(stage.programme, [(stage.persons["000101"].pk, last)], source="plan:1", by=SYSTEM)
    rows = rows_of(stage)
    for fewer in (rows[:2], [rows[0], rows[2]]):
        with pytest.raises(LegHasPlaces):
            edit_legs(stage.programme, fewer, by=SYSTEM)
    assert Leg.objects.count() == 3


def test_leg_that_ends_before_it_starts_changes_nothing(stage: Stage) -> None:
    first, last = in_days(0)
    with pytest.raises(LegEndsBeforeStart):
        set_legs(stage.programme, [LegDraft("倒", last, first)], by=SYSTEM)
    assert Leg.objects.count() == 3


def test_overlaps_names_each_pair_once(stage: Stage) -> None:
    legs = list(stage.programme.legs.all())
    assert overlaps(legs) == []
    legs[2].starts, legs[2].ends = legs[1].ends, legs[1].ends
    assert overlaps(legs) == [(legs[1], legs[2])]


def test_short_of_beds_only_where_all_is_said(stage: Stage) -> None:
    full, short, silent = stage.programme.legs.all()
    full.women_beds, full.men_beds = 1, 1
    short.women_beds, short.men_beds = 1, 0
    assert short_of_beds([full, short, silent]) == [short]
