"""What adopting a plan would change, as its pages say it before anybody does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ortoo.planning.asked_form import DAYS, LIMITS
from ortoo.planning.domain.adoption import Change, asks, rule_changes, seen_of, term_changes
from ortoo.planning.domain.plan import must_allow, speaks_of_others
from ortoo.planning.domain.variant import changed_since
from ortoo.planning.forms import RulesForm
from ortoo.planning.models import Plan
from ortoo.planning.sentences import rule_value
from ortoo.programmes.models import Leg
from ortoo.programmes.queries import legs_of
from ortoo.ui import dates

FIELDS = dict((*DAYS, *LIMITS))


@dataclass(frozen=True)
class Said:
    """A change in words: what, from what the programme has now, to what; `before`: what it had, where that has changed since."""

    what: str
    before: str
    now: str
    wanted: str


def adopting(plan: Plan) -> dict[str, Any]:
    """For the page: adopts · must_allow · must_adopt · changed_since · asked_for, whether the plan was asked for anything · own, what it was
    asked to change and the programme has otherwise · others, what has changed since · seen, which the forms send along."""
    changes, allow, legs = rule_changes(plan), must_allow(plan), legs_of(plan.programme)
    terms, adopts = term_changes(plan, legs), speaks_of_others(plan, changes)
    return {
        "adopts": adopts,
        "must_allow": allow,
        "must_adopt": adopts or allow,
        "changed_since": changed_since(plan, changes),
        "asked_for": asks(plan),
        "own": [_rule(change) for change in changes if change.asked] + _terms(terms, legs) if adopts else [],
        "others": [_rule(change) for change in changes if not change.asked] if adopts else [],
        "seen": seen_of([*changes, *terms]),
    }


def _rule(change: Change) -> Said:
    now, before, wanted = (_rule_value(change, value) for value in (change.now, change.before, change.wanted))
    return Said(str(RulesForm.base_fields[change.name].label), before if change.both else "", now, wanted)


def _rule_value(change: Change, value: Any) -> str:
    table = {} if value is None else {change.name: value}
    hard, cost = (table, {}) if change.where == "hard" else ({}, table)
    return rule_value(RulesForm.initial_of(hard, cost).get(change.name))


def _terms(changes: Sequence[Change], legs: Sequence[Leg]) -> list[Said]:
    names = {str(leg.ordinal): leg.name for leg in legs}
    found = []
    for change in changes:
        now, before, wanted = (_field(value) for value in (change.now, change.before, change.wanted))
        what = f"{names[change.where]} · {FIELDS[change.name]}"
        found.append(Said(what, before if change.both else "", now, wanted))
    return found


def _field(value: Any) -> str:
    if value is None:
        return _("no limit")
    return dates.day(date.fromisoformat(value)) if isinstance(value, str) else f"{value:,}"
