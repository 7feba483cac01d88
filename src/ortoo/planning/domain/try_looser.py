"""A plan in which what a reason proposes gives way: the limits that keep somebody out, or that collide."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.planning.adapters import basis, looser
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain.asked import Asked
from ortoo.planning.domain.plan import begin
from ortoo.planning.domain.variant import begin_from, begun_for
from ortoo.planning.models import Basis, Plan


class NothingToLoosen(Refused):
    sentence = _("No loosening is known that would help.")


def for_person(plan: Plan, staff_no: str, *, by: Actor) -> Plan:
    """Find the best plan in which the limits give way that keep somebody out. What began by planning again begins there again."""
    explanation = explained(plan)
    steps = looser.proposed(explanation, staff_no) if explanation and staff_no in explanation.people else ()
    if explanation is None or not steps:
        raise NothingToLoosen
    asked = Asked.read(plan.asked)
    asked = replace(asked, looser=[*(asked.looser or ()), *looser.written(explanation.problem, steps)])
    if asked.near == "fewest" and plan.parent and plan.origin == Plan.Origin.AGAIN:
        return begin_from(plan.parent, replace(asked, begun=begun_for(plan, asked)), plan.rules, Plan.Origin.AGAIN, by=by)
    asked = replace(asked, near="cost", begun=begun_for(plan, asked))
    return begin_from(plan, asked, plan.rules, Plan.Origin.WHAT_IF, by=by)


def for_collision(plan: Plan, *, by: Actor) -> Plan:
    """Begin a plan that was not possible once more, with what mends it; whoever is to be unpinned is pinned no longer."""
    found = Basis.objects.filter(plan=plan).first() if plan.state == Plan.State.INFEASIBLE else None
    problem = basis.unpack(bytes(found.problem)) if found else None
    steps = looser.mending(problem) if problem else ()
    if problem is None or not steps:
        raise NothingToLoosen
    asked = Asked.read(plan.asked)
    pins, gives = looser.unpinned(asked.pins, steps)
    asked = replace(asked, pins=pins, looser=[*(asked.looser or ()), *looser.written(problem, gives)])
    fields = {"seed": plan.seed, "seconds_allowed": plan.seconds_allowed, "parent": plan.parent, "origin": plan.origin}
    return begin(plan.programme, plan.rules, by=by, asked=asked.write(), **fields)
