"""Two plans side by side, for a page: cost by rule, what the second breaks, who moves and who gains."""

from dataclasses import dataclass

from ortoo_solvers.rotation.compare import Shift, compare
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.sentences import Sentences


@dataclass(frozen=True)
class Moved:
    """A person on different terms (ordinals; None: no place); `dearer` above zero: worse off than before."""

    staff_no: str
    before: int | None
    after: int | None
    dearer: int


@dataclass(frozen=True)
class SideBySide:
    """`costs`: (kind, before, after); `gone`, `new`: staff numbers of who is in only one of the plans."""

    before: int
    after: int
    costs: list[tuple[str, int, int]]
    broken: list[str]
    moved: list[Moved]
    gone: list[str]
    new: list[str]

    @property
    def extra(self) -> int:
        """What the second plan costs more."""
        return self.after - self.before

    @property
    def less(self) -> int:
        """What the second plan costs less."""
        return -self.extra

    @property
    def gaining(self) -> int:
        """How many are better off."""
        return sum(moved.dearer < 0 for moved in self.moved)

    @property
    def losing(self) -> int:
        """How many are worse off."""
        return sum(moved.dearer > 0 for moved in self.moved)


def side_by_side(first: Explanation, second: Explanation, language: str) -> SideBySide:
    """Each plan judged by its own rules."""
    found = compare(first.problem, first.solution.assignment, second.solution.assignment, second.problem)
    words = Sentences(second.problem, language)
    return SideBySide(
        found.before,
        found.after,
        [(kind, *pair) for kind, pair in found.costs.items()],
        [words.broken(reason) for reason in found.broken],
        [_moved(shift) for shift in found.shifts],
        list(found.gone),
        list(found.new),
    )


def _moved(shift: Shift) -> Moved:
    before, after = (None if key is None else int(key) for key in (shift.before, shift.after))
    return Moved(shift.person, before, after, shift.dearer)
