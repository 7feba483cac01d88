"""The demo's rules and its published plan, by planning's own verbs."""

from ortoo.demo.moved import Move
from ortoo.demo.programmes import rules_text
from ortoo.kernel import jobs
from ortoo.kernel.actor import Actor
from ortoo.planning.domain.plan import publish, start_plan
from ortoo.planning.domain.rules import take_rules
from ortoo.planning.models import Plan
from ortoo.planning.rulesfile import read_rules
from ortoo.programmes.models import Programme


def write_rules(programme: Programme, move: Move, *, by: Actor) -> None:
    """Take the rotation's rules file, with its days moved."""
    take_rules(programme, read_rules(rules_text(move).encode()), by=by)


def plan_and_publish(programme: Programme, *, by: Actor) -> Plan:
    """Find the best plan here and now, and publish it."""
    plan = start_plan(programme, by=by)
    assert plan.job_id is not None
    jobs.run(plan.job_id)
    plan.refresh_from_db()
    publish(plan, by=by)
    return plan
