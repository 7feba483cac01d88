"""People whom the rules cannot tell apart, brought together.

A pool: people of the same groups who may go on the same terms. Within a pool a kind: people with the same
prices. A person's price is the same on all terms but the one preferred and the one published; so a kind goes
either *through* its pool, at its base price, to any term, or *directly* to one of those terms, at a saving.
This is exact: who gets a preferred term through the pool is charged too much, but no best plan does that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ortoo_solvers.core.random import stream
from ortoo_solvers.rotation.groups import Group, gather_groups
from ortoo_solvers.rotation.problem import Person, Problem


@dataclass(slots=True)
class Pool:
    """``groups``: places in Compact.groups, everybody left out. ``terms``: places of the terms that are
    open."""

    groups: tuple[int, ...]
    terms: tuple[int, ...]
    may_stay_out: bool
    size: int = 0


@dataclass(frozen=True, slots=True)
class Price:
    """What the organiser's prices say, and how many published places are changed."""

    cost: int
    changes: int


@dataclass(slots=True)
class Kind:
    """``members``: places in Compact.people. ``direct``: term to its price; ``base``: price of all other
    terms."""

    pool: int
    base: Price
    direct: dict[int, Price]
    out: Price
    members: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Compact:
    problem: Problem
    people: list[Person]
    groups: list[Group]
    pools: list[Pool]
    kinds: list[Kind]

    def lone(self) -> Iterator[Kind]:
        """Kinds that have nowhere to go: pinned to a term that is blocked."""
        return (k for k in self.kinds if not self.pools[k.pool].terms and not self.pools[k.pool].may_stay_out)


@dataclass(slots=True)
class Draft:
    """How many of each pool go through it to each term, of each kind directly, and of each kind stay out."""

    through: list[tuple[int, int, int]]
    direct: list[tuple[int, int, int]]
    out: list[tuple[int, int]]


def pool_people(problem: Problem, seed: int = 0) -> Compact:
    """Independent of the order of people in the problem; ``seed`` other than 0 shuffles equals."""
    groups, circles = gather_groups(problem)
    places = {group.key: place for place, group in enumerate(groups) if place}
    columns, begun = {term.key: place for place, term in enumerate(problem.terms)}, problem.begun
    people = sorted(problem.people, key=lambda person: person.key)
    if seed:
        stream(seed, "rotation").shuffle(people)
    compact = Compact(problem, people, groups, [], [])
    pools: dict[tuple[tuple[int, ...], tuple[int, ...], bool], int] = {}
    kinds: dict[tuple[int, tuple[object, ...]], Kind] = {}
    for place, person in enumerate(people):
        of_groups = tuple(places[key] for key in circles.of(person) if key in places)
        terms = open_terms(person, columns, begun)
        pool_key = of_groups, terms, person.pin is None
        pool = pools.setdefault(pool_key, len(pools))
        if pool == len(compact.pools):
            compact.pools.append(Pool(*pool_key))
        compact.pools[pool].size += 1
        prices = _prices(person, problem.left_out)
        kind = kinds.get((pool, prices))
        if kind is None:
            kind = kinds[pool, prices] = _kind(pool, person, problem, columns, terms)
            compact.kinds.append(kind)
        kind.members.append(place)
    return compact


def open_terms(person: Person, columns: dict[str, int], begun: frozenset[str]) -> tuple[int, ...]:
    """Places of the terms that pin, blocked days and terms that have begun leave to a person."""
    if person.pin is not None:
        return () if person.pin in person.blocked else (columns[person.pin],)
    closed = person.blocked | begun
    return tuple(place for key, place in columns.items() if key not in closed) if closed else tuple(columns.values())


def _prices(person: Person, left_out: int) -> tuple[object, ...]:
    return (
        person.preference_price and person.prefers,
        person.prefers and person.preference_price,
        person.published,
        person.published and person.change_price,
        left_out if person.left_out is None else person.left_out,
        person.dearer,
    )


def _kind(pool: int, person: Person, problem: Problem, columns: dict[str, int], terms: Iterable[int]) -> Kind:
    """``base`` is the dearest that any term can be: who goes through the pool pays it wherever it leads, so only cheaper terms have a
    price of their own."""
    missed = person.preference_price if person.prefers is not None else 0
    told = person.published is not None
    change = person.change_price if told else 0
    dearer = dict(person.dearer)
    most = max(dearer.values(), default=0)
    base = Price(missed + change + most, int(told))
    direct: dict[int, Price] = {}
    for key in columns if most else (person.prefers, person.published):
        if key is not None and columns[key] in terms:
            cost = missed * (key != person.prefers) + change * (key != person.published) + dearer.get(key, 0)
            direct[columns[key]] = Price(cost, int(told and key != person.published))
    direct = {term: price for term, price in direct.items() if price != base}
    left_out = problem.left_out if person.left_out is None else person.left_out
    return Kind(pool, base, direct, Price(left_out + change, int(told)))


def price_of(problem: Problem, person: Person, term: str | None) -> Price:
    """What the person alone costs on ``term`` (None: left out): wish, needs, published place, having no place."""
    left_out = problem.left_out if person.left_out is None else person.left_out
    missed = person.preference_price if person.prefers not in (None, term) else 0
    here = missed + next((price for key, price in person.dearer if key == term), 0)
    changed = person.published not in (None, term)
    return Price((left_out if term is None else here) + person.change_price * changed, int(changed))


def change_weight(compact: Compact) -> int:
    """More than any plan can cost: a change weighs more than all prices together."""
    worst = sum(
        len(kind.members) * max(kind.base.cost, kind.out.cost, *(p.cost for p in kind.direct.values())) for kind in compact.kinds
    )
    for group in compact.groups:
        steep = sum(price * max(low, group.size) for low, _, price in group.bends)
        worst += len(group.high) * (steep + group.gather)
    return worst + 1


def seat(compact: Compact, draft: Draft) -> dict[str, str | None]:
    """Names to numbers: a plan, person by person, in the order of the problem's people."""
    keys = [term.key for term in compact.problem.terms]
    waiting = [list(reversed(kind.members)) for kind in compact.kinds]
    found: dict[str, str | None] = {}
    for kind, number in draft.out:
        for _ in range(number):
            found[compact.people[waiting[kind].pop()].key] = None
    for kind, term, number in draft.direct:
        for _ in range(number):
            found[compact.people[waiting[kind].pop()].key] = keys[term]
    in_pool: list[list[int]] = [[] for _ in compact.pools]
    for kind_left, left in zip(compact.kinds, waiting, strict=True):
        in_pool[kind_left.pool].extend(left)
    for queue in in_pool:
        queue.sort(reverse=True)
    for pool, term, number in draft.through:
        for _ in range(number):
            found[compact.people[in_pool[pool].pop()].key] = keys[term]
    return {person.key: found[person.key] for person in compact.problem.people}
