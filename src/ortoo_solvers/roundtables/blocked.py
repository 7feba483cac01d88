"""What no seating can keep, said before the search: which group, how many note-takers, how many evenings."""

from collections import Counter
from collections.abc import Iterator

from ortoo_solvers.roundtables.problem import Problem


def warnings(problem: Problem) -> list[str]:
    """A sentence each; empty where everything may come out."""
    return [*_groups(problem), *_note_takers(problem), *_repeats(problem)]


def _groups(problem: Problem) -> Iterator[str]:
    tables = problem.table_count
    everybody = Counter(person.group for person in problem.people if person.group is not None)
    large = {group for group, count in everybody.items() if count > tables}
    members = [person for person in problem.people if person.group in large]
    for evening in range(problem.evenings if large else 0):
        for group, count in Counter(person.group for person in members if evening not in person.away).items():
            if count > tables:
                yield f"evening {evening + 1}: {count} people of {group}, but {tables} tables: some must sit together"


def _note_takers(problem: Problem) -> Iterator[str]:
    takers, tables = [person for person in problem.people if person.note_taker], problem.table_count
    away = Counter(evening for person in takers for evening in person.away)
    for evening in range(problem.evenings if takers else 0):
        there = len(takers) - away[evening]
        if there < tables:
            yield f"evening {evening + 1}: {there} note-takers for {tables} tables"


def _repeats(problem: Problem) -> Iterator[str]:
    """Each meets size - 1 others an evening, and there are only so many."""
    others, tables = len(problem.people) - 1, problem.table_count
    if not tables:
        return
    least = sum(there // tables - 1 for there in problem.attendance)
    if least > others > 0:
        yield f"{problem.evenings} evenings: everybody sits beside {least} people, but there are only {others} others: some meet again"
