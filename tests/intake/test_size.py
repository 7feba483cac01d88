"""Large files: as few queries for a row as for a thousand."""

from typing import Any

import pytest
from tests.intake.conftest import World, person, sheet

from ortoo.intake.domain import delivery as verbs
from ortoo.kernel import jobs
from ortoo.people.models import Person, Unit

ROWS = 20_000
BATCH = 50  # the fewest rows that one statement writes
WRITTEN = 8  # rows that applying writes for a person: itself, nomination, return, journal, audit


@pytest.mark.slow
def test_twenty_thousand_rows_take_few_queries(world: World, counted: Any) -> None:
    stations = list(Unit.objects.filter(kind=Unit.Kind.STATION).select_related("parent"))
    rows = []
    for number in range(ROWS):
        unit = stations[number % len(stations)]
        assert unit.parent is not None
        rows.append(person(f"{number + 100000}", f"白{chr(0x4E00 + number)}", county=unit.parent.name, station=unit.name))
    delivery = verbs.receive(world.programme, [sheet(rows, "all.xlsx")], by=world.organiser)
    assert delivery.job_id is not None
    with counted(ROWS // BATCH):
        jobs.run(delivery.job_id)
    delivery.refresh_from_db()
    assert delivery.counts["rows"] == ROWS
    started = verbs.apply(delivery, by=world.organiser)
    assert started.job_id is not None
    with counted(WRITTEN * ROWS // BATCH):
        jobs.run(started.job_id)
    assert Person.objects.count() == world.programme.nominations.count() == delivery.counts["new"]
