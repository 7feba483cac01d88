"""What people lack, module by module, as prices of a rotation: spread over the terms, or gathered where it is mainly taught."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ortoo_solvers.rotation.problem import Shares

MOST_MODULES = 30  # Evened out: those that most people lack.


def class_of(module: str) -> str:
    """The class of the people who lack it."""
    return f"need:{module}"


def dearer(lacks: Iterable[str], cost: Mapping[str, Any], terms: int) -> tuple[tuple[str, int], ...]:
    """(term, price): ``cost["needs_elsewhere"]`` for each module lacked that is mainly taught on other terms; ``cost["focus"]`` says
    on which. A price a term and person is linear, so a plan that gathers needs is still a flow."""
    price, focus = cost.get("needs_elsewhere", 0), cost.get("focus", {})
    main = [focus[module] for module in dict.fromkeys(lacks) if module in focus]
    missed = {number: sum(number not in numbers for numbers in main) for number in range(1, terms + 1)}
    return tuple((str(number), price * count) for number, count in missed.items() if price * count)


def evened_out(people: Iterable[Iterable[str]], cost: Mapping[str, Any]) -> list[str]:
    """The modules that are spread over the terms: those that most people lack, none without a price."""
    if not cost.get("needs_uneven"):
        return []
    lacking = Counter(module for lacks in people for module in sorted(set(lacks)))
    return [module for module, _ in sorted(lacking.items(), key=lambda item: (-item[1], item[0]))[:MOST_MODULES]]


def shares(modules: Iterable[str], cost: Mapping[str, Any]) -> tuple[Shares, ...]:
    """Each person above or below an even share of those who lack a module costs ``cost["needs_uneven"]``. Who lacks what crosses the
    tree of units, so such a plan may end in the program."""
    return tuple(Shares(None, cost["needs_uneven"], class_=class_of(module)) for module in modules)
