"""Whatever a clerk's habits, the plan is read as it is meant, or it is said that something is doubtful."""

import os

import pytest
from tests.intake.reading.tour.messy import Clerk
from tests.intake.reading.tour.plans import FRAME, directory, kinds

from ortoo.intake.reading.tour.read import read_tour

SEEDS = range(int(os.environ.get("ORTOO_MESSY", "40")))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_messy_plan_is_read_as_it_is_meant(seed: int) -> None:
    data, truth = Clerk(seed).plan()
    tour = read_tour(data, "plan.xlsx", directory(), FRAME)
    assert tour.stopping == []
    assert {(stop.name, hall.name): hall.days for stop in tour.stops for hall in stop.halls} == truth.halls
    assert {stop.name: stop.halls[0].county for stop in tour.stops} == truth.counties
    assert {one.key: (one.blocked, one.understudies) for one in tour.speakers} == truth.speakers
    assert {one.name: one.asked for one in tour.delegations} == truth.delegations
    if truth.first != truth.last:
        assert ([s.name for s in tour.stops if s.first], [s.name for s in tour.stops if s.last]) == ([truth.first], [truth.last])
    assert kinds(tour) == []
