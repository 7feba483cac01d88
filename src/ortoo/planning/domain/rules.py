"""What happens to a programme's rules."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Unit
from ortoo.planning.models import Rules
from ortoo.planning.rulesfile import COST, HARD, OF_LEGS, RulesFile, check
from ortoo.programmes.domain.leg import LegDraft, set_legs
from ortoo.programmes.models import Programme

START: dict[str, dict[str, Any]] = {"hard": {"county_away_share": 0.3, "station_away": 1, "sole_charge_per_county": 1, "blocked": "overlap"},
         "cost": {"left_out": 1000, "preference_missed": 10, "uneven": 3}}  # fmt: skip
KEPT = 20


class NoEarlierRules(Refused):
    sentence = _("There is no earlier version of these rules.")


class UnknownBase(Refused):
    sentence = _("The rules name the base %(base)s; there is no such unit.")


def rules_of(programme: Programme) -> Rules:
    """The programme's rules; those that most rotations start from when nobody has written any."""
    found = Rules.objects.filter(programme=programme).first()
    return found or Rules(programme=programme, hard=dict(START["hard"]), cost=dict(START["cost"]), version=0)


@transaction.atomic
def change_rules(programme: Programme, hard: dict[str, Any], cost: dict[str, Any], *, by: Actor) -> Rules:
    """Make these the rules; the ones before are kept for an undo. The same rules again change nothing."""
    names = tuple(name for name in HARD if name not in OF_LEGS)
    hard, cost = check(hard, names, "hard"), check(cost, COST, "cost")
    Programme.objects.select_for_update().get(pk=programme.pk)  # Whoever adopts a plan reads the rules and then writes them.
    rules = Rules.objects.filter(programme=programme).first() or Rules(programme=programme, version=0)
    if rules.pk and (rules.hard, rules.cost) == (hard, cost):
        return rules
    before = {"hard": rules.hard, "cost": rules.cost}
    if rules.pk:
        entry = {"version": rules.version, **before, "at": clock.now().isoformat(), "by": by.get_username()}
        rules.earlier = [*rules.earlier, entry][-KEPT:]
    rules.hard, rules.cost, rules.version = hard, cost, rules.version + 1
    rules.save()
    audit.record("change_rules", rules, by=by, before=before, after={"hard": hard, "cost": cost}, unit_path=programme.unit.path)
    return rules


@transaction.atomic
def undo_rules(programme: Programme, *, by: Actor) -> Rules:
    """Go back to the rules before the last change."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    rules = rules_of(programme)
    if not rules.earlier:
        raise NoEarlierRules
    last = rules.earlier[-1]
    return change_rules(programme, last["hard"], last["cost"], by=by)


@transaction.atomic
def take_rules(programme: Programme, file: RulesFile, *, by: Actor) -> Rules:
    """Take a whole rules file: base, terms with their capacity and beds, and the rules."""
    base = Unit.objects.filter(code=file.base).first() if file.base else None
    if file.base and base is None:
        raise UnknownBase(base=file.base)
    if base and programme.base_id != base.pk:
        programme.base = base
        programme.save(update_fields=["base"])
    limits = {name: file.hard.get(name) for name in OF_LEGS}
    drafts = [LegDraft(t.name, t.starts, t.ends, base.pk if base else None, **limits) for t in file.terms]
    set_legs(programme, drafts, by=by)
    hard = {name: value for name, value in file.hard.items() if name not in OF_LEGS}
    return change_rules(programme, hard, file.cost, by=by)
