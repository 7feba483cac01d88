from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ortoo_solvers.roundtables import Person, Problem, score
from ortoo_solvers.roundtables.problem import Evening


@st.composite
def seatings(draw: st.DrawFn) -> tuple[Problem, tuple[Evening, ...]]:
    """Right ones and wrong ones: people who sit twice, who are left out, who are away; tables of any size."""
    evenings = draw(st.integers(0, 4))
    keys = [f"p{n}" for n in range(draw(st.integers(1, 9)))]
    group, away = st.sampled_from([None, "A", "B"]), st.frozensets(st.integers(0, max(0, evenings - 1)), max_size=evenings and 2)
    people = tuple(Person(key, draw(group), draw(st.booleans()), draw(away)) for key in keys)
    table = st.lists(st.sampled_from(keys), max_size=5).map(tuple)
    evening = st.lists(table, max_size=4).map(tuple)
    once = st.permutations(keys).map(lambda order: tuple(tuple(order[n : n + 3]) for n in range(0, len(order), 3)))
    held = draw(st.lists(once, max_size=2))
    return Problem(people, 3, evenings, held=tuple(held)), tuple(draw(st.lists(st.one_of(evening, once), max_size=4)))


def counted(problem: Problem, evenings: tuple[Evening, ...]) -> tuple[int, int, int, int]:
    """Meetings, repeats, repeats of two who are not of one group, colleagues at one table: pair by pair."""
    group = {person.key: person.group for person in problem.people}
    met: Counter[tuple[str, str]] = Counter()
    together = 0
    for number, evening in enumerate((*problem.held, *evenings)):
        for table in evening:
            for pair in combinations(sorted(set(table)), 2):
                met[pair] += 1
                together += number >= len(problem.held) and group[pair[0]] is not None and group[pair[0]] == group[pair[1]]
    apart = sum(count - 1 for (a, b), count in met.items() if group[a] is None or group[a] != group[b])
    return len(met), met.total() - len(met), apart, together


@settings(max_examples=200, deadline=None)
@given(seatings())
def test_score_is_what_counting_pair_by_pair_gives(case: tuple[Problem, tuple[Evening, ...]]) -> None:
    judged = score(*case)
    found = judged.meetings, judged.repeats, judged.by_rule["Repeats"], judged.by_rule["Together"] // 1000
    assert found == counted(*case)


@settings(max_examples=200, deadline=None)
@given(seatings())
def test_score_names_everybody_who_is_not_seated_once(case: tuple[Problem, tuple[Evening, ...]]) -> None:
    problem, evenings = case
    wrong = abs(len(evenings) - problem.evenings)
    for number, evening in enumerate(evenings):
        for person in problem.people:
            wrong += abs(sum(table.count(person.key) for table in evening) - (number not in person.away))
    assert score(problem, evenings).by_rule["Seated"] == wrong
