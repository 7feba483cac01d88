"""What adopting a plan changes: what it was asked to change, against what it began from and what the programme has now."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ortoo.planning.domain.asked import Asked
from ortoo.planning.domain.rules import rules_of
from ortoo.planning.models import Plan
from ortoo.programmes.models import Leg

Tables = Mapping[str, Mapping[str, Any]]
TABLES = ("hard", "cost")


@dataclass(frozen=True)
class Change:
    """One thing that a plan has otherwise than the programme has it `now`. `where`: "hard", "cost" or a term's ordinal; `name`: the
    rule or the leg's field; `before`: what the plan that it began from was made by, of a term what the programme had then; None: not
    applied, no limit."""

    where: str
    name: str
    before: Any
    now: Any
    wanted: Any

    @property
    def asked(self) -> bool:
        """Whether the plan was asked for it; else the programme's has changed since."""
        return bool(self.wanted != self.before)

    @property
    def both(self) -> bool:
        """Whether the programme's has changed too."""
        return self.asked and bool(self.now != self.before)


def before_of(plan: Plan, asked: Asked, rules: Tables, legs: Sequence[Leg]) -> dict[str, Any]:
    """For a plan that begins from this one, the rules and the terms' fields (days as ISO text) against which it asks for others; what
    this one asked for and nobody has adopted is asked for still."""
    own = Asked.read(plan.asked)
    terms = {}
    for leg in legs:
        fields, still = asked.terms.get(str(leg.ordinal), {}), own.terms.get(str(leg.ordinal), {})
        known = plan.before.get("terms", {}).get(str(leg.ordinal), {})
        if fields:
            terms[str(leg.ordinal)] = {n: known[n] if n in still and n in known else _value(leg, n) for n in fields}
    if not asked.rules:
        return {"terms": terms} if terms else {}
    return {"rules": plan.before.get("rules", {}) if own.rules else plan.rules, "terms": terms}


def rule_changes(plan: Plan) -> list[Change]:
    """Every rule that the plan has otherwise than the programme; one query."""
    present = rules_of(plan.programme)
    now, wanted = {"hard": present.hard, "cost": present.cost}, plan.rules
    before = plan.before.get("rules") or (now if plan.asked.get("rules") else wanted)
    found = [
        Change(where, name, *(each.get(where, {}).get(name) for each in (before, now, wanted)))
        for where in TABLES
        for name in {**now[where], **wanted[where]}
    ]
    return [change for change in found if change.now != change.wanted]


def term_changes(plan: Plan, legs: Sequence[Leg]) -> list[Change]:
    """Every field of the programme's terms that the plan was asked to have otherwise; days as ISO text."""
    found = []
    for leg in legs:
        known = plan.before.get("terms", {}).get(str(leg.ordinal), {})
        for name, wanted in plan.asked.get("terms", {}).get(str(leg.ordinal), {}).items():
            now = _value(leg, name)
            found.append(Change(str(leg.ordinal), name, known.get(name, now), now, wanted))
    return [change for change in found if change.now != change.wanted]


def asks(plan: Plan) -> bool:
    """Whether it was asked for other rules or terms that nobody has adopted."""
    return bool(plan.asked.get("rules") or plan.asked.get("terms"))


def seen_of(changes: Sequence[Change]) -> str:
    """What a page that shows these changes sends along, so that nothing else is adopted."""
    return hashlib.sha256(repr([(each.where, each.name, each.now, each.wanted) for each in changes]).encode()).hexdigest()[:16]


def adopted_rules(plan: Plan) -> dict[str, dict[str, Any]]:
    """The programme's rules with what the plan was asked to change in them; where it was asked for nothing, the plan's."""
    present, changes = rules_of(plan.programme), rule_changes(plan)
    tables = {"hard": dict(present.hard), "cost": dict(present.cost)}
    for change in changes:
        if change.asked or not asks(plan):
            tables[change.where][change.name] = change.wanted
    return {where: {name: value for name, value in table.items() if value is not None} for where, table in tables.items()}


def _value(leg: Leg, name: str) -> Any:
    value = getattr(leg, name)
    return value.isoformat() if isinstance(value, date) else value
