"""Round tables: some evenings, tables of a size, everybody meets as many new people as can be.

Without anything else said about the people it is the Social Golfer Problem (Harvey, problem 010 of CSPLib).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


class Misfit(ValueError):
    """The parts of a problem do not fit together; the text says which."""


@dataclass(frozen=True, slots=True)
class Person:
    """``group``: those of one group (a county, a prefecture) are not to sit together. ``away``: evenings, from 0, not there.

    ``note_taker``: practised in taking notes; where there are any, every table is to have one.
    """

    key: str
    group: str | None = None
    note_taker: bool = False
    away: frozenset[int] = frozenset()


Evening = tuple[tuple[str, ...], ...]  # Its tables, each the keys of those who sit there.


@dataclass(frozen=True, slots=True)
class Prices:
    """Of one pair that meets again, two of one group at a table, a table without note-taker, a person moved.

    The second and third are rules: they are broken only where no seating keeps them, and then as little as can be.
    """

    repeat: int = 1
    together: int = 1_000
    no_notes: int = 100
    moved: int = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """``size``: the most at one table. ``tables``: how many on every evening; None: as few as hold everybody on the fullest one.
    People are spread evenly: no table has two more than another. ``held``: evenings already over, whose
    meetings count. ``published``: a seating that people know; each who sits elsewhere costs ``prices.moved``.
    """

    people: tuple[Person, ...]
    size: int
    evenings: int
    tables: int | None = None
    held: tuple[Evening, ...] = ()
    published: tuple[Evening, ...] = ()
    prices: Prices = Prices()

    def __post_init__(self) -> None:
        if self.size < 1:
            raise Misfit("a table needs at least one seat")
        if self.evenings < 0:
            raise Misfit("fewer than no evenings")
        twice = [key for key, count in Counter(person.key for person in self.people).items() if count > 1]
        if twice:
            raise Misfit(f"person {twice[0]} is given {Counter(p.key for p in self.people)[twice[0]]} times")
        for person in self.people:
            for evening in person.away:
                if not 0 <= evening < self.evenings:
                    raise Misfit(f"person {person.key}: there is no evening {evening}")
        if len(self.published) not in (0, self.evenings):
            raise Misfit(f"{len(self.published)} evenings are published, {self.evenings} are to be planned")
        known = {person.key for person in self.people}
        for seating in (*self.held, *self.published):
            for key in (key for table in seating for key in table):
                if key not in known:
                    raise Misfit(f"a seating names {key}, who is not in the list")
        tables = self.table_count
        for evening, there in enumerate(self.attendance):
            if there > tables * self.size:
                raise Misfit(f"evening {evening + 1}: {there} people, but {tables} tables of {self.size}")

    @property
    def attendance(self) -> tuple[int, ...]:
        """How many people are there, by evening."""
        away = Counter(evening for person in self.people for evening in person.away)
        return tuple(len(self.people) - away[evening] for evening in range(self.evenings))

    @property
    def table_count(self) -> int:
        """How many tables there are on every evening."""
        if self.tables is not None:
            return self.tables
        return -(-max(self.attendance, default=0) // self.size)


@dataclass(frozen=True, slots=True)
class Solution:
    """``meetings``: pairs that meet at least once (held evenings included); ``repeats``: meetings beyond a pair's first.

    ``bound``: no seating has more ``meetings``; ``repeats_bound``, ``least``: none has fewer repeats, none costs less. ``by_rule``: cost by
    rule. ``method``: the construction, ``turning`` or ``search``; ``start`` or ``spread`` if nothing better was found than where it began.
    ``seconds`` of wall time; ``iterations``: proposals made, of the worker whose answer it is where there were more.
    """

    evenings: tuple[Evening, ...]
    meetings: int
    repeats: int
    bound: int
    repeats_bound: int
    cost: int
    least: int
    by_rule: Mapping[str, int]
    method: str
    optimal: bool
    seconds: float
    iterations: int
