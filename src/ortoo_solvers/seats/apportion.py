"""Seats divided by Sainte-Laguë, class after class, with floors and ceilings, every step kept.

The method of odd divisors (Sainte-Laguë 1910; Balinski and Young, Fair Representation, 1982): the next seat goes to the highest
asked / (2 s + 1), s being the seats it has. Whole-number arithmetic throughout.
"""

import heapq
from collections.abc import Sequence
from fractions import Fraction

from ortoo_solvers.seats.problem import ClassShare, Delegation, Problem, Round, Share


class FloorsCollide(Exception):
    """The floors together are more than the seats."""

    def __init__(self, floors: int, seats: int) -> None:
        super().__init__(f"the floors add up to {floors} seats, there are {seats}")
        self.floors, self.seats = floors, seats


def apportion(problem: Problem) -> tuple[tuple[Share, ...], tuple[ClassShare, ...]]:
    """Shares in the order given, and each class's arithmetic from the first served to the last. Raises FloorsCollide.

    Floors come first for everybody; then a class takes what it may have before the next one gets more than its floors.
    """
    reserved = sum(delegation.least for delegation in problem.delegations)
    if reserved > problem.seats:
        raise FloorsCollide(reserved, problem.seats)
    left = problem.seats
    given: dict[str, int] = {}
    classes = []
    for priority in sorted({delegation.priority for delegation in problem.delegations}):
        group = [delegation for delegation in problem.delegations if delegation.priority == priority]
        reserved -= sum(delegation.least for delegation in group)
        share, seats = _divide(priority, group, left - reserved)
        classes.append(share)
        given |= seats
        left -= share.given
    rules = {share.priority: share.rule for share in classes}
    return tuple(_share(delegation, given[delegation.key], rules) for delegation in problem.delegations), tuple(classes)


def _share(delegation: Delegation, seats: int, rules: dict[int, str]) -> Share:
    rule = "full" if seats == delegation.most else rules[delegation.priority]
    return Share(delegation.key, delegation.asked, delegation.priority, delegation.least, delegation.most, seats, rule)


def _divide(priority: int, group: Sequence[Delegation], available: int) -> tuple[ClassShare, dict[str, int]]:
    floors, wanted = sum(each.least for each in group), sum(each.most for each in group)
    seats = {each.key: each.least for each in group}
    rounds: list[Round] = []
    queue = [_turn(each, place, each.least) for place, each in enumerate(group) if each.least < each.most]
    heapq.heapify(queue)
    for _seat in range(min(available, wanted) - floors):
        place = heapq.heappop(queue)[2]
        each = group[place]
        rounds.append(Round(each.key, each.asked, 2 * seats[each.key] + 1))
        seats[each.key] += 1
        if seats[each.key] < each.most:
            heapq.heappush(queue, _turn(each, place, seats[each.key]))
    rule = "full" if available >= wanted else "divided" if rounds else "floor"
    above, up_to = _divisors(rounds, queue) if rule == "divided" else ((), ())
    asked = sum(each.asked for each in group)
    share = ClassShare(priority, asked, wanted, floors, available, sum(seats.values()), rule, above, up_to, tuple(rounds))
    return share, seats


def _turn(each: Delegation, place: int, seats: int) -> tuple[Fraction, int, int]:
    """Sorted before others: the higher quotient, then the larger delegation, then the one listed first."""
    return -Fraction(each.asked, 2 * seats + 1), -each.asked, place


def _divisors(rounds: Sequence[Round], queue: Sequence[tuple[Fraction, int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """asked / D rounds to s exactly for 2 asked / (2 s + 1) < D <= 2 asked / (2 s - 1)."""
    lost, won = -2 * min(queue)[0], 2 * min(Fraction(each.asked, each.divisor) for each in rounds)
    return (lost.numerator, lost.denominator), (won.numerator, won.denominator)
