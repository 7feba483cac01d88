"""What happens to plans: begun, found, published, replaced, withdrawn."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock, jobs
from ortoo.kernel.actor import Actor
from ortoo.kernel.ids import new_key
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.nomination import withdraw as withdraw_nominations
from ortoo.participation.domain.place import change_places, give_places, take_places_back
from ortoo.people.models import Account
from ortoo.planning.adapters.rotation import Outcome
from ortoo.planning.domain.adoption import Change, asks, rule_changes
from ortoo.planning.domain.asked import Asked, begun_by
from ortoo.planning.domain.hindrance import hindrances
from ortoo.planning.domain.rules import rules_of
from ortoo.planning.models import Basis, Exemption, Plan, PlanPlace, Publication
from ortoo.planning.queries import concerned, days_of, differences, plans_of
from ortoo.programmes.domain.programme import change_state
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_of

SOLVE = "planning.solve"


class NothingToPlan(Refused):
    sentence = _("%(programme)s has no %(what)s yet.")


class StillPlanning(Refused):
    sentence = _("Plan %(number)s is still being made. Stop it first.")


class NotReady(Refused):
    sentence = _("Plan %(number)s is %(state)s and can't be published.")


class OtherPublished(Refused):
    sentence = _("Plan %(number)s is published. Withdraw it first.")


class NotAdopted(Refused):
    sentence = _("Plan %(number)s was made with other rules or terms than the programme has. Adopt them first.")


class NotAllowedYet(Refused):
    sentence = _("Plan %(number)s has loosened limits, and nobody has said yet why they may be.")


class BegunSince(Refused):
    sentence = _("%(terms)s has begun since plan %(number)s was made, and the plan changes who is there. Plan again.")


class NotPublished(Refused):
    sentence = _("Plan %(number)s is not published.")


class PlanInUse(Refused):
    sentence = _("Plan %(number)s is or was published; it is part of the record and stays.")


def start_plan(programme: Programme, *, by: Actor, seed: int = 0, seconds: int = 60) -> Plan:
    """Begin a new plan by the present rules; the worker finds it."""
    rules = rules_of(programme)
    return begin(programme, {"hard": rules.hard, "cost": rules.cost}, by=by, seed=seed, seconds_allowed=seconds)


@transaction.atomic
def begin(programme: Programme, rules: dict[str, Any], *, by: Actor, **fields: Any) -> Plan:
    """A plan with the next number, and the job that finds it."""
    if not programme.legs.exists():
        raise NothingToPlan(programme=programme.title, what=_("terms"))
    if not programme.nominations.exists():
        raise NothingToPlan(programme=programme.title, what=_("nominations"))
    plan = number_plan(programme, Plan(rules=rules, **fields), by=by)
    plan.job = jobs.start(SOLVE, by=by, plan=plan.pk)
    plan.save(update_fields=["job"])
    after = {"seed": plan.seed, "rules": plan.rules, "asked": plan.asked, "origin": plan.origin}
    audit.record("start_plan", plan, by=by, after=after, unit_path=programme.unit.path)
    return plan


def number_plan(programme: Programme, plan: Plan, *, by: Actor) -> Plan:
    """Save a plan under the programme's next number; within a transaction."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if busy := plans_of(programme).filter(state=Plan.State.SOLVING).first():
        raise StillPlanning(number=busy.number)
    plan.programme, plan.created, plan.by_name = programme, clock.now(), by.get_username()
    plan.number = (plans_of(programme).aggregate(last=Max("number"))["last"] or 0) + 1
    plan.save()
    return plan


@transaction.atomic
def keep_outcome(
    plan: Plan, outcome: Outcome, places: list[PlanPlace], counts: dict[str, Any], basis: bytes, still: Collection[str] = ()
) -> None:
    """Write what planning found and from what, all of it or nothing; a plan that no longer waits for it is left as it is. `still`:
    staff numbers of whoever, being allowed to, stands on a term against a rule."""
    if not Plan.objects.select_for_update().filter(pk=plan.pk, state=Plan.State.SOLVING).exists():
        return
    plan.state = Plan.State.SOLVED if outcome.places else Plan.State.INFEASIBLE if outcome.collision else Plan.State.STOPPED
    plan.cost, plan.bound, plan.optimal = outcome.cost, outcome.bound, outcome.optimal
    plan.engine, plan.seconds, plan.counts, plan.collision = outcome.engine, outcome.seconds, counts, outcome.collision
    plan.stamp = new_key()
    Basis.objects.create(plan=plan, problem=basis)
    PlanPlace.objects.bulk_create(places, batch_size=500)
    plan.save()
    if plan.parent and outcome.places:
        copy_exemptions(plan.parent, plan, still)


def copy_exemptions(before: Plan, plan: Plan, still: Collection[str] | None = None) -> None:
    """What was allowed against a rule stands in a plan that came from another, for whoever keeps their term (and on it is `still`
    against one)."""
    at = set(plan.places.values_list("person_id", "leg_id"))
    kept = [
        each
        for each in before.exemptions.select_related("person")
        if (each.person_id, each.leg_id) in at and (still is None or each.leg_id is None or each.person.staff_no in still)
    ]
    for exemption in kept:
        exemption.pk, exemption.plan = None, plan
    Exemption.objects.bulk_create(kept, batch_size=500)


@transaction.atomic
def give_up(plan: Plan, state: Plan.State) -> None:
    """Say that a plan came to nothing."""
    Plan.objects.filter(pk=plan.pk, state=Plan.State.SOLVING).update(state=state)


