"""Totals of the ledger equal its rows, whatever was entered, fed, taken back or restored."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.refused import Refused
from ortoo.live.domain.head_count import CountDraft, count_heads
from ortoo.live.domain.reach import ReachDraft, enter, feed, restore, take_back
from ortoo.live.ledger import Line, Total, by_audience, by_leg, by_unit, entries_visible_to, standing, total_of
from ortoo.live.models import Audience, Provenance, ReachEntry
from ortoo.people.models import Unit

PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
UNITS = ["", "15", "1501", "150101", "150101001", "150201001"]
drafts = st.tuples(
    st.sampled_from(Provenance.values), st.integers(0, 50_000), st.sampled_from(Audience.values), st.sampled_from(UNITS)
)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("enter"), st.integers(1, 3), drafts),
        st.tuples(st.just("feed"), st.integers(1, 3), drafts),
        st.tuples(st.just("count"), st.integers(0, 500), drafts),
        st.tuples(st.sampled_from(["take_back", "restore"]), st.integers(0, 30), drafts),
    ),
    max_size=14,
)


class TakenBack(Exception):
    """Ends an example, so that the next one finds an empty ledger."""


def act(tour: Tour, kind: str, number: int, said: tuple[str, int, str, str]) -> None:
    provenance, many, audience, code = said
    draft = ReachDraft(provenance, many, "来源", audience, Unit.objects.filter(code=code).first())
    legs = list(tour.programme.legs.select_related("programme__unit"))
    rows = list(ReachEntry.objects.order_by("pk"))
    try:
        if kind == "enter":
            enter(legs[number - 1], draft, by=SYSTEM)
        elif kind == "feed":
            feed(legs[number - 1], "hub:1", draft, by=SYSTEM)
        elif kind == "count":
            count_heads(tour.site, CountDraft(f"{len(rows):08}", "during", number), by=SYSTEM)
        elif rows and kind == "take_back":
            take_back(rows[number % len(rows)], "试", by=SYSTEM)
        elif rows:
            restore(rows[number % len(rows)], by=SYSTEM)
    except Refused:
        pass


def added(lines: list[Line]) -> Counter[str]:
    """All lines together, by provenance."""
    return Counter({p: sum(line.total.of(p) or 0 for line in lines) for p in Provenance.values})


def counted(total: Total) -> Counter[str]:
    return Counter({p: total.of(p) or 0 for p in Provenance.values})


def by_hand() -> Counter[str]:
    rows = Counter(dict.fromkeys(Provenance.values, 0))
    for entry in ReachEntry.objects.all():
        if entry.taken_back is None:
            rows[entry.provenance] += entry.number
    return rows


@PROPERTY
@given(acts)
def test_every_way_of_adding_up_equals_the_rows(tour: Tour, doings: list[Any]) -> None:
    try:
        with transaction.atomic():
            for doing in doings:
                act(tour, *doing)
            entries = standing(tour.stage.organiser, tour.programme)
            rows = by_hand()
            assert counted(total_of(entries)) == rows
            assert added(by_leg(entries, tour.programme.legs.all())) == rows
            assert added(by_audience(entries)) == rows
            assert added(by_unit(entries, tour.stage.units["15"])) == rows
            together = total_of(entries).together
            assert (together.number if together else 0) == rows.total()
            assert sum(each.rows for each in total_of(entries).addends) == ReachEntry.objects.filter(taken_back=None).count()
            raise TakenBack
    except TakenBack:
        pass


@PROPERTY
@given(acts, st.integers(0, 30))
def test_taking_back_and_restoring_gives_the_ledger_as_it_was(tour: Tour, doings: list[Any], which: int) -> None:
    try:
        with transaction.atomic():
            for doing in doings:
                act(tour, *doing)
            rows = list(ReachEntry.objects.filter(taken_back=None))
            before = [line.total for line in by_unit(standing(tour.stage.organiser, tour.programme), tour.stage.units["15"])]
            if rows:
                chosen = rows[which % len(rows)]
                take_back(chosen, "试", by=SYSTEM)
                assert by_hand()[chosen.provenance] == sum(
                    row.number for row in rows if row != chosen and row.provenance == chosen.provenance
                )
                restore(chosen, by=SYSTEM)
            after = [line.total for line in by_unit(standing(tour.stage.organiser, tour.programme), tour.stage.units["15"])]
            assert after == before
            raise TakenBack
    except TakenBack:
        pass


@PROPERTY
@given(acts)
def test_of_each_reference_at_most_one_figure_stands(tour: Tour, doings: list[Any]) -> None:
    try:
        with transaction.atomic():
            for doing in doings:
                act(tour, *doing)
            fed = ReachEntry.objects.filter(taken_back=None).exclude(reference="").values_list("leg", "reference")
            assert max(Counter(fed).values(), default=1) == 1
            raise TakenBack
    except TakenBack:
        pass


def test_clerks_ledger_holds_their_own_units_only(tour: Tour) -> None:
    for code in ("150101001", "150201001"):
        enter(tour.leg, ReachDraft("estimated", 10, "广场", unit=tour.stage.units[code]), by=SYSTEM)
    enter(tour.leg, ReachDraft("devices", 99, "峰值"), by=SYSTEM)
    assert [entry.unit.code for entry in entries_visible_to(tour.stage.clerk) if entry.unit] == ["150101001"]
    assert counted(total_of(standing(tour.stage.clerk, tour.programme)))["devices"] == 0
    assert counted(total_of(standing(tour.stage.organiser, tour.programme)))["estimated"] == 20


def test_totals_ask_the_same_however_many_rows(tour: Tour, django_assert_num_queries: Callable[..., Any]) -> None:
    for number in range(30):
        enter(tour.leg, ReachDraft("estimated", number, "广场", unit=tour.stage.units["150101001"]), by=SYSTEM)
    entries = standing(tour.stage.organiser, tour.programme)
    legs = list(tour.programme.legs.all())
    with django_assert_num_queries(5):
        total_of(entries)
        by_leg(entries, legs)
        by_audience(entries)
        by_unit(entries, tour.stage.units["15"])
