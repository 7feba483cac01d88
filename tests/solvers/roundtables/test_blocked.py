from hypothesis import given
from hypothesis import strategies as st

from ortoo_solvers.roundtables import Person, Problem
from ortoo_solvers.roundtables.blocked import warnings


@given(st.lists(st.tuples(st.sampled_from(["A", "B", None]), st.booleans(), st.frozensets(st.integers(0, 2))), max_size=9))
def test_warnings_count_who_is_there_on_each_evening(cast: list[tuple[str | None, bool, frozenset[int]]]) -> None:
    people = tuple(Person(f"p{n}", *each) for n, each in enumerate(cast))
    told = warnings(Problem(people, 5, 3, tables=2))
    for evening in range(3):
        there = [person for person in people if evening not in person.away]
        for group in "AB":
            count = sum(person.group == group for person in there)
            said = f"evening {evening + 1}: {count} people of {group}, but 2 tables: some must sit together"
            assert (said in told) == (count > 2)
        takers = sum(person.note_taker for person in there)
        few = any(person.note_taker for person in people) and takers < 2
        assert (f"evening {evening + 1}: {takers} note-takers for 2 tables" in told) == few
