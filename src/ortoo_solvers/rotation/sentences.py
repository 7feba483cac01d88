"""Explanations in words, Chinese ("zh") and English ("en"), with the problem's own names of people, units and terms.

Without Django, so that the shell and notebooks have them too; a page may as well word the same parts itself.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ortoo_solvers.rotation.collision import Collision, HardRule
from ortoo_solvers.rotation.explain import Bottleneck, LeftOut, Obstacle, Option
from ortoo_solvers.rotation.figures import Figures
from ortoo_solvers.rotation.margins import Margin
from ortoo_solvers.rotation.problem import Problem
from ortoo_solvers.rotation.residual import Move
from ortoo_solvers.rotation.score import Reason
from ortoo_solvers.rotation.shortage import Mend, Shortage
from ortoo_solvers.rotation.ways import There
from ortoo_solvers.rotation.words import CLASSES, WORDS

# So many people, rules and steps are named one by one; of more the number is told.
NAMED = 6


@dataclass(slots=True)
class Sentences:
    """``classes``: words for classes other than those of rules files. ``known``: whom the reader may know by name;
    None for everybody."""

    problem: Problem
    language: str = "zh"
    classes: Mapping[str, str] = field(default_factory=dict)
    known: Container[str] | None = None
    _words: Mapping[str, str] = field(init=False)
    _names: dict[tuple[str, str], str] = field(init=False)
    _figures: Figures = field(init=False)

    def __post_init__(self) -> None:
        self._words = WORDS[self.language]
        self._figures = Figures(self._words, self.problem.fewest_changes)
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
        elif why.shortage is not None:
            parts.append(self.shortage(why.shortage))
        if why.priced is not None:
            parts.append(words["priced"].format(term=self._names["term", why.priced.term], cost=self._price(why.priced)))
        said = why.priced.term if why.priced is not None and why.priced.exact else None
        if reasons := self._by_reason(each for each in why.obstacles if (each.kind, each.term) != ("dear", said)):
            parts.append(words["clauses"].join(reasons) + words["end"])
        parts.append(words["proved_told" if self.problem.fewest_changes else "proved"] if why.optimal else "")
        parts.append(self.mend(why.mend) if why.mend is not None else "")
        return "".join(parts).strip()

    def broken(self, reason: Reason) -> str:
        """A hard rule that a plan breaks, as the judge counts it."""
        return self._words[f"broken_{reason.kind}"].format(
            term=self._names["term", reason.term or ""],
            person=self._person(reason.person) if reason.person else "",
            group=self._group(reason.unit, reason.class_),
            limit=reason.limit,
            count=reason.count,
        )

    def shortage(self, shortage: Shortage) -> str:
        """Who wants the same places, and the limits that let so few of them in."""
        limits: dict[tuple[str, str | None, str | None, int], list[str]] = {}
        for rule in shortage.limits:
            limits.setdefault((rule.kind, rule.unit, rule.class_, rule.limit or 0), []).append(self._names["term", rule.term])
        said = [self._limit(*key, terms) for key, terms in limits.items()]
        names, words = self._people(shortage.people), self._words
        return words["shortage"].format(
            people=len(shortage.people), names=names, seats=shortage.seats, limits=self._clauses(said)
        )

    def _limit(self, kind: str, unit: str | None, class_: str | None, limit: int, terms: list[str]) -> str:
        group = self._group(unit, class_) if unit or class_ else ""
        key = "limit_least" if kind == "class_at_least" else "limit_of" if group else "limit"
        return self._words[key].format(group=group, terms=self._list(terms), limit=limit)

    def mend(self, mend: Mend) -> str:
        """A loosening and its effect on the whole plan."""
        words = self._words
        rest = words["still_out"].format(count=mend.still_out) if mend.still_out else words["all_placed"]
        steps = self._clauses([self.step(rule) for rule in mend.steps])
        placed = words["placed"].format(placed=mend.placed, rest=rest) if mend.placed > 0 else ""
        change = self._figures.change(mend.extra, mend.changes) + ("" if mend.exact else words["or_better"])
        change += words["others"] if mend.others and mend.placed > 0 else ""
        template = words["mended" if mend.cheapest else "mended_some"]
        return template.format(steps=steps, placed=placed, change=change)

    def option(self, option: Option, here: str | None) -> str:
        """What it would mean to have a person, who is on ``here``, on a term: what stands in the way, the price, who moves."""
        words = self._words
        hard = [self.obstacle(obstacle) for obstacle in option.obstacles if obstacle.kind != "dear"]
        parts = list(dict.fromkeys(hard))[:2]
        if option.term == here:
            return words["here"]
        if option.extra is None:
            own = any(obstacle.kind in ("blocked", "pin", "begun", "stays") for obstacle in option.obstacles)
            return words["clauses"].join([*parts, *([] if own else [words["never"]])])
        going = words["going_in" if here is None else "going"].format(cost=self._price(option))
        return words["clauses"].join([*parts, going])

    def here(self, key: str, options: Sequence[Option], here: str) -> str:
        """Why somebody is on the term that they are on, as against all others."""
        words, person = self._words, next(each for each in self.problem.people if each.key == key)
        said = words["here"]
        if person.pin == here:
            return said + words["here_begun" if here in self.problem.begun else "here_pinned"]
        if person.prefers is not None:
            wished = words["here_else"].format(term=self._names["term", person.prefers])
            said += words["here_wished"] if person.prefers == here else wished
        others = [option for option in options if option.term != here and option.extra is not None]
        fewest = self.problem.fewest_changes
        priced = [(option.changes if fewest else 0, option.extra or 0, option) for option in others]
        changes, least = min((price[:2] for price in priced), default=(0, None))
        if least is None:
            return said + words["here_only"]
        if changes > 0 or (changes == 0 < least):
            return said + words["here_best"].format(cost=self._figures.cost(There(least, changes, exact=False)))
        same = [option for *price, option in priced if price == [0, 0] == [changes, least] and option.exact]
        alike = words["here_others" if all(option.moves for option in same) else "here_same"]
        return (
            said + alike.format(terms=words["list"].join(self._names["term", option.term] for option in same)) if same else said
        )

    def _price(self, option: Option) -> str:
        words = self._words
        said = self._figures.cost(There(option.extra or 0, option.changes, option.exact))
        if option.exact and option.changes > 0 and not self.problem.fewest_changes:
            said += words["changes_near"].format(changes=option.changes)
        if option.moves:
            moves = words["list"].join(self.move(move) for move in option.moves[:NAMED])
            more = words["and_more"].format(names=moves, count=len(option.moves)) if len(option.moves) > NAMED else moves
            said += words["moves"].format(count=len(option.moves), moves=more)
        return said

    def move(self, move: Move) -> str:
        """One person from one term to another."""
        from_, to = (self._names["term", key] if key is not None else self._words["nowhere"] for key in (move.from_, move.to))
        return self._words["move"].format(person=self._person(move.person), from_=from_, to=to)

    def margin(self, margin: Margin) -> str:
        """A unit's number on a term, and what one more and one fewer would cost."""
        words = self._words
        said = words["margin"].format(term=self._names["term", margin.term], count=margin.count)
        said += words["margin_limit"].format(limit=margin.limit) if margin.limit is not None else ""
        more, fewer = (words[key] for key in ("margin_more", "margin_fewer"))
        parts = [
            words["margin_full"] if margin.more is None else more.format(cost=self._figures.cost(margin.more)),
            words["margin_least"] if margin.fewer is None else fewer.format(cost=self._figures.cost(margin.fewer)),
        ]
        if margin.eased is not None:
            parts.append(words["margin_eased"].format(cost=self._figures.cost(margin.eased)))
        return words["terms"].format(terms=said, why=words["clauses"].join(parts))

    def _person(self, key: str) -> str:
        return self._names["person", key] if self.known is None or key in self.known else self._words["somebody"]

    def _people(self, keys: Sequence[str]) -> str:
        names = self._words["list"].join(dict.fromkeys(self._person(key) for key in keys[:NAMED]))
        return self._words["and_more"].format(names=names, count=len(keys)) if len(keys) > NAMED else names

    def obstacle(self, obstacle: Obstacle) -> str:
        group = self._group(obstacle.unit, obstacle.class_)
        if obstacle.kind == "capacity" and obstacle.limit == 0:
            return self._words["closed"]
        return self._words[obstacle.kind].format(group=group, limit=obstacle.limit, count=obstacle.count)

    def collision(self, collision: Collision) -> str:
        words = self._words
        rules = self._clauses([self.rule(rule) for rule in collision.rules])
        steps = self._clauses([self.step(rule) for rule in collision.loosening])
        named = {(rule.kind, rule.term, rule.person, rule.unit, rule.class_) for rule in collision.rules}
        others = any((step.kind, step.term, step.person, step.unit, step.class_) not in named for step in collision.loosening)
        more = words["collide_more"] if others else ""
        return words["collide"].format(rules=rules) + more + words["mend"].format(steps=steps)

    def rule(self, rule: HardRule) -> str:
        enough = rule.kind in ("minimum", "class_at_least") and (rule.count or 0) >= (rule.limit or 0)
        return self._fill(f"rule_{rule.kind}{'_enough' if enough else ''}", rule)

    def step(self, rule: HardRule) -> str:
        """One step of a loosening, as an instruction."""
        return self._fill(f"step_{rule.kind}", rule)

    def _fill(self, template: str, rule: HardRule) -> str:
        return self._words[template].format(
            term=self._names["term", rule.term],
            person=self._person(rule.person) if rule.person else "",
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

    def _clauses(self, said: Sequence[str]) -> str:
        """The first few, and how many more there are."""
        more = [self._words["more_clauses"].format(count=len(said) - NAMED)] if len(said) > NAMED else []
        return self._words["clauses"].join([*said[:NAMED], *more])

    def _list(self, terms: list[str]) -> str:
        words, number = self._words, len(self.problem.terms)
        return words["every"] if len(terms) == number > 1 else words["list"].join(terms)

    def _group(self, unit: str | None, class_: str | None) -> str:
        class_word = self.classes.get(class_, CLASSES[self.language].get(class_, class_)) if class_ else ""
        if unit is None:
            return class_word or self._words["everybody"]
        unit_name = self._names["unit", unit]
        return self._words["of"].format(unit=unit_name, class_=class_word) if class_word else unit_name
