"""What no seating can keep, said before the search: which group, how many note-takers, how many evenings."""

from collections import Counter
from collections.abc import Iterator

from ortoo_solvers.roundtables.problem import Problem


def warnings(problem: Problem) -> list[str]:
    """A sentence each; empty where everything may come out."""
    return [*_groups(problem), *_note_takers(problem), *_repeats(problem)]


def _groups(problem: Problem) -> Iterator[str]:
    for evening in range(problem.evenings):
        there = Counter(person.group for person in problem.people if person.group is not None and evening not in person.away)
        for group, count in there.items():
            if count > problem.table_count:
                yield f"evening {evening + 1}: {count} people of {group}, but {problem.table_count} tables: some must sit together"


def _note_takers(problem: Problem) -> Iterator[str]:
    if not any(person.note_taker for person in problem.people):
        return
    for evening in range(problem.evenings):
        there = sum(person.note_taker and evening not in person.away for person in problem.people)
        if there < problem.table_count:
            yield f"evening {evening + 1}: {there} note-takers for {problem.table_count} tables"


def _repeats(problem: Problem) -> Iterator[str]:
    """Each meets size - 1 others an evening, and there are only so many."""
    others, tables = len(problem.people) - 1, problem.table_count
    if not tables:
        return
    least = sum(there // tables - 1 for there in problem.attendance)
    if least > others > 0:
        yield f"{problem.evenings} evenings: everybody sits beside {least} people, but there are only {others} others: some meet again"
