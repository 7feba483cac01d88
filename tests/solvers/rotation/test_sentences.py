"""Explanations read as sentences, in both languages, and name nobody whom the reader may not know."""

from dataclasses import replace

from ortoo_solvers.rotation import Cover, Person, Problem, RulesCollide, Shares, Term, Unit, score, solve
from ortoo_solvers.rotation.collision import HardRule, loosen
from ortoo_solvers.rotation.explain import Explanation, LeftOut, Obstacle, Option
from ortoo_solvers.rotation.sentences import Sentences
from ortoo_solvers.rotation.shortage import Mend
from ortoo_solvers.rotation.words import WORDS

TERMS = (Term("1", "第一期", capacity=2), Term("2", "第二期", capacity=2))
TWO = Problem(
    (
        Person("a", "甲", "county", prefers="1", preference_price=10),
        Person("b", "乙", "county", prefers="1", preference_price=13),
        Person("c", "丙", "county", blocked=frozenset("2")),
    ),
    TERMS,
    (Unit("county", "新城区"),),
    (Cover("county", 2),),
)


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()


def test_collision_reads_as_a_sentence() -> None:
    problem = Problem(people=(Person("a", "甲", pin="1", blocked=frozenset("1")),), terms=(Term("1", "第一期"),))
    collision = RulesCollide(problem).collision
    assert Sentences(problem).collision(collision) == (
        "以下规定不能同时满足：甲（a）固定在第一期；甲（a）第一期时间冲突。改动最小的办法：取消甲（a）在第一期的固定。"
    )
    assert Sentences(problem, "en").collision(collision) == (
        "These rules cannot all hold: 甲 (a) is fixed on 第一期; 甲 (a) is not free for 第一期. "
        "The least that mends it: unpin 甲 (a) from 第一期."
    )


def test_of_very_many_rules_and_steps_some_are_named_and_the_rest_is_counted() -> None:
    people = tuple(Person(f"{number:03}", pin="1") for number in range(200))
    problem = Problem(people=people, terms=(Term("1", capacity=5), Term("2")))
    collision = RulesCollide(problem).collision
    assert (len(collision.rules), len(collision.loosening)) == (7, 195)
    told = Sentences(problem, "en").collision(collision)
    assert told.count("is fixed on") + told.count("at most 5") == 6 and "; and 1 more. Other rules" in told
    assert told.count("unpin") == 6 and told.endswith("; and 189 more.")
    assert Sentences(problem).collision(collision).endswith("；另有189处。")


def test_a_mend_of_more_than_the_named_collision_says_so() -> None:
    people = tuple(Person(key, pin="1" if key in "ab" else "2", unit="u" if key in "ab" else "v") for key in "abcd")
    covers = (Cover("u", 1), Cover("v", 1))
    problem = Problem(people=people, terms=(Term("1"), Term("2")), units=(Unit("u"), Unit("v")), covers=covers)
    collision = RulesCollide(problem).collision
    assert len(collision.loosening) == 2
    assert ". Other rules collide as well; what follows mends them all. The least" in Sentences(problem, "en").collision(
        collision
    )
    one = RulesCollide(replace(problem, covers=covers[:1])).collision
    assert "Other rules" not in Sentences(problem, "en").collision(one) and "别的规定" not in Sentences(problem).collision(one)


def test_a_term_that_is_not_held_has_no_seats_for_anybody() -> None:
    people = tuple(Person(key, unit="u") for key in "abc")
    terms = (Term("1"), Term("2", capacity=0), Term("3"))
    problem = Problem(people=people, terms=terms, units=(Unit("u"),), covers=(Cover("u", 1),), left_out=1000)
    solution = solve(problem)
    found = Explanation(problem, solution).why(solution.left_out[0]).bottleneck
    assert found is not None and (found.people, found.seats) == (3, 2)


