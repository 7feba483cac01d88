from hypothesis import given
from hypothesis import strategies as st

from ortoo_solvers.roundtables import Person, Problem
from ortoo_solvers.roundtables.spread import spread


def people(number: int, away: dict[int, int] | None = None) -> tuple[Person, ...]:
    return tuple(Person(f"p{n}", away=frozenset({away[n]}) if away and n in away else frozenset()) for n in range(number))


@given(
    st.integers(0, 30), st.integers(1, 6), st.integers(0, 3), st.dictionaries(st.integers(0, 29), st.integers(0, 2), max_size=8)
)
def test_everybody_there_sits_once_and_tables_differ_by_one(number: int, size: int, evenings: int, away: dict[int, int]) -> None:
    there = people(number, {n: evening for n, evening in away.items() if evening < evenings})
    problem = Problem(there, size, evenings)
    seating = spread(problem)
    assert len(seating) == evenings
    for evening, tables in enumerate(seating):
        assert sorted(key for table in tables for key in table) == sorted(p.key for p in there if evening not in p.away)
        sizes = [len(table) for table in tables]
        assert len(tables) == problem.table_count
        assert not sizes or max(sizes) - min(sizes) <= 1


def test_who_sat_together_stays_so_when_somebody_comes_late() -> None:
    start = ((("p0", "p1", "p2"), ("p3", "p4", "p5")),)
    (evening,) = spread(Problem(people(7), 4, 1), start)
    assert evening == (("p0", "p1", "p2", "p6"), ("p3", "p4", "p5"))


def test_a_table_too_large_for_an_even_spread_gives_somebody_up() -> None:
    start = ((("p0", "p1", "p2", "p3"), ("p4", "p5")),)
    (evening,) = spread(Problem(people(6), 4, 1), start)
    assert evening == (("p0", "p1", "p2"), ("p4", "p5", "p3"))


def test_somebody_fallen_away_leaves_the_others_where_they_are() -> None:
    start = ((("p0", "p1", "gone"), ("p2", "p3", "p4")),)
    (evening,) = spread(Problem(people(5), 3, 1), start)
    assert evening == (("p0", "p1"), ("p2", "p3", "p4"))


def test_orders_say_who_comes_first() -> None:
    evenings = spread(Problem(people(4), 2, 2), orders=[[3, 2, 1, 0], [0, 2, 1, 3]])
    assert evenings == ((("p3", "p2"), ("p1", "p0")), (("p0", "p2"), ("p1", "p3")))


def test_without_tables_the_evenings_are_empty() -> None:
    assert spread(Problem((), 4, 2)) == ((), ())
