from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ortoo_solvers.roundtables import Person, Problem
from ortoo_solvers.roundtables.constructions.lines import lines
from ortoo_solvers.roundtables.places import Places


def company(groups: list[str | None], takers: int = 0, away: int = 0) -> tuple[Problem, dict[int, Person]]:
    """Twenty-five people at five tables on five evenings, as they come."""
    people = tuple(
        Person(f"p{n}", groups[n % len(groups)], n < takers, frozenset({0}) if n >= 25 - away else frozenset()) for n in range(25)
    )
    return Problem(people, 5, 5), dict(enumerate(people))


def broken(problem: Problem, at: dict[int, Person]) -> tuple[int, int]:
    """Pairs of one group at a table, and tables without a note-taker, counted from the tables themselves."""
    pairs = bare = 0
    for evening, tables in enumerate(lines(5, 5)[:5]):
        for table in tables:
            there = [at[place] for place in table if evening not in at[place].away]
            named = [person.group for person in there if person.group]
            pairs += sum(named.count(group) * (named.count(group) - 1) // 2 for group in set(named))
            bare += not any(person.note_taker for person in there)
    return pairs, bare


def test_mend_sets_five_counties_apart() -> None:
    problem, at = company(["A", "B", "C", "D", "E"])
    before = broken(problem, at)[0]
    Places(problem, lines(5, 5)[:5], at).mend(Random(1))
    assert before > 0
    assert broken(problem, at)[0] == 0


def test_mend_gives_every_table_a_note_taker() -> None:
    problem, at = company([None], takers=10)
    at[0], at[24] = at[24], at[0]
    at[1], at[13] = at[13], at[1]
    Places(problem, lines(5, 5)[:5], at).mend(Random(0))
    assert broken(problem, at)[1] == 0


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from(["A", "B", "C", None]), min_size=1, max_size=25),
    st.integers(0, 25),
    st.integers(0, 6),
    st.integers(0, 99),
)
def test_mend_loses_nobody_breaks_no_more_and_moves_nobody_who_is_away(
    groups: list[str | None], takers: int, away: int, seed: int
) -> None:
    problem, at = company(groups, takers, away)
    before, stay = broken(problem, at), {place: at[place] for place in at if at[place].away}
    Places(problem, lines(5, 5)[:5], at).mend(Random(seed))
    after = broken(problem, at)
    prices = problem.prices
    assert sorted(person.key for person in at.values()) == sorted(person.key for person in problem.people)
    assert all(at[place] is person for place, person in stay.items())
    if takers:
        assert (
            after[0] * prices.together + after[1] * prices.no_notes <= before[0] * prices.together + before[1] * prices.no_notes
        )
    else:
        assert after[0] <= before[0]


def test_mend_with_nobody_who_may_move_changes_nothing() -> None:
    problem, at = company(["A"], away=25)
    before = dict(at)
    Places(problem, lines(5, 5)[:5], at).mend(Random(0))
    assert at == before
