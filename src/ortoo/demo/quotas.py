"""Quotas of the next rotation: passed on to every prefecture, in one of them down to its counties, and partly filled."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from ortoo.demo.said import said
from ortoo.kernel import clock
from ortoo.participation.domain.candidate import confirm, propose
from ortoo.participation.domain.quota import Share, pass_on, set_deadlines, set_total
from ortoo.participation.domain.quota_request import ask_for_more
from ortoo.participation.quotas.models import Candidate, Quota
from ortoo.participation.quotas.queries import people_to_propose
from ortoo.people.models import Account, Role, Unit
from ortoo.programmes.models import Programme

SPARE = 12
LEFT_OPEN = 2


def give_quotas(programme: Programme, accounts: dict[str, Account]) -> None:
    """As many as the returns have named, and a few more; the county's clerk has two left to put forward and asks for one."""
    organiser, clerk, county = accounts["organiser"], accounts["clerk"], accounts["county"]
    paths = list(programme.nominations.values_list("person__unit__path", flat=True))
    total = set_total(programme, None, len(paths) + SPARE, by=organiser)
    own = _unit_of(clerk)
    pass_on(total, _shares(Unit.objects.filter(kind=Unit.Kind.PREFECTURE), paths, own), by=organiser)
    held = Quota.objects.get(programme=programme, unit=own)
    pass_on(held, _shares(own.children.all(), paths, None), by=clerk)
    now = clock.now()
    set_deadlines(programme, now + timedelta(days=10), now + timedelta(days=24), by=organiser)
    _fill(held, _unit_of(county), organiser, clerk, county)


def _fill(held: Quota, own: Unit, organiser: Account, clerk: Account, county: Account) -> None:
    """The prefecture puts its counties' people forward and the organiser confirms them; one county does so itself."""
    approved: list[Candidate] = []
    for quota in held.below.exclude(unit=own).select_related("unit", "programme"):
        people = list(people_to_propose(quota, returned=True))
        approved += propose(quota, people, standing=Candidate.State.APPROVED, by=clerk)
    confirm(approved, by=organiser)
    quota = held.below.select_related("unit", "programme").get(unit=own)
    people = list(people_to_propose(quota, returned=True))[:-LEFT_OPEN]
    propose(quota, people, standing=Candidate.State.PROPOSED, by=county)
    ask_for_more(quota, 1, said()["quota"]["reason"], by=county)


def _shares(units: Iterable[Unit], paths: list[str], favoured: Unit | None) -> dict[Unit, Share]:
    counts = Counter({unit: sum(unit.holds(path) for path in paths) for unit in units})
    if favoured:
        counts[favoured] += LEFT_OPEN
    return {unit: Share(count) for unit, count in counts.items()}


def _unit_of(clerk: Account) -> Unit:
    role = clerk.roles.select_related("unit").get(kind=Role.Kind.CLERK)
    assert role.unit is not None, "a clerk has a unit"
    return role.unit