def test_option_says_what_stands_in_the_way_the_price_and_who_moves() -> None:
    solution = solve(TWO)
    assert solution.assignment == {"a": "2", "b": "1", "c": "1"}
    explanation = Explanation(TWO, solution)
    first, second = explanation.options("a")
    assert Sentences(TWO).option(first, "2") == (
        "新城区至多2人，已有2人；名额已满（2/2人）；改到此期，总代价增加3，并需调整1人：乙（b）由第一期改到第二期"
    )
    assert Sentences(TWO).option(second, "2") == "现安排在此期"
    assert (
        Sentences(TWO, "en", known={"a"})
        .option(first, "2")
        .endswith("costs 3 more, and 1 must move: somebody of another unit from 第一期 to 第二期")
    )


def test_the_term_that_somebody_has_is_weighed_against_all_others() -> None:
    explanation = Explanation(TWO, solve(TWO))
    said = Sentences(TWO).here("a", explanation.options("a"), "2")
    assert said.startswith("现安排在此期") and said.endswith("；换到别的期，总代价至少增加3")
    two = replace(TWO, people=tuple(replace(p, prefers="1", preference_price=9) if p.key == "b" else p for p in TWO.people))
    explanation = Explanation(two, solve(two))
    assert Sentences(two).here("b", explanation.options("b"), "1").startswith("现安排在此期，正是本人意向；")
    assert Sentences(TWO).here("c", Explanation(TWO, solve(TWO)).options("c"), "1") == "现安排在此期；别的期都排不进"
    alike = Problem((Person("a", "甲"), Person("b", "乙")), (Term("1", "第一期", 1), Term("2", "第二期", 1)))
    solution = solve(alike)
    told = {
        Sentences(alike, "en").here(key, Explanation(alike, solution).options(key), str(at))
        for key, at in solution.assignment.items()
    }
    assert told == {f"is here; {name}: the same cost, but others would have to move" for name in ("第一期", "第二期")}


def test_a_term_without_places_is_said_not_to_be_held() -> None:
    shut = replace(TWO, terms=(TWO.terms[0], replace(TWO.terms[1], capacity=0)), covers=())
    solution = solve(shut)
    option = Explanation(shut, solution).options("b")[1]
    assert Sentences(shut).option(option, solution.assignment["b"]).startswith("这一期不办")


def test_no_loosening_opens_a_term_that_is_not_held() -> None:
    people = (Person("a", "甲", "n"), Person("b", "乙", "n"))
    problem = Problem(people, (Term("1", "第一期"), Term("2", "第二期", 0)), (Unit("n", "新城区"),), (Cover("n", 1),))
    (why,) = Explanation(problem, solve(problem)).left_out()
    assert why.mend is not None and [(step.kind, step.term, step.loosened) for step in why.mend.steps] == [("cover", "1", 2)]


BEGUN = Problem(
    (Person("a", "甲", "n", pin="1"), Person("b", "乙", "n", published="2"), Person("c", "丙", "n")),
    (Term("1", "第一期", 1, begun=True), Term("2", "第二期", 1)),
    (Unit("n", "新城区"),),
)


def test_nobody_left_out_is_offered_a_term_that_has_begun() -> None:
    (why,) = Explanation(BEGUN, solve(BEGUN)).left_out()
    assert why.shortage is not None and [rule.term for rule in why.shortage.limits] == ["2"]
    assert why.mend is not None and [(step.kind, step.term) for step in why.mend.steps] == [("capacity", "2")]
    assert "第一期：已开班，不再加入" in Sentences(BEGUN).left_out(why)
    assert "第一期: has begun, nobody new comes in" in Sentences(BEGUN, "en").left_out(why)


