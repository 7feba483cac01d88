"""Changing a plan by hand, on a copy: move, swap, pin. What breaks a rule is refused, or stands with a name and a reason."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.ids import new_key
from ortoo.kernel.refused import Refused
from ortoo.planning.adapters import basis, by_hand, standing
from ortoo.planning.adapters.explained import explained
from ortoo.planning.domain.asked import Asked
from ortoo.planning.domain.looser import REASON_MOST
from ortoo.planning.domain.plan import copy_exemptions, number_plan
from ortoo.planning.domain.variant import FINISHED, NotFinished, begun_for
from ortoo.planning.models import Basis, Exemption, Plan, PlanPlace
from ortoo.planning.queries import exemptions_of, plans_of
from ortoo.programmes.queries import legs_of


class NotByHand(Refused):
    sentence = _("Plan %(number)s can't be changed by hand. Make a copy of it first.")


class NotInPlan(Refused):
    sentence = _("This person is not in plan %(number)s.")
    status = 404


class NewerThanPlan(Refused):
    sentence = _("This term was added after plan %(number)s was made. Plan anew to use it.")


class BreaksRules(Refused):
    sentence = _("Not moved: %(broken)s. Say why it may stand all the same, and move again.")


class Pinned(Refused):
    sentence = _("%(name)s is fixed on a term. Unpin first.")


@transaction.atomic
def copy_plan(plan: Plan, *, by: Actor) -> Plan:
    """The same places under a new number, to be changed by hand."""
    if plan.state not in FINISHED or not Basis.objects.filter(plan=plan).exists():
        raise NotFinished(number=plan.number)
    same = {
        name: getattr(plan, name) for name in ("seed", "rules", "cost", "bound", "optimal", "engine", "counts", "asked", "before")
    }
    copied = Plan(parent=plan, origin=Plan.Origin.BY_HAND, state=Plan.State.SOLVED, **same)
    number_plan(plan.programme, copied, by=by)
    Basis.objects.create(plan=copied, problem=bytes(plan.basis.problem))
    rows = [
        PlanPlace(plan=copied, person_id=p.person_id, leg_id=p.leg_id, wish_met=p.wish_met, reasons=p.reasons)
        for p in plan.places.all()
    ]
    PlanPlace.objects.bulk_create(rows, batch_size=500)
    copy_exemptions(plan, copied)
    _hold(copied)
    audit.record("copy_plan", copied, by=by, after={"of": plan.number}, unit_path=plan.programme.unit.path)
    return copied


@transaction.atomic
def move(plan: Plan, moves: Mapping[int, int | None], *, by: Actor, reason: str = "") -> by_hand.Weighed:
    """Put people (by key) on terms (by ordinal; None: no place), the others staying; two of them make a swap."""
    plan = _open(plan)
    places = {place.person_id: place for place in plan.places.filter(person__in=moves).select_related("person", "leg")}
    if set(places) != set(moves):
        raise NotInPlan(number=plan.number)
    for place in places.values():
        if place.person.staff_no in plan.asked.get("pins", {}):
            raise Pinned(name=place.person.name)
    explanation = explained(plan)
    assert explanation is not None
    terms = {term.key for term in explanation.problem.terms}
    if any(to is not None and str(to) not in terms for to in moves.values()):
        raise NewerThanPlan(number=plan.number)
    after = {places[person].person.staff_no: to for person, to in moves.items()}
    allowed = exemptions_of(plan)
    weighed = by_hand.weigh(explanation, after, allowed)
    reason = reason.strip()[:REASON_MOST]
    if any(weighed.broken.values()) and not reason:
        raise BreaksRules(broken="; ".join(_said(weighed.broken)))
    before = {place.person.staff_no: place.leg.ordinal if place.leg else None for place in places.values()}
    _write(plan, places, moves, weighed, reason, by)
    relieved = standing.relieved(explanation, after, allowed) - after.keys()
    plan.exemptions.filter(person__staff_no__in=relieved).delete()
    audit.record(
        "move_by_hand", plan, by=by, before=before, after={**after, "reason": reason}, unit_path=plan.programme.unit.path
    )
    return weighed


def swap(plan: Plan, first: int, second: int, *, by: Actor, reason: str = "") -> by_hand.Weighed:
    """Let two people change terms."""
    at = dict(plan.places.filter(person__in=(first, second)).values_list("person_id", "leg__ordinal"))
    if len(at) != 2:
        raise NotInPlan(number=plan.number)
    return move(plan, {first: at[second], second: at[first]}, by=by, reason=reason)


@transaction.atomic
def pin(plan: Plan, person: int, *, on: bool, by: Actor) -> None:
    """Fix a person on the term where they are, for whatever is planned from this copy; or no longer."""
    plan = _open(plan)
    place = plan.places.filter(person=person).select_related("person", "leg").first()
    if place is None or (on and place.leg is None):
        raise NotInPlan(number=plan.number)
    staff_no, ordinal = place.person.staff_no, place.leg.ordinal if on and place.leg else None
    stays = place.leg.ordinal if place.leg and place.leg.ordinal in plan.asked.get("begun", ()) else None
    pins: dict[str, Any] = {key: at for key, at in plan.asked.get("pins", {}).items() if key != staff_no}
    plan.asked = {**plan.asked, "pins": pins | ({staff_no: ordinal} if on else {})}
    found = Basis.objects.get(plan=plan)
    found.problem = basis.pack(by_hand.pinned(basis.unpack(bytes(found.problem)), staff_no, ordinal or stays))
    found.save()
    plan.stamp = new_key()
    plan.save(update_fields=["asked", "stamp"])
    audit.record(
        "pin" if on else "unpin", plan, by=by, after={"staff_no": staff_no, "term": ordinal}, unit_path=plan.programme.unit.path
    )


def may_change(plan: Plan) -> bool:
    """Whether it is a copy that was never published."""
    return plan.origin == Plan.Origin.BY_HAND and plan.state == Plan.State.SOLVED and not plan.publications.exists()


def _open(plan: Plan) -> Plan:
    """The plan, locked, as it is now; NotByHand where it is no copy or was ever published."""
    found = plans_of(plan.programme).select_for_update(of=("self",)).get(pk=plan.pk)
    if not may_change(found):
        raise NotByHand(number=found.number)
    _hold(found)
    return found


def _hold(plan: Plan) -> None:
    """By now begun terms are left or entered only against a rule, with a reason."""
    asked = Asked.read(plan.asked)
    begun = begun_for(plan, asked)
    if not set(begun).difference(asked.begun):
        return
    told = dict(plan.places.values_list("person__staff_no", "leg__ordinal"))
    found = Basis.objects.get(plan=plan)
    found.problem = basis.pack(standing.hold(basis.unpack(bytes(found.problem)), told, begun))
    found.save()
    plan.asked, plan.stamp = replace(asked, begun=begun).write(), new_key()
    plan.save(update_fields=["asked", "stamp"])


def _write(
    plan: Plan, places: dict[int, PlanPlace], moves: Mapping[int, int | None], weighed: by_hand.Weighed, reason: str, by: Actor
) -> None:
    legs = {leg.ordinal: leg for leg in legs_of(plan.programme)}
    wishes = dict(plan.programme.nominations.filter(person__in=places).values_list("person_id", "wish"))
    plan.exemptions.filter(person__in=places).delete()
    for person, place in places.items():
        to, wish = moves[person], wishes.get(person)
        place.leg, place.reasons = (legs[to] if to is not None else None), {}
        place.wish_met = None if wish is None or to is None else wish == to
        broken = weighed.whose.get(place.person.staff_no, {})
        if any(broken.values()):
            said = {language: "; ".join(sentences) for language, sentences in broken.items()}
            Exemption.objects.create(
                plan=plan, person_id=person, leg=place.leg, broken=said, reason=reason, at=clock.now(), by_name=by.get_username()
            )
    PlanPlace.objects.bulk_update(places.values(), ["leg", "reasons", "wish_met"], batch_size=500)
    plan.cost, plan.stamp = weighed.after, new_key()
    fewest = plan.asked.get("near") == "fewest"
    plan.optimal = plan.bound == plan.cost and not fewest and not plan.exemptions.exists()
    plan.counts = {**plan.counts, **_counts(plan), "costs": weighed.costs}
    plan.save(update_fields=["cost", "optimal", "counts", "stamp"])


def _counts(plan: Plan) -> dict[str, int]:
    return {
        "placed": plan.places.filter(leg__isnull=False).count(),
        "wishes": plan.places.filter(wish_met__isnull=False).count(),
        "wishes_met": plan.places.filter(wish_met=True).count(),
    }


def _said(broken: dict[str, list[str]]) -> list[str]:
    return broken.get((get_language() or "zh")[:2], broken["zh"])
