"""Plans whose work never came to its end."""

import pytest
from tests.factories.cast import build_cast

from ortoo.kernel import jobs
from ortoo.kernel.actor import SYSTEM
from ortoo.planning.domain.plan import start_plan
from ortoo.planning.models import Plan

pytestmark = pytest.mark.django_db


def test_plan_stopped_before_it_began_does_not_stand_in_the_way() -> None:
    programme = build_cast().stage.programme
    plan = start_plan(programme, by=SYSTEM)
    assert plan.job is not None
    jobs.ask_stop(plan.job)
    plan.refresh_from_db()
    assert plan.state == Plan.State.STOPPED
    assert start_plan(programme, by=SYSTEM).number == plan.number + 1
