from ortoo_solvers.core import after_checks
from ortoo_solvers.roundtables import Person, Problem, solve
from ortoo_solvers.roundtables.seats import search_for


def test_the_stop_is_asked_the_more_often_the_larger_the_tables() -> None:
    """A proposal looks at every seat of two tables."""
    asked: list[int] = []

    def over(best: int) -> bool:
        asked.append(best)
        return False

    search = search_for(Problem(tuple(Person(str(n)) for n in range(600)), 300, 2), 0)
    search.run(20_000, 0.4, 0.1, -1, over)
    assert len(asked) > 2


def test_a_stop_with_large_tables_is_obeyed_after_few_proposals() -> None:
    problem = Problem(tuple(Person(str(n)) for n in range(3 * 200)), 200, 3)
    assert solve(problem, after_checks(8), iterations=10**9).iterations < 400_000