def test_a_term_that_has_begun_is_told_as_such_to_whoever_is_on_it_or_not() -> None:
    explanation = Explanation(BEGUN, solve(BEGUN))
    (here, other), words = explanation.options("a"), Sentences(BEGUN)
    assert words.here("a", (here, other), "1") == "现安排在此期，此期已开班"
    assert words.option(other, "1") == "本人所在的期已开班，不再调出；名额已满（1/1人）"
    judged = score(BEGUN, {"a": "2", "b": "1", "c": None})
    assert [words.broken(reason) for reason in judged.reasons if reason.hard] == [
        "第一期已开班，甲（a）不能再调出",
        "第一期已开班，乙（b）不能再加入",
    ]


def test_where_the_cost_counts_first_no_change_is_told_in_its_place() -> None:
    """Published places that are kept among the cheapest plans are no reason of their own."""
    people = (Person("a", "甲", published="1"), Person("b", "乙", published="2"))
    terms = (Term("1", "第一期", 1), Term("2", "第二期", 1), Term("3", "第三期"))
    away = tuple(replace(person, dearer=(("3", 7),)) for person in people)
    near = Problem(away, terms, keep_published=True)
    said = Sentences(near).here("a", Explanation(near, solve(near)).options("a"), "1")
    assert said == "现安排在此期；第二期总代价相同，但要另外调整别人"
    alone = Problem((replace(away[0], dearer=(("2", 5), ("3", 7))),), terms, keep_published=True)
    assert Sentences(alone).here("a", Explanation(alone, solve(alone)).options("a"), "1").endswith("总代价至少增加5")


def test_option_that_is_blocked_needs_no_exchange_to_say_so() -> None:
    options = Explanation(TWO, solve(TWO)).options("c")
    assert Sentences(TWO).option(options[1], "1") == "本人时间冲突"


def test_margin_says_what_one_more_and_one_fewer_would_cost() -> None:
    problem = Problem(
        tuple(Person(key, key, "county") for key in "abcd"), TERMS, TWO.units, (Cover("county", 2),), (), (Shares(price=3),)
    )
    margin = Explanation(problem, solve(problem)).margins("county")[0]
    assert Sentences(problem).margin(margin) == "第一期 2人（上限2人）：不能再多；少1人，总代价增加1003"


def test_broken_rules_are_told_with_their_figures() -> None:
    judged = score(TWO, {"a": "1", "b": "1", "c": "1"})
    assert [Sentences(TWO).broken(reason) for reason in judged.reasons if reason.hard] == [
        "第一期超员：3人，名额只有2人",
        "新城区在第一期有3人，至多2人",
    ]


def test_shortage_names_who_wants_the_places_and_what_binds() -> None:
    tied = frozenset("2")
    people = (Person("a", "甲", "n", blocked=tied), Person("b", "乙", "n"), Person("c", "丙", "n", blocked=tied))
    problem = Problem(people, TERMS, (Unit("n", "新城区"),), (Cover("n", 1, ("1",)),))
    (why,) = Explanation(problem, solve(problem)).left_out()
    assert why.shortage is not None
    assert Sentences(problem).shortage(why.shortage) == (
        "争这些席位的共2人（甲（a）、丙（c）），只排得下1人，卡在：新城区第一期至多1人。"
    )


def test_a_plan_that_is_no_best_flow_still_names_a_loosening_that_helps() -> None:
    """Two women, one bed for women a term, in counties of which the rule speaks across: the judge agrees with what is promised."""
    people = tuple(Person(key, key, "n", frozenset({"woman"})) for key in "abc")
    problem = Problem(people, TERMS, (Unit("n", "新城区"),), (Cover("n", 1),), (), (), left_out=1000)
    chosen = {"a": "1", "b": None, "c": None}
    explanation = Explanation(problem, replace(solve(problem), assignment=chosen, cost=2000, optimal=False, left_out=("b", "c")))
    why = explanation.why("b")
    assert why.mend is not None and not why.mend.cheapest
    now = loosen(problem, why.mend.steps)
    there = {**chosen, "b": why.mend.steps[0].term}
    judged = score(now, there)
    assert judged.hard == 0 and judged.soft == 2000 + why.mend.extra
    assert "一个放宽办法" in Sentences(problem).left_out(why)
    assert Sentences(problem).left_out(why).endswith("仍有1人未安排，总代价减少1000（已有这样的方案，重排不会更差）。")
    assert (
        Sentences(problem, "en")
        .left_out(why)
        .endswith("the plan costs 1000 less (there is such a plan, and planning again gives none worse).")
    )


