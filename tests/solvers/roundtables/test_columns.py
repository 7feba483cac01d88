from itertools import combinations

import pytest

from ortoo_solvers.roundtables import Person, Problem, score
from ortoo_solvers.roundtables.columns import seated
from ortoo_solvers.roundtables.constructions.catalogue import Known, known


def met(evenings: tuple[tuple[tuple[str, ...], ...], ...]) -> list[tuple[str, str]]:
    return [pair for evening in evenings for table in evening for pair in combinations(sorted(table), 2)]


def construction(groups: int, size: int, evenings: int) -> Known:
    found = known(groups, size, evenings)
    assert found is not None
    return found


def test_a_county_that_fills_a_column_never_sits_together() -> None:
    people = tuple(Person(f"p{n}", group=f"county {n % 5}") for n in range(35))
    problem = Problem(people, 5, 7)
    evenings = seated(problem, construction(7, 5, 7), seed=3)
    judged = score(problem, evenings)
    assert (judged.hard, judged.soft) == (0, 0)
    assert len(met(evenings)) == len(set(met(evenings))) == 7 * 7 * 10


def test_counties_that_do_not_come_out_even_are_mended_apart() -> None:
    sizes = [6, 6, 6, 4, 4, 4, 3, 2]
    people = tuple(Person(f"{county}-{n}", group=str(county)) for county, size in enumerate(sizes) for n in range(size))
    problem = Problem(people, 5, 4)
    judged = score(problem, seated(problem, construction(7, 5, 4), seed=0))
    assert (judged.hard, judged.by_rule["Repeats"], judged.by_rule["Together"]) == (0, 0, 0)


def test_note_takers_are_at_every_table() -> None:
    people = tuple(Person(f"p{n}", note_taker=n % 4 == 1) for n in range(28))
    problem = Problem(people, 4, 6)
    evenings = seated(problem, construction(7, 4, 6), seed=1)
    takers = {person.key for person in people if person.note_taker}
    assert all(takers & set(table) for evening in evenings for table in evening)
    assert score(problem, evenings).soft == 0


@pytest.mark.parametrize("vacant", [0, 1, 3, 5])
def test_people_away_and_places_of_nobody_leave_no_table_two_short(vacant: int) -> None:
    people = tuple(Person(f"p{n}", away=frozenset({n % 3}) if n < 5 - vacant else frozenset()) for n in range(25 - vacant))
    problem = Problem(people, 5, 4, tables=5)
    evenings = seated(problem, construction(5, 5, 4), seed=2)
    assert {len(table) for evening in evenings for table in evening} <= {4, 5}
    for number, evening in enumerate(evenings):
        assert sorted(key for table in evening for key in table) == sorted(p.key for p in people if number not in p.away)


def test_a_construction_without_columns_keeps_those_rarely_there_apart() -> None:
    """Kirkman's fifteen: any two meet once in seven evenings; in six, some never do."""
    found = construction(5, 3, 6)
    assert not found.columns
    people = tuple(Person(f"p{n}", away=frozenset({2}) if n < 2 else frozenset()) for n in range(15))
    evenings = seated(Problem(people, 3, 6), found, seed=0)
    assert [len(table) for table in evenings[2]].count(2) == 2
    assert ("p0", "p1") not in met(evenings)
