"""Long work of planning."""

import time
from collections.abc import Set
from dataclasses import replace
from typing import Any

from ortoo.kernel import jobs
from ortoo.participation.quotas.queries import limits_by_term
from ortoo.planning.adapters import basis, looser, rotation, standing
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain.asked import Asked, asked_legs, limits_of
from ortoo.planning.domain.plan import SOLVE, give_up, keep_outcome
from ortoo.planning.models import Plan, PlanPlace
from ortoo.planning.queries import days_of, exemptions_of, nominations_to_plan
from ortoo.programmes.queries import legs_of


def abandoned(*, plan: int) -> None:
    """A plan that nobody makes any more does not stand in the way of the next."""
    if found := Plan.objects.filter(pk=plan, state=Plan.State.SOLVING).first():
        give_up(found, Plan.State.STOPPED)


@jobs.kind(SOLVE, abandoned=abandoned)
def solve(progress: jobs.Progress, *, plan: int) -> dict[str, Any]:
    """Find a plan; writes nothing before it is found, so that it may be begun again."""
    found = Plan.objects.select_related("programme__unit", "parent").filter(pk=plan, state=Plan.State.SOLVING).first()
    if found is None:
        return {"left": "the plan is gone or over"}
    try:
        return _solve(found, progress)
    except Exception:
        give_up(found, Plan.State.FAILED)
        raise


def _solve(plan: Plan, progress: jobs.Progress) -> dict[str, Any]:
    asked = Asked.read(plan.asked)
    nominations = list(nominations_to_plan(plan).exclude(person__staff_no__in=asked.gone))
    legs = {leg.ordinal: leg for leg in asked_legs(legs_of(plan.programme), asked)}
    told = dict(plan.parent.places.values_list("person__staff_no", "leg__ordinal")) if asked.near and plan.parent else {}
    places_told = rotation.Told(told, asked.pins, asked.near)
    quotas = limits_by_term(plan.programme) if "quotas" in plan.rules["hard"] else ()
    problem = rotation.problem_of(nominations, list(legs.values()), plan.rules["hard"], plan.rules["cost"], places_told, quotas)
    hard = plan.rules["hard"]
    shares = "county_away_share" in hard and "quotas" not in hard
    problem, given = looser.carried_out(standing.hold(problem, told, asked.begun), asked.looser or (), shares=shares)
    plan.asked = replace(asked, looser=given, days=days_of(legs.values()), limits=limits_of(list(legs.values()))).write()
    allowed = exemptions_of(plan.parent) if plan.parent else {}
    before = explained(plan.parent) if plan.parent and allowed else None
    # Judged and explained is by the rules as they are, so that whoever is allowed is seen to stand against them.
    eased = standing.allow(problem, told, allowed, [int(ordinal) for ordinal in asked.terms], before)
    until = time.monotonic() + plan.seconds_allowed

    def stop(best: float | None) -> bool:
        return time.monotonic() > until or progress.stop_asked()

    def watch(seconds: float, cost: float | None, bound: float | None) -> None:
        if cost is not None and bound is not None:
            progress.point(seconds, cost, bound)

    outcome = rotation.plan(eased, seed=plan.seed, stop=stop, watch=watch)
    seats = {staff_no: None if ordinal is None else str(ordinal) for staff_no, ordinal in outcome.places.items()}
    still = standing.against(problem, seats, allowed) if seats and allowed else set()
    if eased is not problem:
        outcome = _proved(outcome, standing.kept(problem, eased), still)
    reasons = rotation.left_out_sentences(problem, outcome)
    places = []
    for nomination in nominations if outcome.places else ():
        ordinal = outcome.places[nomination.person.staff_no]
        met = None if nomination.wish is None or ordinal is None else nomination.wish == ordinal
        leg = legs[ordinal] if ordinal is not None else None
        places.append(
            PlanPlace(
                plan=plan, person=nomination.person, leg=leg, wish_met=met, reasons=reasons.get(nomination.person.staff_no, {})
            )
        )
    keep_outcome(plan, outcome, places, _counts(places, outcome), basis.pack(eased if outcome.collision else problem), still)
    return {"cost": outcome.cost, "bound": outcome.bound, "optimal": outcome.optimal}


def _proved(outcome: rotation.Outcome, kept: Set[str], still: Set[str]) -> rotation.Outcome:
    """What is proved where rules could give way: `kept` were held on their terms by exemptions, `still` stand against a rule there."""
    if not kept and not still:
        # Nobody was held and no rule gave way in the end: it is true of the rules as they are.
        return outcome
    # Of all plans in which those who stand against a rule keep their terms it may be the best; for the others nothing is known.
    return replace(outcome, bound=None, optimal=outcome.optimal and kept <= still)


def _counts(places: list[PlanPlace], outcome: rotation.Outcome) -> dict[str, Any]:
    return {
        "people": len(places),
        "placed": sum(place.leg is not None for place in places),
        "wishes": sum(place.wish_met is not None for place in places),
        "wishes_met": sum(bool(place.wish_met) for place in places),
        "costs": outcome.costs,
        "changes": outcome.changes,
    }
