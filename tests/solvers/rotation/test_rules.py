import copy
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from tests.solvers.rotation import real

from ortoo_solvers.rotation import Nominee, RulesError, problem_from_rules, score, solve
from ortoo_solvers.rotation.rules import county_limit

NOMINEE = Nominee("001", "甲", "男", "s1", "c1", "p1", "教导员")


def changed(*path: object, to: object) -> dict[str, Any]:
    rules = copy.deepcopy(real.rules())
    place: Any = rules
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return rules


@pytest.mark.parametrize(
    ("share", "nominees", "limit"), [(0.3, 10, 3), (0.3, 6, 1), (0.3, 1, 1), (0, 9, 1), (0.29, 100, 29), (1, 7, 7)]
)
def test_county_limit_takes_the_share_as_written(share: float, nominees: int, limit: int) -> None:
    assert county_limit(share, nominees) == limit


@pytest.mark.parametrize(
    ("rules", "where"),
    [
        (changed("hard", "womens_beds", to=3), "hard.womens_beds"),
        (changed("cost", "lateness", to=3), "cost.lateness"),
        (changed("colour", to="red"), "colour"),
        (changed("hard", "capacity", to="224"), "hard.capacity"),
        (changed("hard", "capacity", to=True), "hard.capacity"),
        (changed("hard", "women_beds", to=-1), "hard.women_beds"),
        (changed("hard", "county_away_share", to=1.2), "hard.county_away_share"),
        (changed("hard", "blocked", to="touch"), "hard.blocked"),
        (changed("hard", to=7), "hard"),
        (changed("cost", "left_out", to=2.5), "cost.left_out"),
        (changed("cost", "left_out", to=10**9), "cost.left_out"),
        (changed("term", to=[]), "term"),
        (changed("term", 2, "starts", to="2023-05-04"), "term 3.starts"),
        (changed("term", 2, "starts", to=datetime(2023, 5, 4)), "term 3.starts"),  # noqa: DTZ001
        (changed("term", 0, "ends", to=date(2023, 3, 1)), "term 1.ends"),
        (changed("term", 0, "name", to=1), "term 1.name"),
        (changed("term", 0, "room", to=1), "term 1.room"),
        (changed("title", to=1), "title"),
    ],
)
def test_problem_from_rules_names_the_key_that_is_wrong(rules: dict[str, Any], where: str) -> None:
    with pytest.raises(RulesError) as caught:
        problem_from_rules(rules, [NOMINEE])
    assert caught.value.where == where
    assert where in str(caught.value)


@pytest.mark.parametrize("nominee", [replace(NOMINEE, sex="M"), replace(NOMINEE, prefers=6), replace(NOMINEE, prefers=0)])
def test_problem_from_rules_names_the_nominee_that_is_wrong(nominee: Nominee) -> None:
    with pytest.raises(RulesError, match="001 甲"):
        problem_from_rules(real.rules(), [nominee])


def test_problem_from_rules_refuses_a_station_below_two_counties() -> None:
    with pytest.raises(RulesError, match="002 乙"):
        problem_from_rules(real.rules(), [NOMINEE, Nominee("002", "乙", "女", "s1", "c2", "p1")])


@pytest.mark.parametrize(
    ("first", "last", "blocked"),
    [
        (date(2023, 4, 7), date(2023, 4, 9), {"1"}),
        (date(2023, 4, 8), date(2023, 4, 9), set()),
        (date(2023, 4, 8), date(2023, 4, 10), {"2"}),
        (date(2023, 3, 1), date(2023, 7, 1), {"1", "2", "3", "4", "5"}),
    ],
)
def test_a_blocked_day_inside_a_term_rules_it_out(first: date, last: date, blocked: set[str]) -> None:
    person = problem_from_rules(real.rules(), [replace(NOMINEE, blocked=((first, last),))]).people[0]
    assert person.blocked == blocked


def test_rules_left_out_are_not_applied() -> None:
    rules = {"term": [{"name": "甲期", "starts": date(2023, 3, 20), "ends": date(2023, 4, 7)}]}
    blocked = replace(NOMINEE, blocked=((date(2023, 3, 20), date(2023, 3, 20)),), post="教导员(主持工作)")
    problem = problem_from_rules(rules, [blocked, replace(blocked, staff_no="002")])
    assert (problem.covers, problem.class_limits, problem.shares, problem.left_out) == ((), (), (), 1000)
    assert solve(problem).cost == 0


def test_sole_charge_is_one_of_a_county_on_a_term() -> None:
    chief = replace(NOMINEE, post="副所长（主持工作）")
    people = [replace(chief, staff_no=f"00{n}", station=f"s{n}") for n in range(4)]
    rules = changed("hard", "county_away_share", to=1.0)
    rules["term"] = rules["term"][:3]
    solution = solve(problem_from_rules(rules, people))
    assert len(solution.left_out) == 1


def test_preference_missed_is_not_paid_by_those_left_out() -> None:
    rules = changed("hard", "capacity", to=0)
    problem = problem_from_rules(rules, [replace(NOMINEE, prefers=2)])
    solution = solve(problem)
    assert solution.cost == 1000
    assert [reason.kind for reason in score(problem, solution).reasons] == ["left_out"]


def test_needs_are_gathered_where_a_module_is_mainly_taught() -> None:
    rules = changed("hard", "county_away_share", to=1.0)
    rules["cost"] = {"left_out": 1000, "needs_elsewhere": 5, "focus": {"综合表达": [2], "群众工作": [2, 4]}}
    people = [replace(NOMINEE, staff_no=f"00{n}", station=f"s{n}", needs=("综合表达", "群众工作")[: n % 3]) for n in range(6)]
    problem = problem_from_rules(rules, people)
    solution = solve(problem)
    assert solution.optimal
    assert {solution.assignment[person.staff_no] for person in people if person.needs} == {"2"}
    elsewhere = {**solution.assignment, "002": "4"}
    assert [(r.kind, r.person, r.cost) for r in score(problem, elsewhere).reasons if r.kind == "needs"] == [("needs", "002", 5)]


def test_needs_are_spread_evenly_over_the_terms() -> None:
    rules = changed("hard", "county_away_share", to=1.0)
    rules["cost"] = {"left_out": 1000, "needs_uneven": 1}
    lacks = (("综合表达",), ("群众工作",), ("综合表达", "群众工作"), ())
    people = [replace(NOMINEE, staff_no=f"{n:03}", station=f"s{n}", needs=lacks[n % 4]) for n in range(20)]
    solution = solve(problem_from_rules(rules, people))
    assert (solution.cost, solution.optimal) == (0, True)
    for module in ("综合表达", "群众工作"):
        told = Counter(solution.assignment[person.staff_no] for person in people if module in person.needs)
        assert set(told.values()) == {2} and len(told) == 5


@pytest.mark.parametrize("focus", [{"综合表达": []}, {"综合表达": [6]}, {"综合表达": "2"}, ["综合表达"]])
def test_problem_from_rules_names_the_module_whose_terms_are_wrong(focus: object) -> None:
    with pytest.raises(RulesError, match=r"cost\.focus"):
        problem_from_rules(changed("cost", "focus", to=focus), [NOMINEE])