def test_what_is_proved_of_who_is_left_out_is_proved_of_plans_that_change_as_little() -> None:
    problem = Problem((Person("a", "甲", published="1"), Person("b", "乙")), (Term("1", "第一期", 1),), fewest_changes=True)
    why = Explanation(problem, solve(problem)).why("b")
    assert "不多改动已公布的席位" in Sentences(problem).left_out(why)
    assert "gives a lower total cost. The cheapest loosening" in Sentences(problem, "en").left_out(why)


def test_a_loosening_tells_the_changes_where_they_come_before_the_cost() -> None:
    person = Person("a", "甲", blocked=frozenset("1"), published="1")
    problem = Problem((person,), (Term("1", "第一期"),), fewest_changes=True)
    why = Explanation(problem, solve(problem)).why("a")
    assert Sentences(problem).left_out(why).endswith("可多安排1人，全员排下，总代价减少1000，少改动已公布席位1个。")
    assert Sentences(problem, "en").left_out(why).endswith("the plan costs 1000 less, 1 fewer published places change.")


def test_a_loosening_that_is_not_the_cheapest_is_told_with_all_its_figures_and_exactly() -> None:
    """甲 could have a place on term 1 that is too dear; a seat more on term 2 gives the published place back, at 10 less."""
    people = (Person("a", "甲", published="2", left_out=10, dearer=(("1", 20),)), Person("b", "乙", pin="2"))
    problem = Problem(people, (Term("1", "第一期"), Term("2", "第二期", 1)), fewest_changes=True)
    mend = Explanation(problem, solve(problem)).why("a").mend
    assert mend is not None and mend.exact and not mend.cheapest
    now = solve(loosen(problem, mend.steps))
    assert (now.changes - solve(problem).changes, now.cost - solve(problem).cost) == (-1, -10)
    assert Sentences(problem).mend(mend).endswith("全员排下，总代价减少10，少改动已公布席位1个。")
    assert "everybody, and the plan costs 10 less, 1 fewer published places change." in Sentences(problem, "en").mend(mend)


def test_a_loosening_of_which_only_a_bound_is_known_tells_the_changes_too() -> None:
    mend = Mend((HardRule("capacity", "2", limit=2, loosened=3),), -10, 1, 0, cheapest=False, changes=-1, exact=False)
    told = replace(TWO, fewest_changes=True)
    assert Sentences(told).mend(mend).endswith("总代价减少10，少改动已公布席位1个（已有这样的方案，重排不会更差）。")


def test_who_is_out_for_the_price_is_told_so_and_what_a_place_would_cost() -> None:
    """甲 could have the place that 乙 keeps dearly: no limit would have to give way."""
    people = (
        Person("a", "甲", blocked=frozenset("2"), left_out=5),
        Person("b", "乙", prefers="1", preference_price=9),
    )
    problem = Problem(people, (Term("1", "第一期", 1), Term("2", "第二期")))
    (why,) = Explanation(problem, solve(problem)).left_out()
    assert why.shortage is None and why.priced is not None
    assert Sentences(problem).left_out(why) == (
        "甲（a）未安排。没有限制卡住，只看代价。排在第一期，总代价增加4，并需调整1人：乙（b）由第一期改到第二期。"
        "第一期：名额已满（1/1人）；第二期：本人时间冲突。已证明：其他人怎样调换，总代价都不会更低。"
        "一个放宽办法：请甲（a）腾出第二期的时间，可多安排1人，全员排下，总代价减少5。"
    )
    told = Sentences(problem, "en").left_out(why)
    assert "No limit binds, only the price does. With a place on 第一期, the plan costs 4 more" in told
    option = Explanation(problem, solve(problem)).options("a")[0]
    assert Sentences(problem).option(option, None).startswith("名额已满（1/1人）；排在此期，总代价增加4")


