"""Random delegations and halls."""

from hypothesis import strategies as st

from ortoo_solvers.seats import Delegation, Problem


@st.composite
def delegations(draw: st.DrawFn, most: int = 6) -> tuple[Delegation, ...]:
    found = []
    for number in range(draw(st.integers(1, most))):
        asked = draw(st.integers(0, 30))
        floor = draw(st.sampled_from([0, 0, min(asked, 2)]))
        ceiling = draw(st.none() | st.integers(floor, 40))
        found.append(Delegation(f"d{number}", asked, draw(st.integers(1, 3)), floor, ceiling))
    return tuple(found)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Enough seats for the floors."""
    asking = draw(delegations())
    return Problem(asking, draw(st.integers(sum(each.least for each in asking), 90)))


@st.composite
def halls(draw: st.DrawFn) -> Problem:
    """With a plan: blocks of some rows, aisles, wheelchair places at the ends of rows, a seat kept free here and there."""
    widths = draw(st.lists(st.integers(2, 6), min_size=1, max_size=3))
    lines = []
    for _row in range(draw(st.integers(2, 6))):
        lines.append(
            draw(st.sampled_from(["|", "w", "ww"])) + "|".join("o" * width for width in widths) + draw(st.sampled_from(" xw"))
        )
        if draw(st.integers(0, 4)) == 0:
            lines.append("")
    chairs = "".join(lines).count("w")
    asking = []
    for number in range(draw(st.integers(1, 7))):
        here = draw(st.integers(0, min(chairs, 2)))
        chairs -= here
        companions = draw(st.integers(0, here))
        asked = draw(st.integers(here + companions, 20))
        asking.append(Delegation(f"d{number}", asked, draw(st.integers(1, 3)), wheelchairs=here, companions=companions))
    return Problem(tuple(asking), None, tuple(lines))
