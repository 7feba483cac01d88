"""A rotation: people, terms, the tree of units and the rules; and a plan for it.

Everybody gets exactly one term or is left out at a price. Keys are text, unique among their kind; names are
only for messages. All prices are whole numbers of zero or more, so that costs and bounds are exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ortoo_solvers.rotation.check import check_problem


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the tree of units; ``parent`` None for a root."""

    key: str
    name: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """``capacity`` None: no limit. ``minimum``: fewer people than that are not allowed on the term. ``begun``: what stands
    on it stands, whatever other rules say: on it are those who are pinned to it, and nobody else."""

    key: str
    name: str = ""
    capacity: int | None = None
    minimum: int = 0
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """``unit``: the lowest unit of the person. ``blocked``: terms that are out of the question.

    ``prefers``: another term than this costs ``preference_price`` (being left out does not: that has its own
    price). ``dearer``: what being on a term costs besides, term by term, as where it does not teach what the person
    lacks. ``pin``: this term and no other. ``published``: the term told to the person; anything else, being
    left out too, is a change and costs ``change_price``. ``left_out``: price of having no place, None for the
    problem's.
    """

    key: str
    name: str = ""
    unit: str | None = None
    classes: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    prefers: str | None = None
    preference_price: int = 0
    pin: str | None = None
    published: str | None = None
    change_price: int = 0
    left_out: int | None = None
    dearer: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """Of the people of ``unit`` (all below it included) at most ``at_most`` on one term; ``terms`` None: on
    each."""

    unit: str
    at_most: int
    terms: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ClassLimit:
    """Of a class, within ``unit`` or everywhere, at least and at most so many on each of the terms.

    ``family`` names the rule in the words of whoever wrote it (``women_beds``); it only shows in reasons.
    """

    class_: str
    unit: str | None = None
    terms: tuple[str, ...] | None = None
    at_least: int = 0
    at_most: int | None = None
    family: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """Equal shares: each person by which a group's number on a term is below ``low`` or above ``high`` costs
    ``price``.

    The group: the people of ``unit`` (None: everywhere) and of ``class_`` (None: all). ``low`` None means
    floor(n / T), ``high`` None means ceil(n / T), n the size of the group, placed or not, and T the number
    of terms.
    """

    unit: str | None = None
    price: int = 1
    low: int | None = None
    high: int | None = None
    class_: str | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """Travelling together: each term that a group uses beyond its first costs ``price``; group as in
    Shares."""

    unit: str | None = None
    price: int = 1
    class_: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Raises Misfit (a ValueError) where keys are double or unknown, or numbers are out of range.

    ``fewest_changes``: first as few published places changed as possible, then the lowest cost. ``keep_published``: of
    the plans of the lowest cost one that changes few published places (the fewest, where the flow alone settles it).
    """

    people: tuple[Person, ...]
    terms: tuple[Term, ...]
    units: tuple[Unit, ...] = ()
    covers: tuple[Cover, ...] = ()
    class_limits: tuple[ClassLimit, ...] = ()
    shares: tuple[Shares, ...] = ()
    together: tuple[Together, ...] = ()
    left_out: int = 1000
    fewest_changes: bool = False
    keep_published: bool = False

    def __post_init__(self) -> None:
        check_problem(self)

    @property
    def begun(self) -> frozenset[str]:
        """Keys of the terms that have begun."""
        return frozenset(term.key for term in self.terms if term.begun)


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan that keeps every hard rule.

    ``assignment``: person's key to term's key, None when left out; everybody is in it. ``bound``: no plan can
    cost less; ``optimal`` when the cost is proved lowest. With ``fewest_changes`` the bound and the proof
    speak of the plans with the fewest changes, and ``changes_bound`` of these. ``engine``: "flow" or "mip", whichever
    proved or found it; "start" if it is no more than where the search began. ``counts``: people on each term. ``seconds``: wall time of solve().
    """

    assignment: Mapping[str, str | None]
    cost: int
    bound: int
    optimal: bool
    engine: str
    seconds: float
    counts: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    changes: int = 0
    changes_bound: int = 0
