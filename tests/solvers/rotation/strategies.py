"""Tiny rotations with every kind of rule, small enough to try all plans."""

from typing import TypeVar

from hypothesis import strategies as st

from ortoo_solvers.rotation import ClassLimit, Cover, Person, Problem, Shares, Term, Together, Unit

TREE = (
    Unit("region"),
    Unit("north", parent="region"),
    Unit("south", parent="region"),
    Unit("n1", parent="north"),
    Unit("n2", parent="north"),
)
UNITS = tuple(unit.key for unit in TREE)
CLASSES = ("woman", "chief")
TERMS = ("1", "2", "3")
T = TypeVar("T")
_some_unit = st.sampled_from(UNITS)


def problems(*, nested: bool = False, minimums: bool = True, changes: bool = True) -> st.SearchStrategy[Problem]:
    """``nested``: only rules on units; ``minimums``: and pins, so that there may be no plan at all."""
    return st.integers(0, 3).flatmap(lambda terms: _problems(TERMS[:terms], nested, minimums, changes))


def _problems(keys: tuple[str, ...], nested: bool, minimums: bool, changes: bool) -> st.SearchStrategy[Problem]:
    several = 0 if nested else 2
    low = st.sampled_from((0, 0, 0, 1, 2)) if minimums else st.just(0)
    capacity, begun = st.none() | st.integers(0, 4), st.sampled_from((False, False, False, False, True))
    class_ = st.none() if nested else st.none() | st.sampled_from(CLASSES)
    return st.builds(
        Problem,
        people=st.lists(_people(keys, minimums, changes), max_size=5, unique_by=lambda p: p.key).map(tuple),
        terms=st.tuples(*(st.builds(Term, st.just(key), capacity=capacity, minimum=low, begun=begun) for key in keys)),
        units=st.just(TREE),
        covers=_tuples(st.builds(Cover, _some_unit, st.integers(0, 2), _some(keys)), 3),
        class_limits=_tuples(_limits(keys, low), several),
        shares=_tuples(_shares(class_), 2),
        together=_tuples(st.builds(Together, st.none() | _some_unit, st.integers(0, 9), class_), several),
        left_out=st.sampled_from((0, 5, 100)),
        fewest_changes=st.booleans() if changes else st.just(False),
    )


def _tuples(items: st.SearchStrategy[T], most: int) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(items, max_size=most).map(tuple)


def _some(keys: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...] | None]:
    if not keys:
        return st.none()
    return st.none() | st.lists(st.sampled_from(keys), max_size=2, unique=True).map(tuple)


def _limits(keys: tuple[str, ...], low: st.SearchStrategy[int]) -> st.SearchStrategy[ClassLimit]:
    return st.builds(
        ClassLimit,
        class_=st.sampled_from(CLASSES),
        unit=st.none() | _some_unit,
        terms=_some(keys),
        at_least=low,
        at_most=st.none() | st.integers(0, 3),
    )


def _shares(class_: st.SearchStrategy[str | None]) -> st.SearchStrategy[Shares]:
    low, high = st.none() | st.integers(0, 2), st.none() | st.just(2)
    return st.builds(Shares, st.none() | _some_unit, st.integers(0, 9), low, high, class_)


def _people(keys: tuple[str, ...], pins: bool, changes: bool) -> st.SearchStrategy[Person]:
    term = st.none() | st.sampled_from(keys) if keys else st.none()
    return st.builds(
        Person,
        key=st.sampled_from("abcdefgh"),
        unit=st.none() | _some_unit,
        classes=st.frozensets(st.sampled_from(CLASSES)),
        blocked=st.frozensets(st.sampled_from(keys), max_size=2) if keys else st.just(frozenset()),
        prefers=term,
        preference_price=st.sampled_from((0, 3, 10)),
        pin=st.one_of(st.none(), st.none(), st.none(), term) if pins else st.none(),
        published=term if changes else st.none(),
        change_price=st.sampled_from((0, 4)),
        left_out=st.none() | st.just(7),
        dearer=_dearer(keys),
    )


def _dearer(keys: tuple[str, ...]) -> st.SearchStrategy[tuple[tuple[str, int], ...]]:
    if not keys:
        return st.just(())
    return st.dictionaries(st.sampled_from(keys), st.sampled_from((1, 6)), max_size=2).map(lambda prices: tuple(prices.items()))
