"""What happens to plans: begun, found, published, withdrawn."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock, jobs
from ortoo.kernel.actor import Actor
from ortoo.kernel.ids import new_key
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.place import give_places, take_places_back
from ortoo.people.models import Account
from ortoo.planning.adapters.rotation import Outcome
from ortoo.planning.domain.rules import rules_of
from ortoo.planning.models import Basis, Plan, PlanPlace, Publication
from ortoo.planning.queries import plans_of
from ortoo.programmes.domain.programme import change_state
from ortoo.programmes.models import Programme

SOLVE = "planning.solve"


class NothingToPlan(Refused):
    sentence = _("%(programme)s has no %(what)s yet.")


class StillPlanning(Refused):
    sentence = _("Plan %(number)s is still being made. Stop it first.")


class NotReady(Refused):
    sentence = _("Plan %(number)s is %(state)s and can't be published.")


class OtherPublished(Refused):
    sentence = _("Plan %(number)s is published. Withdraw it first.")


class NotPublished(Refused):
    sentence = _("Plan %(number)s is not published.")


class PlanInUse(Refused):
    sentence = _("Plan %(number)s is or was published; it is part of the record and stays.")


@transaction.atomic
def start_plan(programme: Programme, *, by: Actor, seed: int = 0, seconds: int = 60) -> Plan:
    """Begin a new plan by the present rules; the worker finds it."""
    if not programme.legs.exists():
        raise NothingToPlan(programme=programme.title, what=_("terms"))
    if not programme.nominations.exists():
        raise NothingToPlan(programme=programme.title, what=_("nominations"))
    Programme.objects.select_for_update().get(pk=programme.pk)
    if busy := plans_of(programme).filter(state=Plan.State.SOLVING).first():
        raise StillPlanning(number=busy.number)
    number = (plans_of(programme).aggregate(last=Max("number"))["last"] or 0) + 1
    rules = rules_of(programme)
    plan = Plan.objects.create(
        programme=programme, number=number, seed=seed, seconds_allowed=seconds, rules={"hard": rules.hard, "cost": rules.cost},
        created=clock.now(), by_name=by.get_username(),
    )  # fmt: skip
    plan.job = jobs.start(SOLVE, by=by, plan=plan.pk)
    plan.save(update_fields=["job"])
    audit.record("start_plan", plan, by=by, after={"seed": seed, "rules": plan.rules}, unit_path=programme.unit.path)
    return plan


@transaction.atomic
def keep_outcome(plan: Plan, outcome: Outcome, places: list[PlanPlace], counts: dict[str, Any], basis: bytes) -> None:
    """Write what planning found and from what, all of it or nothing; a plan that no longer waits for it is left as it is."""
    if not Plan.objects.select_for_update().filter(pk=plan.pk, state=Plan.State.SOLVING).exists():
        return
    plan.state = Plan.State.SOLVED if outcome.places else Plan.State.INFEASIBLE if outcome.collision else Plan.State.STOPPED
    plan.cost, plan.bound, plan.optimal = outcome.cost, outcome.bound, outcome.optimal
    plan.engine, plan.seconds, plan.counts, plan.collision = outcome.engine, outcome.seconds, counts, outcome.collision
    plan.stamp = new_key()
    Basis.objects.create(plan=plan, problem=basis)
    PlanPlace.objects.bulk_create(places, batch_size=500)
    plan.save()


@transaction.atomic
def give_up(plan: Plan, state: Plan.State) -> None:
    """Say that a plan came to nothing."""
    Plan.objects.filter(pk=plan.pk, state=Plan.State.SOLVING).update(state=state)


@transaction.atomic
def publish(plan: Plan, *, by: Actor) -> Publication:
    """Give everybody in the plan their place and tell the units; all of it in one transaction."""
    programme = Programme.objects.select_for_update().get(pk=plan.programme_id)
    plan.refresh_from_db()
    if plan.state not in (Plan.State.SOLVED, Plan.State.WITHDRAWN):
        raise NotReady(number=plan.number, state=plan.get_state_display())
    if other := plans_of(programme).filter(state=Plan.State.PUBLISHED).first():
        raise OtherPublished(number=other.number)
    seats = [(place.person_id, place.leg) for place in plan.places.filter(leg__isnull=False).select_related("leg") if place.leg]
    count = give_places(programme, seats, source=plan.source, by=by)
    plan.state = Plan.State.PUBLISHED
    plan.save(update_fields=["state"])
    change_state(programme, Programme.State.PUBLISHED, by=by)
    account = by if isinstance(by, Account) else None
    publication = Publication.objects.create(plan=plan, at=clock.now(), by=account, by_name=by.get_username(), places=count)
    audit.record("publish", plan, by=by, after={"places": count}, unit_path=programme.unit.path)
    return publication


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
