"""What hinders a finished plan from being published: whom, which limits and which days it speaks of may have changed since it was made."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from ortoo.kernel.refused import Refused
from ortoo.planning.domain.asked import limits_of
from ortoo.planning.models import Plan
from ortoo.planning.queries import days_of, nominated_no_more, term_counts
from ortoo.programmes.models import Leg

NAMED = 6


class NominatedNoMore(Refused):
    sentence = _(
        "Plan %(number)s gives a place to %(count)s who are nominated no more: %(people)s. Plan anew, or take their places away in a copy."
    )


class OtherDays(Refused):
    sentence = _(
        "Plan %(number)s was made for other days of %(terms)s than the programme has now. Plan anew, or set the days back."
    )


class TermsHoldFewer(Refused):
    sentence = _(
        "%(terms)s holds fewer people or beds than when plan %(number)s was made, and the plan puts more there. Plan anew, or set the limit back."
    )


def hindrances(plan: Plan, legs: list[Leg]) -> list[Refused]:
    """Why a plan can't be told as it is; `legs` as they will be then."""
    found: list[Refused] = []
    if gone := nominated_no_more(plan):
        found.append(NominatedNoMore(number=plan.number, count=len(gone), people=named(gone)))
    if moved := _moved(plan, legs):
        found.append(OtherDays(number=plan.number, terms="、".join(moved)))
    if fewer := _fewer(plan, legs):
        found.append(TermsHoldFewer(number=plan.number, terms="、".join(fewer)))
    return found


def named(names: Iterable[str]) -> str:
    """The first few names, the others counted."""
    names = list(names)
    return "、".join([*names[:NAMED], *([f"+{len(names) - NAMED}"] if len(names) > NAMED else [])])


def _moved(plan: Plan, legs: list[Leg]) -> list[str]:
    own, now = plan.asked.get("days", {}), days_of(legs)
    return [leg.name for leg in legs if own.get(str(leg.ordinal), now[str(leg.ordinal)]) != now[str(leg.ordinal)]]


def _fewer(plan: Plan, legs: list[Leg]) -> list[str]:
    """Terms of which a limit is lower than it was, and lower than the plan needs. What was let through against a limit stays so."""
    own, now = plan.asked.get("limits", {}), limits_of(legs)
    found = []
    for term in term_counts(plan, legs):
        at = str(term.leg.ordinal)
        there = (term.people, term.women, term.men)
        lower = (
            most is not None and count > most and (was is None or most < was)
            for count, most, was in zip(there, now[at], own.get(at, now[at]), strict=True)
        )
        if any(lower):
            found.append(term.leg.name)
    return found
