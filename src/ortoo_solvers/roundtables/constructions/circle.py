"""Pairs: the round robin of tournaments."""

Schedule = list[list[list[int]]]  # Evenings, tables, people.


def circle(people: int, evenings: int | None = None) -> Schedule:
    """All people - 1 evenings of an even number of people in pairs, or the first so many of them: one stays, the others move on by
    one (Kirkman 1847)."""
    turn = people - 1
    return [
        [[turn, evening], *([(evening + step) % turn, (evening - step) % turn] for step in range(1, people // 2))]
        for evening in range(turn if evenings is None else min(turn, evenings))
    ]
