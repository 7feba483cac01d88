"""Explanations in words, Chinese ("zh") and English ("en"), with the problem's own names of people, units and terms.

Without Django, so that the shell and notebooks have them too; a page may as well word the same parts itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ortoo_solvers.rotation.collision import Collision, HardRule
from ortoo_solvers.rotation.explain import Bottleneck, LeftOut, Obstacle
from ortoo_solvers.rotation.problem import Problem

CLASSES = {
    "zh": {"woman": "女学员", "man": "男学员", "sole_charge": "主持工作的人员"},
    "en": {"woman": "women", "man": "men", "sole_charge": "people in sole charge"},
}
_ZH = {
    "everybody": "全体人员",
    "list": "、",
    "every": "各期",
    "person": "{name}（{key}）",
    "clauses": "；",
    "of": "{unit}的{class_}",
    "left_out": "{person}未安排。",
    "bottleneck": "{group}共{people}人，各期合计只排得下{seats}人。",
    "terms": "{terms}：{why}",
    "end": "。",
    "proved": "已证明：其他人怎样调换，总代价都不会更低。",
    "blocked": "本人时间冲突",
    "pin": "本人已固定在别的期",
    "capacity": "名额已满（{count}/{limit}人）",
    "cover": "{group}至多{limit}人，已有{count}人",
    "class_at_most": "{group}至多{limit}人，已有{count}人",
    "minimum": "原来那一期至少要{limit}人，走不开",
    "class_at_least": "原来那一期{group}至少要{limit}人，走不开",
    "dear": "排得进，但总代价要多{count}",
    "collide": "以下规定不能同时满足：{rules}。",
    "mend": "改动最小的办法：{steps}。",
    "rule_minimum": "{term}至少{limit}人（能参加的只有{count}人）",
    "rule_minimum_enough": "{term}至少{limit}人",
    "rule_class_at_least": "{term}{group}至少{limit}人（能参加的只有{count}人）",
    "rule_class_at_least_enough": "{term}{group}至少{limit}人",
    "rule_capacity": "{term}至多{limit}人",
    "rule_class_at_most": "{term}{group}至多{limit}人",
    "rule_cover": "{group}在{term}至多{limit}人",
    "rule_pin": "{person}固定在{term}",
    "rule_blocked": "{person}{term}时间冲突",
    "step_minimum": "{term}的最低人数由{limit}降到{loosened}",
    "step_class_at_least": "{term}{group}的最低人数由{limit}降到{loosened}",
    "step_capacity": "{term}的名额由{limit}增到{loosened}",
    "step_class_at_most": "{term}{group}的上限由{limit}提到{loosened}",
    "step_cover": "{group}在{term}的上限由{limit}提到{loosened}",
    "step_pin": "取消{person}在{term}的固定",
    "step_blocked": "请{person}腾出{term}的时间",
}
_EN = {
    "everybody": "everybody",
    "list": ", ",
    "every": "every term",
    "person": "{name} ({key})",
    "clauses": "; ",
    "of": "{class_} of {unit}",
    "left_out": "{person} has no place. ",
    "bottleneck": "{group}: {people} people, but all terms together have room for only {seats}. ",
    "terms": "{terms}: {why}",
    "end": ". ",
    "proved": "Proved: no exchange among the others gives a lower total cost.",
    "blocked": "not free on these dates",
    "pin": "fixed on another term",
    "capacity": "full ({count} of {limit})",
    "cover": "of {group} at most {limit} a term, {count} are there",
    "class_at_most": "at most {limit} {group}, {count} are there",
    "minimum": "the term left behind needs at least {limit} people",
    "class_at_least": "the term left behind needs at least {limit} {group}",
    "dear": "possible, but the plan would cost {count} more",
    "collide": "These rules cannot all hold: {rules}. ",
    "mend": "The least that mends it: {steps}.",
    "rule_minimum": "at least {limit} people on {term} (only {count} can come)",
    "rule_minimum_enough": "at least {limit} people on {term}",
    "rule_class_at_least": "at least {limit} {group} on {term} (only {count} can come)",
    "rule_class_at_least_enough": "at least {limit} {group} on {term}",
    "rule_capacity": "at most {limit} people on {term}",
    "rule_class_at_most": "at most {limit} {group} on {term}",
    "rule_cover": "of {group} at most {limit} on {term}",
    "rule_pin": "{person} is fixed on {term}",
    "rule_blocked": "{person} is not free for {term}",
    "step_minimum": "lower the minimum of {term} from {limit} to {loosened}",
    "step_class_at_least": "lower the minimum of {group} on {term} from {limit} to {loosened}",
    "step_capacity": "raise the capacity of {term} from {limit} to {loosened}",
    "step_class_at_most": "allow {loosened} {group} on {term} instead of {limit}",
    "step_cover": "allow {loosened} of {group} on {term} instead of {limit}",
    "step_pin": "unpin {person} from {term}",
    "step_blocked": "free {person} for {term}",
}
WORDS = {"zh": _ZH, "en": _EN}


@dataclass(slots=True)
class Sentences:
    """``classes``: words for classes other than those of rules files."""

    problem: Problem
    language: str = "zh"
    classes: Mapping[str, str] = field(default_factory=dict)
    _words: Mapping[str, str] = field(init=False)
    _names: dict[tuple[str, str], str] = field(init=False)

    def __post_init__(self) -> None:
        self._words = WORDS[self.language]
        self._names = {("term", term.key): term.name or term.key for term in self.problem.terms}
        self._names |= {("unit", unit.key): unit.name or unit.key for unit in self.problem.units}
        for person in self.problem.people:
            self._names["person", person.key] = (
                self._words["person"].format(name=person.name, key=person.key) if person.name else person.key
            )

    def left_out(self, why: LeftOut) -> str:
        """Who, the bottleneck if there is one, and what stands in the way on each term."""
        words = self._words
        parts = [words["left_out"].format(person=self._names["person", why.person])]
        if why.bottleneck is not None:
            parts.append(self._bottleneck(why.bottleneck))
        if why.obstacles:
            parts.append(words["clauses"].join(self._by_reason(why.obstacles)) + words["end"])
        return "".join([*parts, words["proved"] if why.optimal else ""]).strip()

    def obstacle(self, obstacle: Obstacle) -> str:
        group = self._group(obstacle.unit, obstacle.class_)
        return self._words[obstacle.kind].format(group=group, limit=obstacle.limit, count=obstacle.count)

    def collision(self, collision: Collision) -> str:
        words = self._words
        rules = words["clauses"].join(self.rule(rule) for rule in collision.rules)
        steps = words["clauses"].join(self.step(rule) for rule in collision.loosening)
        return words["collide"].format(rules=rules) + words["mend"].format(steps=steps)

    def rule(self, rule: HardRule) -> str:
        enough = rule.kind in ("minimum", "class_at_least") and (rule.count or 0) >= (rule.limit or 0)
        return self._fill(f"rule_{rule.kind}{'_enough' if enough else ''}", rule)

    def step(self, rule: HardRule) -> str:
        """One step of a loosening, as an instruction."""
        return self._fill(f"step_{rule.kind}", rule)

    def _fill(self, template: str, rule: HardRule) -> str:
        return self._words[template].format(
            term=self._names["term", rule.term],
            person=self._names["person", rule.person] if rule.person else "",
            group=self._group(rule.unit, rule.class_),
            limit=rule.limit,
            count=rule.count,
            loosened=rule.loosened,
        )

    def _bottleneck(self, found: Bottleneck) -> str:
        group = self._group(found.unit, found.class_)
        return self._words["bottleneck"].format(group=group, people=found.people, seats=found.seats)

    def _by_reason(self, obstacles: Iterable[Obstacle]) -> list[str]:
        """Terms with the same obstacle in one clause; of a term's obstacles the first, the nearest to the person."""
        first: dict[str, Obstacle] = {}
        for obstacle in obstacles:
            first.setdefault(obstacle.term, obstacle)
        terms: dict[str, list[str]] = {}
        for term, obstacle in first.items():
            terms.setdefault(self.obstacle(obstacle), []).append(self._names["term", term])
        return [self._words["terms"].format(terms=self._list(names), why=why) for why, names in terms.items()]

    def _list(self, terms: list[str]) -> str:
        words, number = self._words, len(self.problem.terms)
        return words["every"] if len(terms) == number > 1 else words["list"].join(terms)

    def _group(self, unit: str | None, class_: str | None) -> str:
        class_word = self.classes.get(class_, CLASSES[self.language].get(class_, class_)) if class_ else ""
        if unit is None:
            return class_word or self._words["everybody"]
        unit_name = self._names["unit", unit]
        return self._words["of"].format(unit=unit_name, class_=class_word) if class_word else unit_name
