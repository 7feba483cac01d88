"""Limits that give way in one plan: from a reason's loosening into a plan's keeping, and from there into its problem."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from ortoo.planning.adapters.rotation import LANGUAGES
from ortoo_solvers.rotation import Problem
from ortoo_solvers.rotation.collision import HardRule, find_collision, loosen
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.groups import gather_groups
from ortoo_solvers.rotation.sentences import Sentences

OF_PERSON = ("pin", "blocked")
DOWN = ("minimum", "class_at_least")


def proposed(explanation: Explanation, staff_no: str) -> tuple[HardRule, ...]:
    """What would have to give way for somebody who is left out; nothing where that is not what keeps them out."""
    if explanation.solution.assignment[staff_no] is not None:
        return ()
    mend = explanation.why(staff_no).mend
    return mend.steps if mend else ()


def mending(problem: Problem) -> tuple[HardRule, ...]:
    """What would have to give way for there to be a plan at all."""
    collision = find_collision(problem)
    return collision.loosening if collision else ()


def unpinned(pins: Mapping[str, int], rules: Sequence[HardRule]) -> tuple[dict[str, int], list[HardRule]]:
    """Of fixed people (staff number → ordinal) those who may stay fixed, and of the rules what else has to give way."""
    free = {rule.person: rule for rule in rules if rule.kind == "pin" and pins.get(rule.person or "") == int(rule.term)}
    return {key: at for key, at in pins.items() if key not in free}, [rule for rule in rules if rule not in free.values()]


def written(problem: Problem, rules: Iterable[HardRule]) -> list[dict[str, Any]]:
    """As a plan keeps them: {rule: the solver's, said: {language: sentence}}."""
    words = {language: Sentences(problem, language) for language in LANGUAGES}
    return [
        {
            "rule": {name: value for name, value in asdict(rule).items() if value not in (None, "")},
            "said": {language: told.step(rule) for language, told in words.items()},
        }
        for rule in rules
    ]


def carried_out(problem: Problem, kept: Sequence[Mapping[str, Any]]) -> tuple[Problem, list[dict[str, Any]]]:
    """The problem with its limits so loose, and what of it was still to be done, with its figures as they are now.

    A limit of a unit, which follows from how many it sends, gives way by as much as was allowed and no further than was allowed.
    One of a term gives way only as long as it is what it was: whoever has written another number since means that number.
    """
    done: list[dict[str, Any]] = []
    for each in kept:
        rule = _as_now(problem, HardRule(**each["rule"]))
        if rule is not None:
            done.append({**each, **written(problem, [rule])[0]})
            problem = loosen(problem, [rule])
    return problem, done


def _as_now(problem: Problem, rule: HardRule) -> HardRule | None:
    if rule.kind in OF_PERSON:
        person = next((person for person in problem.people if person.key == rule.person), None)
        held = person is not None and (rule.term in person.blocked if rule.kind == "blocked" else person.pin == rule.term)
        return rule if held else None
    now = _limit_of(problem, rule)
    if not now or rule.limit is None or rule.loosened is None:
        return None
    if rule.unit is None:
        return rule if now == rule.limit else None
    bound = max if rule.kind in DOWN else min
    to = bound(now + rule.loosened - rule.limit, rule.loosened)
    further = to < now if rule.kind in DOWN else to > now
    return replace(rule, limit=now, loosened=to) if further else None


def _limit_of(problem: Problem, rule: HardRule) -> int | None:
    """What the limit is now; None where there is none, or the term has begun or is gone."""
    terms = [term.key for term in problem.terms]
    group = next((group for group in gather_groups(problem)[0] if group.key == (rule.unit, rule.class_)), None)
    if group is None or rule.term not in terms or rule.term in problem.begun:
        return None
    return (group.low if rule.kind in DOWN else group.high)[terms.index(rule.term)]
