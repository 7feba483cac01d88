from dataclasses import replace

import pytest
from tests.solvers.timetable.instances import SMALL

from ortoo_solvers.timetable import Curriculum, Lecture, Prices, Problem
from ortoo_solvers.timetable.check import Misfit


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"curricula": (Curriculum("one", ("drill", "drill")),)}, "curriculum one: course drill is given 2 times"),
        ({"courses": (SMALL.courses[0], replace(SMALL.courses[1], after=("drill", "drill")))}, "after course drill is given 2 times"),
        ({"published": (Lecture("law", "hall", 1, 0), Lecture("law", "small", 1, 0))}, "published lecture of law on day 1, period 0"),
        ({"prices": Prices(order=10**10)}, "price order: 10,000,000,000 is not one of 0 to 100,000"),
        ({"prices": Prices(compactness=-1)}, "price compactness: -1"),
        ({"prices": Prices(room_capacity=100_000), "courses": (replace(SMALL.courses[0], students=9_000),)}, "course drill: 9,000 students"),
        ({"courses": (replace(SMALL.courses[0], min_days=10**10),)}, "course drill: 10,000,000,000 days"),
        ({"days": 32_768, "periods_per_day": 1}, "32,768 periods; more than 32,767"),
        ({"days": 2_000, "periods_per_day": 16, "rooms": tuple(replace(SMALL.rooms[0], key=f"{n}") for n in range(2_000))}, "128,000,000"),
    ],
)  # fmt: skip
def test_problem_refuses_what_the_search_cannot_hold(changes: dict[str, object], says: str) -> None:
    bare: dict[str, object] = {
        "courses": SMALL.courses[:2],
        "curricula": (),
        "rooms": SMALL.rooms,
        "days": 3,
        "periods_per_day": 4,
    }
    if "curricula" in changes:
        bare["courses"] = SMALL.courses
    with pytest.raises(Misfit, match=says):
        Problem(**(bare | changes))  # type: ignore[arg-type]
