"""Plans that begin from another one: what if, and once more after publication."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.planning.domain.adoption import Change, adopted_rules, asks, before_of, rule_changes, seen_of, term_changes
from ortoo.planning.domain.asked import Asked, asked_legs, begun_by
from ortoo.planning.domain.looser import allowed
from ortoo.planning.domain.plan import begin, descends, must_adopt, publish, speaks_of_others
from ortoo.planning.domain.rules import change_rules
from ortoo.planning.models import Plan, Publication
from ortoo.planning.queries import plans_of
from ortoo.programmes.domain.leg import LegDraft, set_legs
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import legs_of

FINISHED = (Plan.State.SOLVED, Plan.State.PUBLISHED, Plan.State.WITHDRAWN, Plan.State.REPLACED)


class NotFinished(Refused):
    sentence = _("Plan %(number)s has no places yet; there is nothing to begin from.")


class NothingPublished(Refused):
    sentence = _("Plan %(number)s is not the published one. Only a published plan is planned again with least change.")


class NothingToAdopt(Refused):
    sentence = _("Plan %(number)s was made by the programme's own rules and terms.")


class ChangedSince(Refused):
    sentence = _(
        "The programme has other rules by now than those plan %(number)s was made by. Adopt it first, after which everybody sees its days; then plan anew, or publish it with its own rules."
    )


class SeenOtherwise(Refused):
    sentence = _("What adopting plan %(number)s changes is no longer what the page showed. Nothing was adopted; look again.")


class UnknownPeople(Refused):
    sentence = _("Nobody in plan %(number)s has the staff number %(staff_no)s.")
    status = 400


def what_if(plan: Plan, asked: Asked, rules: dict[str, Any], *, by: Actor) -> Plan:
    """Find the best plan under other rules, terms or pins, near the places of this one; nothing else changes."""
    _demand_people(plan, [*asked.pins])
    asked = replace(asked, near="cost", begun=begun_for(plan, asked), rules=rules != plan.rules or Asked.read(plan.asked).rules)
    return begin_from(plan, asked, rules, Plan.Origin.WHAT_IF, by=by)


def plan_again(plan: Plan, asked: Asked, *, by: Actor) -> Plan:
    """After publication: change as few published places as possible, then as cheap as possible."""
    if plan.state != Plan.State.PUBLISHED:
        raise NothingPublished(number=plan.number)
    _demand_people(plan, [*asked.gone, *asked.pins])
    pins = {staff_no: ordinal for staff_no, ordinal in asked.pins.items() if staff_no not in asked.gone}
    asked = replace(asked, near="fewest", begun=begun_for(plan, asked), pins=pins)
    return begin_from(plan, asked, plan.rules, Plan.Origin.AGAIN, by=by)


@transaction.atomic
def adopt(plan: Plan, *, by: Actor, reason: str = "", seen: str | None = None) -> None:
    """Make the rules and terms that the plan was asked to change the programme's; what has changed since stays. Of a plan that
    was asked for nothing its rules as they are. `reason`: why limits may give way in it, which they do by the name of whoever adopts it
    and in this plan alone. `seen`: see `adoption.seen_of`."""
    programme = Programme.objects.select_for_update().get(pk=plan.programme_id)
    plan = plans_of(programme).select_for_update(of=("self",)).get(pk=plan.pk)
    asked = Asked.read(plan.asked)
    if plan.state not in FINISHED:
        raise NotFinished(number=plan.number)
    if not must_adopt(plan):
        raise NothingToAdopt(number=plan.number)
    if seen is not None and seen != seen_of([*rule_changes(plan), *term_changes(plan, legs_of(programme))]):
        raise SeenOtherwise(number=plan.number)
    looser = allowed(asked.looser or (), reason, by=by)
    if asked.rules or (speaks_of_others(plan) and not asked.terms):
        change_rules(programme, **adopted_rules(plan), by=by)
    if asked.terms:
        legs = asked_legs(legs_of(programme), asked)
        names = ("name", "starts", "ends", "base_id", "capacity", "women_beds", "men_beds")
        set_legs(programme, [LegDraft(*(getattr(leg, name) for name in names)) for leg in legs], by=by)
    plan.asked, plan.before = replace(asked, terms={}, rules=False, looser=looser).write(), {}
    plan.save(update_fields=["asked", "before"])
    after = {"terms": asked.terms, "rules": asked.rules, "looser": looser}
    audit.record("adopt_plan", plan, by=by, after=after, unit_path=programme.unit.path)


@transaction.atomic
def adopt_and_publish(plan: Plan, *, by: Actor, reason: str = "", seen: str | None = None) -> Publication:
    """Both at once, so that nobody sees the new days of a term before they are told; not where rules have changed since."""
    if hindrance := changed_since(plan):
        raise hindrance
    adopt(plan, by=by, reason=reason, seen=seen)
    return publish(plan, by=by)


def changed_since(plan: Plan, changes: Sequence[Change] | None = None) -> Refused | None:
    """Of a plan that was asked for other rules or terms, that it does not keep to rules that have changed since. `changes`:
    the rules that differ, where they are known."""
    changes = rule_changes(plan) if changes is None else changes
    return ChangedSince(number=plan.number) if asks(plan) and any(not each.asked for each in changes) else None


def begun_for(plan: Plan, asked: Asked) -> tuple[int, ...]:
    """Ordinals of the terms that stay as they are in what comes from a plan: by now begun, where it could replace the published
    plan; else those that had begun for this plan."""
    published = plans_of(plan.programme).filter(state=Plan.State.PUBLISHED).first()
    if published and (published == plan or descends(plan, published)):
        return begun_by(clock.today(plan.programme.zone), legs_of(plan.programme), asked)
    return tuple(Asked.read(plan.asked).begun)


def begin_from(plan: Plan, asked: Asked, rules: dict[str, Any], origin: Plan.Origin, *, by: Actor) -> Plan:
    """A plan that begins from a finished one; unless it is said what gives way, what does so there."""
    if plan.state not in FINISHED:
        raise NotFinished(number=plan.number)
    asked = asked if asked.looser is not None else replace(asked, looser=Asked.read(plan.asked).looser)
    before = before_of(plan, asked, rules, legs_of(plan.programme))
    fields = {"seed": plan.seed, "seconds_allowed": plan.seconds_allowed, "parent": plan, "origin": origin, "before": before}
    return begin(plan.programme, rules, by=by, asked=asked.write(), **fields)


def _demand_people(plan: Plan, staff_nos: list[str]) -> None:
    known = set(plan.places.filter(person__staff_no__in=staff_nos).values_list("person__staff_no", flat=True))
    for staff_no in staff_nos:
        if staff_no not in known:
            raise UnknownPeople(number=plan.number, staff_no=staff_no)
