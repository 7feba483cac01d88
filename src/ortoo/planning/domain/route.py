"""What happens to the route of a tour as a whole: adopted as planned, taken back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.planning.adapters.route import HELD, Route, Wishes
from ortoo.planning.models import RoutePlan
from ortoo.programmes.domain.running_order import step_back, step_in
from ortoo.programmes.domain.stop import Settled, settle_route
from ortoo.programmes.models import Hall, Leg, Programme, Speaker, Talk


class RouteUnchanged(Refused):
    sentence = _("The tour already goes this way.")


class NotTheLatest(Refused):
    sentence = _("A later route was adopted since. Take that one back first.")


class TakenBackAlready(Refused):
    sentence = _("This route has been taken back already.")


class HeldSince(Refused):
    sentence = _("%(stop)s has been held since and stays as it was.")


@transaction.atomic
def adopt_route(tour: Programme, route: Route, wishes: Wishes, *, by: Actor) -> RoutePlan:
    """Give every stop its day and hall, and each talk whoever can come; refused as a whole."""
    if not route.changes:
        raise RouteUnchanged
    before = _standing(tour)
    settle_route(tour, [Settled(stop.leg, stop.day, stop.hall) for stop in route.stops if stop.changed], by=by)
    for stop in route.stops:
        _put_in(stop.leg, stop.given, by)
    plan = RoutePlan.objects.create(
        programme=tour,
        number=tour.route_plans.count() + 1,
        asked=_asked(wishes),
        route=_standing(tour),
        before=before,
        km=route.km,
        bound=route.bound,
        optimal=route.optimal,
        changes=route.changes,
        adopted=clock.now(),
        by_name=by.get_username(),
    )
    after = {"km": round(route.km, 1), "changes": route.changes}
    audit.record("adopt_route", plan, by=by, after=after, unit_path=tour.unit.path)
    return plan


@transaction.atomic
def take_back(plan: RoutePlan, *, by: Actor) -> None:
    """Put the stops back where they stood before; not once one of those that moved has been held."""
    tour = plan.programme
    if plan.taken_back:
        raise TakenBackAlready
    if tour.route_plans.filter(number__gt=plan.number, taken_back=None).exists():
        raise NotTheLatest
    settled = [_settled(tour, now, then) for now, then in zip(plan.route, plan.before, strict=True) if now != then]
    settle_route(tour, [each for each in settled if each is not None], by=by)
    plan.taken_back, plan.taken_back_by = clock.now(), by.get_username()
    plan.save(update_fields=["taken_back", "taken_back_by"])
    audit.record("take_back_route", plan, by=by, after={"number": plan.number}, unit_path=tour.unit.path)


def _settled(tour: Programme, now: Mapping[str, Any], then: Mapping[str, Any]) -> Settled | None:
    """How a stop stood; None when it has been removed meanwhile."""
    leg = tour.legs.filter(pk=then["leg"]).first()
    if leg is None:
        return None
    if leg.state in HELD:
        raise HeldSince(stop=leg.name)
    hall = Hall.objects.filter(pk=then["hall"], leg=leg).first()
    return Settled(leg, date.fromisoformat(then["day"]) if then["day"] else None, hall)


def _put_in(leg: Leg, given: Mapping[Talk, Speaker], by: Actor) -> None:
    """Who tells what in the running order, where somebody else can come on the new day; who has arrived stays."""
    order = leg.appearances.filter(arrived_at=None).select_related(
        "talk__speaker__understudy__person", "talk__speaker__person", "teller__person", "leg__programme__unit"
    )
    # First those who step back: nobody may tell more than two talks for a moment either.
    changed = [each for each in order if each.talk in given and given[each.talk].pk != each.teller_id]
    for appearance in sorted(changed, key=lambda each: given[each.talk].pk != each.talk.speaker_id):
        appearance.leg.starts = leg.starts
        if given[appearance.talk].pk == appearance.talk.speaker_id:
            step_back(appearance, by=by)
        else:
            step_in(appearance, by=by)


def _standing(tour: Programme) -> Sequence[dict[str, Any]]:
    """The stops as they stand now, always in the order in which they were made."""
    found = []
    for leg in tour.legs.order_by("pk").prefetch_related("halls"):
        hall = next((each for each in leg.halls.all() if each.chosen), None)
        day = leg.day.isoformat() if leg.day else None
        found.append(
            {
                "leg": leg.pk,
                "name": leg.name,
                "day": day,
                "hall": hall.pk if hall else None,
                "hall_name": hall.name if hall else "",
            }
        )
    return found


def _asked(wishes: Wishes) -> dict[str, Any]:
    return {
        "days": {str(leg): day.isoformat() for leg, day in wishes.days.items()},
        "halls": {str(leg): hall for leg, hall in wishes.halls.items()},
        "without": sorted(wishes.without),
        "keep": wishes.keep,
    }
