"""A plan in which what a reason proposes gives way: the limits that keep somebody out, or that collide."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.planning.adapters import basis, looser
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain.asked import Asked
from ortoo.planning.domain.plan import begin
from ortoo.planning.domain.variant import NothingPublished, begin_from, begun_for
from ortoo.planning.models import Basis, Plan


class NothingToLoosen(Refused):
    sentence = _("No loosening is known that would help.")


class TermBegun(Refused):
    sentence = _("This loosening is of a term that has begun. Plan again: the reasons then speak of the terms that are left.")


def for_person(plan: Plan, staff_no: str, *, by: Actor) -> Plan:
    """Find the best plan in which the limits give way that keep somebody out.

    What was planned again and not published yet is planned again from the published plan; of what was planned with fewest changes
    otherwise as few places as possible change once more.
    """
    explanation = explained(plan)
    steps = looser.proposed(explanation, staff_no) if explanation and staff_no in explanation.people else ()
    if explanation is None or not steps:
        raise NothingToLoosen
    asked = Asked.read(plan.asked)
    begun = begun_for(plan, asked)
    if any(int(step.term) in begun for step in steps):
        raise TermBegun
    given = looser.added(explanation.problem, asked.looser or (), steps)
    asked = replace(asked, looser=given, near=asked.near or "cost", begun=begun)
    if plan.origin == Plan.Origin.AGAIN and plan.parent and plan.parent.state == Plan.State.PUBLISHED:
        return begin_from(plan.parent, asked, plan.rules, Plan.Origin.AGAIN, by=by)
    if plan.state == Plan.State.PUBLISHED:
        asked = replace(asked, gone=())  # They are no longer nominated.
    return begin_from(plan, asked, plan.rules, Plan.Origin.WHAT_IF, by=by)


def for_collision(plan: Plan, *, by: Actor) -> Plan:
    """Begin a plan that was not possible once more, with what mends it; whoever is to be unpinned is pinned no longer."""
    found = Basis.objects.filter(plan=plan).first() if plan.state == Plan.State.INFEASIBLE else None
    problem = basis.unpack(bytes(found.problem)) if found else None
    steps = looser.mending(problem) if problem else ()
    if problem is None or not steps:
        raise NothingToLoosen
    if plan.origin == Plan.Origin.AGAIN and plan.parent and plan.parent.state != Plan.State.PUBLISHED:
        raise NothingPublished(number=plan.parent.number)
    asked = Asked.read(plan.asked)
    pins, gives = looser.unpinned(asked.pins, steps)
    given = looser.added(problem, asked.looser or (), gives)
    asked = replace(asked, pins=pins, looser=given, begun=begun_for(plan, asked))
    fields = {"seed": plan.seed, "seconds_allowed": plan.seconds_allowed, "parent": plan.parent, "origin": plan.origin}
    return begin(plan.programme, plan.rules, by=by, asked=asked.write(), before=plan.before, **fields)
