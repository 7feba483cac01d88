"""The gap: how many people lack which module, in all and on each term."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ortoo.learning.models import Curriculum, Module
from ortoo.learning.sharing import share_hours
from ortoo.participation.models import Nomination
from ortoo.participation.queries import nominations_visible_to
from ortoo.people.models import Account
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.permissions import may_host


@dataclass
class Group:
    """Some people: how many, how many of them said what they lack, and how many lack each module."""

    people: int = 0
    said: int = 0
    lacking: Counter[str] = field(default_factory=Counter)

    def add(self, needs: Sequence[str]) -> None:
        """Count one more person."""
        self.people += 1
        self.said += bool(needs)
        self.lacking.update(set(needs))


@dataclass(frozen=True)
class Gap:
    """All the people whom the account sees, and those with a place on each term, by the term's number."""

    everybody: Group
    terms: dict[int, Group]


@dataclass(frozen=True)
class Taught:
    """What a term should teach of one module: `lacking` people of it lack it, `hours` of which `least` in any case."""

    name: str
    lacking: int
    least: int
    hours: int


def gap_of(programme: Programme, account: Account) -> Gap:
    """The gap over everybody for organisers and hosts, over their own people for clerks; names nobody; two queries."""
    rows = Nomination.objects.filter(programme=programme)
    if not may_host(account, programme):
        rows = nominations_visible_to(account).filter(programme=programme)
    places = dict(programme.places.values_list("person_id", "leg__ordinal"))
    gap = Gap(Group(), {})
    for person, needs in rows.values_list("person_id", "needs"):
        gap.everybody.add(needs)
        if person in places:
            gap.terms.setdefault(places[person], Group()).add(needs)
    return gap


def taught_on(programme: Programme, leg: Leg) -> tuple[Group, list[Taught]]:
    """The term's people and its hours by module, weighted by how many of them lack each; four queries.

    Before anybody has a place on it, everybody nominated counts.
    """
    here = programme.places.filter(leg=leg).values("person_id")
    rows = programme.nominations.all()
    if programme.places.exists():
        rows = rows.filter(person__in=here)
    group = Group()
    for needs in rows.values_list("needs", flat=True):
        group.add(needs)
    return group, hours_by_module(programme, modules_of(programme), group)


def hours_by_module(programme: Programme, modules: Sequence[Module], group: Group) -> list[Taught]:
    """The hours of a term shared out for these people."""
    least = {module.name: module.least for module in modules}
    hours = share_hours(hours_of(programme), least, {name: group.lacking[name] for name in least})
    return [Taught(name, group.lacking[name], least[name], hours[name]) for name in least]


def modules_of(programme: Programme) -> list[Module]:
    """In the organiser's order."""
    return list(programme.modules.all())


def hours_of(programme: Programme) -> int:
    """Lesson hours of a term; 0 while nobody has said."""
    return Curriculum.objects.filter(programme=programme).values_list("hours", flat=True).first() or 0