def test_who_is_out_for_the_price_is_not_told_of_a_bottleneck_and_of_each_price_once() -> None:
    """The county has three people and two places, but only 乙 wants one: for the others it is dearer than staying out."""
    dear = (("1", 5), ("2", 5))
    people = (
        Person("a", "甲", "u", left_out=0, dearer=dear),
        Person("b", "乙", "u"),
        Person("c", "丙", "u", left_out=0, dearer=dear),
    )
    problem = Problem(people, TERMS, (Unit("u", "某旗"),), (Cover("u", 1),))
    solution = solve(problem)
    taken, free = ("第一期", "第二期") if solution.assignment["b"] == "1" else ("第二期", "第一期")
    for key in ("a", "c"):
        why = Explanation(problem, solution).why(key)
        assert why.bottleneck is None
        assert Sentences(problem).left_out(why).partition("未安排。")[2] == (
            f"没有限制卡住，只看代价。排在{free}，总代价增加5。{taken}：某旗至多1人，已有1人。"
            "已证明：其他人怎样调换，总代价都不会更低。"
        )


def test_the_price_of_a_place_that_is_only_a_bound_does_not_stand_for_that_of_going_alone() -> None:
    dear = Obstacle("dear", "1", count=10)
    why = LeftOut("c", (dear,), None, False, priced=Option("1", (dear,), 5, exact=False))
    assert Sentences(TWO).left_out(why).endswith("排在第一期，总代价至少增加5。第一期：排得进，但总代价要多10。")
    known = replace(why, priced=Option("1", (dear,), 10))
    assert Sentences(TWO).left_out(known).endswith("只看代价。排在第一期，总代价增加10。")


def test_a_loosening_that_gives_the_place_to_somebody_else_says_so() -> None:
    """Of the two who are out 乙 costs more left out, so that one place more is 乙's."""
    people = (Person("a", "甲", left_out=5), Person("b", "乙", left_out=9), Person("c", "丙"))
    problem = Problem(people, (Term("1", "第一期", 1),))
    explanation = Explanation(problem, solve(problem))
    first, second = (explanation.why(key) for key in "ab")
    assert Sentences(problem).left_out(first).endswith("仍有1人未安排，总代价减少9（按此最省的方案，多安排的是别人）。")
    assert Sentences(problem, "en").left_out(first).endswith("the plan costs 9 less (in that plan the place goes to others).")
    assert Sentences(problem).left_out(second).endswith("仍有1人未安排，总代价减少9。")
    assert first.mend is not None and solve(loosen(problem, first.mend.steps)).assignment["b"] == "1"


def test_who_has_no_term_open_is_not_told_that_nothing_binds() -> None:
    problem = Problem((Person("a", "甲", blocked=frozenset("12")),), TERMS)
    assert "没有限制" not in Sentences(problem).left_out(Explanation(problem, solve(problem)).why("a"))


def test_a_bound_in_changes_is_told_as_changes_and_no_price_that_no_plan_has() -> None:
    option = Option("1", (), 5, 2, exact=False)
    told = Sentences(replace(TWO, fewest_changes=True))
    assert told.option(option, "2") == "改到此期，至少要另改动已公布席位2个"
    known = replace(option, exact=True)
    assert Sentences(TWO).option(known, "2").endswith("，另有2人与原方案不同")
    assert told.option(known, "2").endswith("，另改动已公布席位2个")
    assert Sentences(TWO).option(replace(option, changes=0, extra=-6), "2") == "改到此期，总代价至多减少6"
    assert told.here("a", [option], "2").endswith("；换到别的期，至少要另改动已公布席位2个")
