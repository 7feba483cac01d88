"""Limits that give way in one plan: from a reason's loosening into a plan's keeping, and from there into its problem."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from ortoo.planning.adapters.rotation import LANGUAGES
from ortoo_solvers.rotation import Problem
from ortoo_solvers.rotation.collision import HardRule, find_collision, loosen
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.groups import Group, GroupKey, gather_groups
from ortoo_solvers.rotation.sentences import Sentences

OF_PERSON = ("pin", "blocked")
DOWN = ("minimum", "class_at_least")
# Of these a 0 is no limit that could give way: a term that is cancelled, no minimum.
NOT_FROM_NOTHING = ("capacity", *DOWN)


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


def added(problem: Problem, kept: Sequence[Mapping[str, Any]], rules: Iterable[HardRule]) -> list[dict[str, Any]]:
    """What a plan keeps, and these rules more: {rule: the solver's, said: {language: sentence}}. A limit that is to give way further
    stands there once, from what it was at first, and has to be allowed anew."""
    words = {language: Sentences(problem, language) for language in LANGUAGES}
    known = {_of(HardRule(**each["rule"])): dict(each) for each in kept}
    for rule in rules:
        whole = _further(known.pop(_of(rule), None), rule)
        known[_of(rule)] = {
            "rule": {name: value for name, value in asdict(whole).items() if value not in (None, "")},
            "said": {language: told.step(whole) for language, told in words.items()},
        }
    return list(known.values())


def carried_out(
    problem: Problem, kept: Sequence[Mapping[str, Any]], *, shares: bool = False
) -> tuple[Problem, list[dict[str, Any]]]:
    """The problem with its limits so loose, and what was kept, each with `idle` where there is nothing of it to be done.

    A limit gives way as long as it is what it was: whoever has written another number since means that number. Where `shares` limit
    counties, theirs follows from how many they send and gives way by as much as was allowed, but no further than was allowed.
    """
    done: list[dict[str, Any]] = []
    groups = {group.key: group for group in gather_groups(problem)[0]} if kept else {}
    eased = problem
    for each in kept:
        rule = _as_now(problem, groups, HardRule(**each["rule"]), shares)
        done.append({name: value for name, value in each.items() if name != "idle"} | ({} if rule else {"idle": True}))
        eased = loosen(eased, [rule]) if rule else eased
    return eased, done


def _further(before: Mapping[str, Any] | None, rule: HardRule) -> HardRule:
    """Both together, where a limit gives way already."""
    if before is None or before.get("idle") or rule.limit is None or rule.loosened is None:
        return rule
    first = HardRule(**before["rule"])
    return replace(rule, limit=first.limit, loosened=(first.loosened or 0) + rule.loosened - rule.limit)


def _of(rule: HardRule) -> tuple[str, str, str | None, str | None, str | None]:
    return rule.kind, rule.term, rule.person, rule.unit, rule.class_


def _as_now(problem: Problem, groups: Mapping[GroupKey, Group], rule: HardRule, shares: bool) -> HardRule | None:
    if rule.term in problem.begun:
        return None
    if rule.kind in OF_PERSON:
        person = next((person for person in problem.people if person.key == rule.person), None)
        held = person is not None and (rule.term in person.blocked if rule.kind == "blocked" else person.pin == rule.term)
        return rule if held else None
    now = _limit_of(problem, groups, rule)
    if now is None or rule.limit is None or rule.loosened is None or (not now and rule.kind in NOT_FROM_NOTHING):
        return None
    if not (shares and rule.kind == "cover" and (rule.unit or "").startswith("county:")):
        return rule if now == rule.limit else None
    to = min(now + rule.loosened - rule.limit, rule.loosened)
    return replace(rule, limit=now, loosened=to) if to > now else None


def _limit_of(problem: Problem, groups: Mapping[GroupKey, Group], rule: HardRule) -> int | None:
    """What the limit is now; None where none binds, or the term is gone."""
    terms = [term.key for term in problem.terms]
    group = groups.get((rule.unit, rule.class_))
    if group is None or rule.term not in terms:
        return None
    place = terms.index(rule.term)
    return group.low[place] if rule.kind in DOWN else group.high[place] if group.high[place] < group.size else None
