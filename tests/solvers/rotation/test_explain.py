from dataclasses import replace

from hypothesis import given, settings
from tests.solvers.rotation import real
from tests.solvers.rotation.brute import best_value
from tests.solvers.rotation.strategies import problems

from ortoo_solvers.rotation import Cover, Person, Problem, RulesCollide, Term, Unit, score, solve
from ortoo_solvers.rotation.explain import Bottleneck, Explanation
from ortoo_solvers.rotation.sentences import Sentences

SOFT = {"dear"}


@settings(max_examples=60, deadline=None)
@given(problems())
def test_obstacles_are_there_exactly_where_going_breaks_a_rule(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    explanation = Explanation(problem, solution)
    for person in problem.people:
        for term in problem.terms:
            if solution.assignment[person.key] == term.key:
                continue
            judged = score(problem, {**solution.assignment, person.key: term.key})
            kinds = {obstacle.kind for obstacle in explanation.obstacles(person, term.key)}
            assert bool(kinds - SOFT) == bool(judged.hard)
            if not kinds:
                assert judged.soft <= solution.cost


@settings(max_examples=30, deadline=None)
@given(problems(changes=False))
def test_options_cost_what_trying_all_plans_costs(problem: Problem) -> None:
    try:
        solution = solve(problem)
    except RulesCollide:
        return
    for person in problem.people[:2]:
        explanation = Explanation(problem, solution)
        for said, proved in zip(explanation.options(person.key), explanation.options(person.key, prove=True), strict=True):
            if person.pin == said.term or (person.pin is None and said.term not in problem.begun):
                pinned = replace(person, pin=said.term)
                people = tuple(pinned if other == person else other for other in problem.people)
                truth = best_value(replace(problem, people=people))
                extra = None if truth is None else truth[1] - solution.cost
                assert proved.extra == extra
                assert said.extra == extra or (
                    said.extra is not None and not said.exact and (extra is None or said.extra < extra)
                )


def test_left_out_names_the_bottleneck() -> None:
    problem = Problem(
        people=tuple(Person(key, name=key.upper(), unit="county") for key in "abc"),
        terms=(Term("1", "第一期"), Term("2", "第二期")),
        units=(Unit("county", "新城区"),),
        covers=(Cover("county", 1),),
    )
    (why,) = Explanation(problem, solve(problem)).left_out()
    assert why.bottleneck == Bottleneck("county", None, 3, 2)
    assert [(o.kind, o.term, o.limit, o.count) for o in why.obstacles] == [("cover", "1", 1, 1), ("cover", "2", 1, 1)]
    sentence = Sentences(problem).left_out(why)
    assert sentence == (
        f"{why.person.upper()}（{why.person}）未安排。新城区共3人，各期合计只排得下2人。"
        "各期：新城区至多1人，已有1人。已证明：其他人怎样调换，总代价都不会更低。"
        "最省的放宽办法：新城区在第一期的上限由1提到2，可多安排1人，全员排下，总代价减少1000。"
    )


def test_left_out_of_the_rosters_all_have_a_sentence_in_both_languages() -> None:
    problem = real.problem()
    found = Explanation(problem, solve(problem)).left_out()
    assert found
    for why in found:
        assert len({obstacle.term for obstacle in why.obstacles}) == 5
        for language in ("zh", "en"):
            assert why.person in Sentences(problem, language).left_out(why)
