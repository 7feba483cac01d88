"""What a search for a plan knows so far: the best plan, and what no plan can be better than."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

from ortoo_solvers.core.progress import Watch
from ortoo_solvers.core.stop import Stop
from ortoo_solvers.rotation.collision import Collision, find_collision
from ortoo_solvers.rotation.pools import Compact
from ortoo_solvers.rotation.problem import Problem, Solution
from ortoo_solvers.rotation.score import Score, score

Assignment = Mapping[str, str | None]


class RulesCollide(Exception):
    """No plan keeps all hard rules, whatever it costs; ``collision`` says which collide and what mends it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__("no plan keeps all hard rules")
        self.problem = problem

    @cached_property
    def collision(self) -> Collision:
        """Found when first asked for: it takes several runs of the program."""
        collision = find_collision(self.problem)
        if collision is None:
            raise RuntimeError("the engines do not agree on whether the rules collide")
        return collision


class NothingFound(Exception):
    """Stopped before there was any plan; ``bound``: what no plan can cost less than."""

    def __init__(self, bound: int) -> None:
        super().__init__(f"stopped before a plan was found; none can cost less than {bound}")
        self.bound = bound


@dataclass(slots=True)
class Search:
    """What is known so far. Bounds are (changes, cost); without ``fewest_changes`` changes play no part."""

    problem: Problem
    stop: Stop
    watch: Watch | None
    began: float
    best: Assignment | None = None
    judged: Score | None = None
    engine: str = "flow"
    changes_bound: int = 0
    bound: int = 0
    proved: bool = False

    def value(self, judged: Score) -> tuple[int, int]:
        return (judged.changes if self.problem.fewest_changes else 0), judged.soft

    def offer(self, assignment: Assignment, engine: str) -> Score | None:
        """Take a plan if it keeps the hard rules and is better than the best; the judge's word on it, None where it breaks one."""
        judged = score(self.problem, assignment)
        if judged.hard:
            return None
        if self.judged is None or self.value(judged) < self.value(self.judged):
            self.best, self.judged, self.engine = assignment, judged, engine
            self.tell(perf_counter() - self.began, judged.soft, self.bound)
        return judged

    def cost(self) -> float | None:
        return None if self.judged is None else float(self.judged.soft)

    def tell(self, seconds: float, cost: float | None, bound: float | None) -> None:
        if self.watch is not None:
            known = float(self.bound) if bound is None else max(bound, float(self.bound))
            self.watch(seconds, cost, known)

    def done(self) -> bool:
        """Whether the best is proved, the bound having met it."""
        if self.judged is not None and self.value(self.judged) == (self.changes_bound, self.bound):
            self.proved = True
        return self.proved

    def solution(self) -> Solution:
        if self.best is None or self.judged is None:
            raise NothingFound(self.bound)
        counts = dict.fromkeys((term.key for term in self.problem.terms), 0)
        for term in self.best.values():
            if term is not None:
                counts[term] += 1
        return Solution(
            assignment=self.best,
            cost=self.judged.soft,
            bound=min(self.bound, self.judged.soft),
            optimal=self.proved,
            engine=self.engine,
            seconds=perf_counter() - self.began,
            counts=counts,
            left_out=tuple(key for key, term in self.best.items() if term is None),
            changes=self.judged.changes,
            changes_bound=self.changes_bound,
        )


def least(compact: Compact) -> tuple[int, int]:
    """A bound for the asking: everybody at their own lowest price; (changes, cost)."""
    choices = [(len(kind.members), (kind.base, kind.out, *kind.direct.values())) for kind in compact.kinds]
    return (
        sum(number * min(price.changes for price in prices) for number, prices in choices),
        sum(number * min(price.cost for price in prices) for number, prices in choices),
    )
