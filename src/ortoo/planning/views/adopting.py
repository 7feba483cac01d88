"""What adopting a plan would change, as its pages say it before anybody does."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ortoo.planning.asked_form import DAYS, LIMITS
from ortoo.planning.domain.adoption import Change, rule_changes, term_changes
from ortoo.planning.domain.plan import must_allow, speaks_of_others
from ortoo.planning.domain.variant import changed_since
from ortoo.planning.forms import RulesForm
from ortoo.planning.models import Plan
from ortoo.planning.sentences import rule_value
from ortoo.programmes.queries import legs_of

FIELDS = dict((*DAYS, *LIMITS))


@dataclass(frozen=True)
class Said:
    """A change in words: what, from what the programme has now, to what; `before`: what it had, where others have changed it since."""

    what: str
    before: str
    now: str
    wanted: str


def adopting(plan: Plan) -> dict[str, Any]:
    """For the page: adopts · must_allow · must_adopt · changed_since · own, what the plan was asked to change · others, what others
    have changed since."""
    changes, allow = rule_changes(plan), must_allow(plan)
    adopts = speaks_of_others(plan, changes)
    return {
        "adopts": adopts,
        "must_allow": allow,
        "must_adopt": adopts or allow,
        "changed_since": changed_since(plan, changes),
        "own": [_rule(change) for change in changes if change.asked] + _terms(plan) if adopts else [],
        "others": [_rule(change) for change in changes if not change.asked] if adopts else [],
    }


def _rule(change: Change) -> Said:
    now, before, wanted = (_rule_value(change, value) for value in (change.now, change.before, change.wanted))
    return Said(str(RulesForm.base_fields[change.name].label), before if change.both else "", now, wanted)


def _rule_value(change: Change, value: Any) -> str:
    table = {} if value is None else {change.name: value}
    hard, cost = (table, {}) if change.where == "hard" else ({}, table)
    return rule_value(RulesForm.initial_of(hard, cost).get(change.name))


def _terms(plan: Plan) -> list[Said]:
    legs = legs_of(plan.programme)
    names = {str(leg.ordinal): leg.name for leg in legs}
    found = []
    for change in term_changes(plan, legs):
        now, before, wanted = (_field(value) for value in (change.now, change.before, change.wanted))
        what = f"{names[change.where]} · {FIELDS[change.name]}"
        found.append(Said(what, before if change.both else "", now, wanted))
    return found


def _field(value: Any) -> str:
    if value is None:
        return _("no limit")
    return value if isinstance(value, str) else f"{value:,}"
