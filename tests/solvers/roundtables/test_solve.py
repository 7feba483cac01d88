from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ortoo_solvers.core import after_checks
from ortoo_solvers.roundtables import Misfit, Person, Problem, most_meetings, score, solve
from ortoo_solvers.roundtables.blocked import warnings
from ortoo_solvers.roundtables.portfolio import solve_in_parallel
from ortoo_solvers.roundtables.seats import evenings_of, search_for, unavoidable


def plain(groups: int, size: int, evenings: int) -> Problem:
    return Problem(tuple(Person(str(n)) for n in range(groups * size)), size, evenings, tables=groups)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Uneven numbers, groups, note-takers, people away, evenings held and published."""
    evenings, size = draw(st.integers(1, 3)), draw(st.integers(2, 4))
    people = tuple(
        Person(
            f"p{n}",
            draw(st.sampled_from([None, "A", "B"])),
            draw(st.booleans()),
            draw(st.frozensets(st.integers(0, evenings - 1), max_size=1)),
        )
        for n in range(draw(st.integers(1, 13)))
    )
    keys = draw(st.permutations([p.key for p in people]))
    seating = tuple(tuple(keys[i : i + size]) for i in range(0, len(keys), size))
    published = (seating,) * evenings if draw(st.booleans()) else ()
    return Problem(people, size, evenings, held=(seating,) if draw(st.booleans()) else (), published=published)


@settings(max_examples=80, deadline=None)
@given(problems(), st.integers(0, 1000))
def test_moves_and_judge_agree_after_any_number_of_moves(problem: Problem, seed: int) -> None:
    search = search_for(problem, seed)
    if not search.who.size or problem.table_count < 2:
        return
    who, best = search.run(400, 3.0, 0.5, -1, lambda _best: False)
    judged = score(problem, evenings_of(problem, search, who))
    before = score(problem, ()).by_rule["Repeats"]
    assert judged.hard == 0
    assert judged.soft == best - unavoidable(problem), (judged, best, before)


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 1000))
def test_solve_seats_everybody_once_and_never_beyond_the_bound(problem: Problem, seed: int) -> None:
    solution = solve(problem, seed=seed, iterations=3_000)
    judged = score(problem, solution.evenings)
    assert judged.hard == 0
    assert (judged.soft, judged.meetings, judged.repeats) == (solution.cost, solution.meetings, solution.repeats)
    assert solution.meetings <= solution.bound == most_meetings(problem)


@pytest.mark.parametrize(
    ("groups", "size", "evenings", "method"),
    [
        (5, 5, 6, "lines"),
        (7, 3, 10, "kirkman"),
        (8, 8, 9, "lines"),
        (7, 4, 9, "fours"),
        (6, 4, 7, "starters"),
        (8, 4, 10, "starters"),
        (4, 3, 2, "slopes"),
        (4, 3, 3, "lines"),
        (30, 8, 7, "halves"),
        (10, 10, 4, "latin"),
    ],
)
def test_solve_takes_the_construction_that_fits(groups: int, size: int, evenings: int, method: str) -> None:
    solution = solve(plain(groups, size, evenings), iterations=30_000_000)
    assert (solution.method, solution.repeats, solution.optimal) == (method, 0, True)
    assert solution.meetings == evenings * groups * size * (size - 1) // 2


def test_solve_proves_that_repeats_cannot_be_avoided() -> None:
    """Four people in pairs meet everybody on three evenings; the fourth repeats one of them."""
    solution = solve(plain(2, 2, 4), iterations=100_000)
    assert (solution.meetings, solution.bound, solution.repeats, solution.optimal) == (6, 6, 2, True)


def test_solve_keeps_a_county_apart_and_a_note_taker_at_each_table() -> None:
    people = tuple(Person(str(n), group=f"county {n % 11}", note_taker=n % 5 == 0) for n in range(60))
    solution = solve(Problem(people, 6, 3), iterations=8_000_000)
    assert {name: n for name, n in solution.by_rule.items() if n} == {}
    assert solution.repeats == 0


def test_solve_spreads_people_evenly_when_some_are_away() -> None:
    people = tuple(Person(str(n), away=frozenset({1}) if n < 5 else frozenset()) for n in range(22))
    solution = solve(Problem(people, 6, 2), iterations=2_000_000)
    assert [sorted(map(len, evening)) for evening in solution.evenings] == [[5, 5, 6, 6], [4, 4, 4, 5]]
    assert solution.by_rule["Size"] == 0


def test_solve_moves_few_when_somebody_falls_away() -> None:
    first = solve(plain(6, 5, 3), iterations=3_000_000)
    people = tuple(Person(str(n), away=frozenset({1}) if n == 7 else frozenset()) for n in range(30))
    problem = replace(plain(6, 5, 3), people=people, published=first.evenings)
    again = solve(problem, start=first.evenings, iterations=2_000_000)
    assert again.by_rule["Moved"] == 0
    assert again.repeats == 0


def test_solve_counts_evenings_that_are_over() -> None:
    whole = solve(plain(4, 4, 5), iterations=1_000)
    rest = solve(replace(plain(4, 4, 2), held=whole.evenings[:3]), iterations=4_000_000)
    assert (rest.repeats, rest.meetings) == (0, 120)


def test_solve_gives_the_same_answer_for_the_same_seed_and_iterations() -> None:
    one, other = (solve(plain(6, 6, 4), seed=5, iterations=300_000) for _ in range(2))
    assert one.evenings == other.evenings
    assert one.iterations == other.iterations


def test_solve_stops_when_told() -> None:
    asked = []

    def stop(best: float | None) -> bool:
        asked.append(best)
        return len(asked) > 4

    assert solve(plain(6, 6, 6), stop, iterations=10**9).iterations < 10**9


def test_two_workers_answer_as_well_as_one() -> None:
    problem = plain(6, 6, 3)
    assert solve_in_parallel(problem, seed=2, workers=2, iterations=20_000_000).repeats == 0


def test_solve_needs_nothing_but_a_stop() -> None:
    assert solve(plain(4, 4, 6), after_checks(60)).repeats > 0


@pytest.mark.parametrize(("people", "size", "evenings"), [(0, 3, 2), (1, 3, 2), (5, 1, 2), (5, 9, 1), (4, 2, 0)])
def test_solve_takes_the_smallest_companies(people: int, size: int, evenings: int) -> None:
    problem = Problem(tuple(Person(str(n)) for n in range(people)), size, evenings)
    assert score(problem, solve(problem, iterations=500).evenings).hard == 0


def test_score_counts_each_rule() -> None:
    people = (Person("a", "X", True), Person("b", "X"), Person("c"), Person("d", away=frozenset({1})))
    problem = Problem(people, 2, 2, published=((("a", "b"), ("c", "d")), (("a", "c"), ("b",))))
    judged = score(problem, ((("a", "b"), ("c", "d")), (("a", "b"), ("c",))))
    assert {name: n for name, n in judged.by_rule.items() if n} == {"Together": 2 * 1000, "NoNotes": 2 * 100, "Moved": 2 * 3}
    assert (judged.hard, judged.meetings, judged.repeats) == (0, 2, 1)
    assert score(problem, ((("a", "b", "c"), ("d",)), (("a", "b"), ("c",)))).by_rule["Size"] == 2
    assert score(problem, ((("a", "b"), ("c", "d")), (("a", "d"), ("c",)))).by_rule["Seated"] == 2


def test_problem_refuses_what_does_not_fit() -> None:
    with pytest.raises(Misfit, match="person a is given 2 times"):
        Problem((Person("a"), Person("a")), 2, 1)
    with pytest.raises(Misfit, match="evening 1: 3 people, but 1 tables of 2"):
        Problem(tuple(map(Person, "abc")), 2, 1, tables=1)
    with pytest.raises(Misfit, match="names z"):
        Problem(tuple(map(Person, "ab")), 2, 1, held=((("a", "z"),),))


def test_warnings_say_what_cannot_be_kept() -> None:
    people = tuple(Person(str(n), group="county 1" if n < 3 else None, note_taker=n == 0) for n in range(6))
    told = warnings(Problem(people, 3, 4))
    assert "evening 1: 3 people of county 1, but 2 tables: some must sit together" in told
    assert "evening 1: 1 note-takers for 2 tables" in told
    assert any("some meet again" in each for each in told)


def test_pairs_of_a_full_schedule_are_all_pairs() -> None:
    solution = solve(plain(3, 3, 4), iterations=10)
    met = {frozenset(pair) for evening in solution.evenings for table in evening for pair in combinations(table, 2)}
    assert len(met) == 36


def test_nothing_is_searched_for_where_all_evenings_are_held() -> None:
    people = tuple(Person(str(number)) for number in range(9))
    together, apart = tuple("012345678"), (tuple("012"), tuple("345"), tuple("678"))
    found = solve(Problem(people, 4, 0, 2, held=((together,), apart)), iterations=1_000)
    assert (found.evenings, found.repeats) == ((), 9)
