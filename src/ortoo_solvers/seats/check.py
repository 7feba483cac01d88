"""What a problem of seats must look like before anybody counts."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortoo_solvers.seats.problem import Delegation, Problem

SIGNS = frozenset("owx| ")
MOST_SEATS = 100_000


class Misfit(ValueError):
    """Keys that are double, numbers out of range, or a plan with unknown signs; the message says where."""


def check_problem(problem: "Problem") -> None:
    """Raises Misfit."""
    seen: set[str] = set()
    for delegation in problem.delegations:
        if delegation.key in seen:
            raise Misfit(f"delegations: {delegation.key!r} stands twice")
        seen.add(delegation.key)
        _check_delegation(delegation)
    for number, line in enumerate(problem.hall, 1):
        if odd := set(line) - SIGNS:
            raise Misfit(f"hall, line {number}: unknown sign {min(odd)!r}; known are {' '.join(sorted(SIGNS - {' '}))} and space")
    if problem.capacity is None and not problem.hall:
        raise Misfit("capacity: neither a capacity nor a plan of the hall is given")
    if problem.capacity is not None and not 0 <= problem.capacity <= MOST_SEATS:
        raise Misfit(f"capacity: {problem.capacity}, must be from 0 to {MOST_SEATS}")
    _check_places(problem)


def _check_delegation(delegation: "Delegation") -> None:
    where = f"delegation {delegation.key!r}"
    for name in ("asked", "floor", "wheelchairs", "companions", "priority"):
        if not 0 <= getattr(delegation, name) <= MOST_SEATS:
            raise Misfit(f"{where}: {name} is {getattr(delegation, name)}, must be from 0 to {MOST_SEATS}")
    if delegation.ceiling is not None and delegation.ceiling < 0:
        raise Misfit(f"{where}: ceiling is {delegation.ceiling}, must be 0 or more")
    if delegation.companions > delegation.wheelchairs:
        raise Misfit(f"{where}: {delegation.companions} companions for {delegation.wheelchairs} wheelchairs")
    if delegation.least > delegation.most:
        raise Misfit(f"{where}: floor {delegation.least} is above {delegation.most}, the most it may have")


def _check_places(problem: "Problem") -> None:
    if not problem.hall:
        return
    places = "".join(problem.hall)
    needed = sum(delegation.wheelchairs for delegation in problem.delegations)
    if needed > places.count("w"):
        raise Misfit(f"hall: {needed} wheelchair places are needed, the plan has {places.count('w')}")
    if problem.seats > places.count("o") + needed:
        raise Misfit(
            f"capacity: {problem.capacity}, but the plan has {places.count('o')} seats and {needed} wheelchair places in use"
        )