@transaction.atomic
def publish(plan: Plan, *, by: Actor) -> Publication:
    """Give everybody in the plan their place and tell the units; all of it in one transaction.

    A plan that came from the published one replaces it: only those move whose place differs.
    """
    programme = Programme.objects.select_for_update().get(pk=plan.programme_id)
    plan.refresh_from_db()
    if plan.state not in (Plan.State.SOLVED, Plan.State.WITHDRAWN):
        raise NotReady(number=plan.number, state=plan.get_state_display())
    if must_adopt(plan):
        raise (NotAllowedYet if must_allow(plan) else NotAdopted)(number=plan.number)
    for hindrance in hindrances(plan, legs_of(programme)):
        raise hindrance
    other = plans_of(programme).filter(state=Plan.State.PUBLISHED).first()
    if other and not descends(plan, other):
        raise OtherPublished(number=other.number)
    seats = {place.person_id: place.leg for place in plan.places.filter(leg__isnull=False).select_related("leg") if place.leg}
    days = days_of(legs_of(programme))
    changed = len(concerned(other, plan, days)) if other else 0
    if other:
        _demand_begun(other, plan, legs_of(programme))
    if other:
        _replace(other, plan, seats, by=by)
    else:
        give_places(programme, list(seats.items()), source=plan.source, by=by)
    plan.state = Plan.State.PUBLISHED
    plan.save(update_fields=["state"])
    change_state(programme, Programme.State.PUBLISHED, by=by)
    account = by if isinstance(by, Account) else None
    publication = Publication.objects.create(
        plan=plan, at=clock.now(), by=account, by_name=by.get_username(), places=len(seats), replaces=other, changed=changed,
        days=days,
    )  # fmt: skip
    audit.record("publish", plan, by=by, after={"places": len(seats), "changed": changed}, unit_path=programme.unit.path)
    return publication


def _demand_begun(other: Plan, plan: Plan, legs: list[Leg]) -> None:
    """Whoever is on a term that has begun stays there, whenever the plan was made; by then it may be left or entered by hand."""
    asked = Asked.read(plan.asked)
    since = set(begun_by(clock.today(plan.programme.zone), legs, asked)).difference(asked.begun)
    moved = {ordinal for pair in differences(other, plan).values() for ordinal in pair if ordinal in since} if since else since
    if moved:
        raise BegunSince(number=plan.number, terms="、".join(leg.name for leg in legs if leg.ordinal in moved))


def must_adopt(plan: Plan) -> bool:
    """Whether the plan speaks of other rules or terms than the programme's, or of limits that nobody has allowed to give way."""
    return speaks_of_others(plan) or must_allow(plan)


def speaks_of_others(plan: Plan, changes: Sequence[Change] | None = None) -> bool:
    """Whether its rules or terms are not the programme's, be it that it was asked for so or that they were changed since. `changes`:
    the rules that differ, where they are known."""
    if asks(plan):
        return True
    return plan.state in (Plan.State.SOLVED, Plan.State.WITHDRAWN) and bool(rule_changes(plan) if changes is None else changes)


def must_allow(plan: Plan) -> bool:
    """Whether limits give way in the plan and nobody has said yet why they may."""
    return any(not each.get("reason") for each in plan.asked.get("looser", ()))


def descends(plan: Plan, other: Plan) -> bool:
    """Whether a plan came from the other one, by way of however many."""
    parents = dict(plans_of(plan.programme).values_list("pk", "parent"))
    here = plan.parent_id
    while here is not None and here != other.pk:
        here = parents.get(here)
    return here is not None


def _replace(other: Plan, plan: Plan, seats: dict[int, Leg], *, by: Actor) -> None:
    """Change the places that differ, end the older publication, take back the nominations of who fell away."""
    change_places(plan.programme, seats, source=plan.source, by=by)
    other.state = Plan.State.REPLACED
    other.save(update_fields=["state"])
    other.publications.filter(withdrawn=None).update(withdrawn=clock.now(), withdrawn_by=by.get_username())
    gone = plan.programme.nominations.filter(person__staff_no__in=plan.asked.get("gone", [])).select_related("person")
    withdraw_nominations(list(gone), by=by)


@transaction.atomic
def withdraw(plan: Plan, *, by: Actor) -> int:
    """Take a published plan back: nobody has a place any more, the plan itself is kept. Returns how many places."""
    programme = Programme.objects.select_for_update().get(pk=plan.programme_id)
    plan.refresh_from_db()
    if plan.state != Plan.State.PUBLISHED:
        raise NotPublished(number=plan.number)
    count = take_places_back(programme, source=plan.source, by=by)
    plan.state = Plan.State.WITHDRAWN
    plan.save(update_fields=["state"])
    change_state(programme, Programme.State.OPEN, by=by)
    plan.publications.filter(withdrawn=None).update(withdrawn=clock.now(), withdrawn_by=by.get_username())
    audit.record("withdraw", plan, by=by, before={"places": count}, unit_path=programme.unit.path)
    return count


@transaction.atomic
def drop_plan(plan: Plan, *, by: Actor) -> None:
    """Throw a plan away that was never published."""
    if plan.publications.exists() or plan.state == Plan.State.PUBLISHED:
        raise PlanInUse(number=plan.number)
    if plan.state == Plan.State.SOLVING and plan.job:
        jobs.ask_stop(plan.job)
    audit.record("drop_plan", plan, by=by, before={"cost": plan.cost}, unit_path=plan.programme.unit.path)
    plan.delete()
