"""A rotation with the 1,101 people of the demo region, nominated through the verbs."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from tests.participation.dorm.house import Dorm, build_dorm

from ortoo.intake.reading.directory import read_directory
from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Account, Person, Role, Unit
from ortoo.planning.domain.rules import take_rules
from ortoo.planning.rulesfile import read_rules
from ortoo.programmes.domain.programme import change_state, start_programme
from ortoo.programmes.models import Programme

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"


@pytest.fixture
def rotation(db: None) -> Programme:
    """The rotation of rules.toml, open, everybody nominated."""
    return build_rotation()


def build_rotation(most: int = 2000) -> Programme:
    """The same with at most so many people."""
    found = read_directory((ROSTERS / "units.xlsx").read_bytes(), "units.xlsx")
    record_units([UnitDraft(u.code, u.name, u.kind, u.parent, u.lon, u.lat) for u in found.units.values()], by=SYSTEM)
    programme = start_programme("2023年度轮训", unit=Unit.objects.get(code="150000"), base=None, by=SYSTEM)
    take_rules(programme, read_rules((ROSTERS / "rules.toml").read_bytes()), by=SYSTEM)
    _nominate(programme, json.loads((ROSTERS / "truth.json").read_text())["people"][:most])
    change_state(programme, Programme.State.OPEN, by=SYSTEM)
    if connection.vendor == "postgresql":
        # Outside tests autovacuum counts the rows; here they are never committed, and it only ever sees empty tables.
        connection.cursor().execute("ANALYZE unit, person, nomination")
    return programme


def _nominate(programme: Programme, people: list[dict]) -> None:
    units = dict(Unit.objects.values_list("code", "pk"))
    names = ("staff_no", "name", "sex", "post", "phone", "language", "diet")
    record_persons([PersonDraft(unit_id=units[p["unit"]], **{n: p[n] for n in names}) for p in people], by=SYSTEM)
    persons = {person.staff_no: person for person in Person.objects.select_related("unit")}
    drafts = [NominationDraft(persons[p["staff_no"]], p["prefers"], p["blocked"], p["needs"], p["attended"]) for p in people]
    nominate(programme, drafts, by=SYSTEM)


@pytest.fixture
def organiser(rotation: Programme) -> Account:
    """The region's organiser."""
    return account("organiser", Role.Kind.ORGANISER, "150000")


@pytest.fixture
def clerk(rotation: Programme) -> Account:
    """The clerk of one prefecture."""
    return account("clerk", Role.Kind.CLERK, "150300")


def account(name: str, kind: str, code: str) -> Account:
    """An account with one role."""
    made = Account.objects.create(username=name, must_change_password=False)
    Role.objects.create(account=made, kind=kind, unit=Unit.objects.get(code=code))
    return made


@pytest.fixture
def dorm(db: None) -> Dorm:
    return build_dorm()


@pytest.fixture
def host(client: Client, dorm: Dorm) -> Client:
    client.force_login(dorm.stage.host)
    return client
