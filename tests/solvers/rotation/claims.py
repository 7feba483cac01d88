"""What an English sentence on a plan's price claims, read back, and whether it is true."""

import re
from collections.abc import Callable

# Of the best plan as against this one: how many more published places change, and what it costs more.
Truth = tuple[int, int]

_COST: dict[str, Callable[[int, int], bool]] = {
    r"at least (\d+) more": lambda cost, figure: cost >= figure,
    r"at most (\d+) less": lambda cost, figure: cost >= -figure,
    r"(\d+) more": lambda cost, figure: cost == figure,
    r"(\d+) less": lambda cost, figure: cost == -figure,
    r"the same or more": lambda cost, _: cost >= 0,
    r"the same": lambda cost, _: cost == 0,
}


def holds(claim: str, truth: Truth) -> bool:
    """Where changes come before the cost. A sentence that is not known is no claim: ValueError."""
    changes, cost = truth
    if found := re.fullmatch(r"with no more published places changed, (.*)", claim):
        return changes > 0 or _costs(found[1], cost)
    if found := re.fullmatch(r"at least (\d+) more published places change", claim):
        return changes >= int(found[1])
    if found := re.fullmatch(r"at most (\d+) fewer published places change", claim):
        return changes >= -int(found[1])
    if found := re.fullmatch(r"(.*), (\d+) (more|fewer) published places change", claim):
        return changes == int(found[2]) * (1 if found[3] == "more" else -1) and _costs(found[1], cost)
    return (changes == 0 or "at least" in claim or "or more" in claim or "at most" in claim) and _costs(claim, cost)


def _costs(claim: str, cost: int) -> bool:
    for template, true in _COST.items():
        if found := re.fullmatch(f"the plan costs {template}", claim):
            return true(cost, int(found[1]) if found.groups() else 0)
    raise ValueError(claim)
