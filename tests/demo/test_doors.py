"""The demo's doors: most guests of today's stop are in, and there is something for a host to look at."""

import pytest
from tests.participation.checkin.doors import Hall, build_hall
from tests.programmes.stage import build

from ortoo.demo.doors import let_in
from ortoo.kernel.actor import SYSTEM
from ortoo.participation.checkin import queries
from ortoo.participation.models import Delegation, Door
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.programmes.models import Leg


@pytest.fixture
def stop(db: None) -> Leg:
    """Today's stop, before anybody thought of its seats."""
    hall: Hall = build_hall(build())
    Door.objects.all().delete()
    Delegation.objects.all().delete()
    drafts = [PersonDraft(f"90{n:04}", f"来宾{n}", "男", hall.leg.base.pk) for n in range(12)]
    record_persons(drafts, by=SYSTEM)
    return Leg.objects.select_related("programme__unit", "base__parent").get(pk=hall.leg.pk)


def test_most_are_in_one_came_twice_and_one_without_a_ticket(stop: Leg) -> None:
    let_in(stop, by=SYSTEM)
    given = stop.delegations.get().given
    assert given >= 12
    assert queries.admitted_count(stop) == given * 3 // 4
    assert queries.missing(stop).count() == given - given * 3 // 4
    assert len(queries.doubles(stop, 10)) == queries.walk_ins_of(stop).count() == queries.strangers(stop).count() == 1
