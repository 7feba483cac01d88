"""Published, somebody falls away, planned again with least change: two people are told, in two notices, and nobody else."""

import io

import openpyxl
import pytest
from django.test import Client
from tests.planning.conftest import account, build_rotation

from ortoo.kernel import jobs
from ortoo.participation.models import Place
from ortoo.people.models import Role
from ortoo.planning.models import Plan
from ortoo.programmes.models import Programme

pytestmark = pytest.mark.journey


@pytest.fixture
def programme(db: None) -> Programme:
    """The rotation of rules.toml, everybody nominated."""
    return build_rotation()


def test_a_person_falls_away_and_two_notices_go_out(programme: Programme, client: Client) -> None:
    client.force_login(account("organiser", Role.Kind.ORGANISER, "150000"))
    home = f"/p/{programme.key}/"
    first = _planned(client, home + "plans/", {"seconds": 60, "seed": 0})
    client.post(f"{home}plans/{first.number}/publish/now/")
    gone, waits = _pair(first)
    units_before = len(client.get(home + "notices/").context["units"])
    second = _planned(client, f"{home}plans/{first.number}/again/", _again(client, home, first) | {"gone": gone})
    assert second.optimal and second.counts["changes"] == 0
    assert not second.places.filter(person__staff_no=gone).exists()
    assert second.places.get(person__staff_no=waits).leg is not None
    assert client.get(f"{home}plans/{second.number}/compare/").status_code == 200
    assert f"{home}plans/{second.number}/" in client.get("/").content.decode()
    preview = client.get(f"{home}plans/{second.number}/publish/").context
    assert (preview["blocked"], preview["must_adopt"], preview["changed"]) == (False, False, 2)
    client.post(f"{home}plans/{second.number}/publish/now/")
    _only_they_are_told(client, home, second, {gone, waits}, units_before)
    board = client.get(f"{home}plans/{second.number}/").content.decode()
    assert "历次公布" in board and f"方案 {first.number}" in board
    assert not Place.objects.filter(person__staff_no=gone).exists()


def _planned(client: Client, address: str, said: dict) -> Plan:
    answer = client.post(address, said)
    assert answer.status_code == 302, answer.context["form"].errors
    plan = Plan.objects.latest("pk")
    assert plan.job_id
    jobs.run(plan.job_id)
    plan.refresh_from_db()
    assert plan.state == Plan.State.SOLVED
    return plan


def _pair(plan: Plan) -> tuple[str, str]:
    """Somebody with a place, and somebody of the same county without one, who may take it."""
    left = plan.places.filter(leg=None).select_related("person__unit").order_by("person__staff_no").first()
    assert left
    nominations = dict(plan.programme.nominations.values_list("person_id", "blocked"))
    county = plan.places.filter(person__unit__parent=left.person.unit.parent_id, leg__isnull=False).select_related(
        "person", "leg"
    )
    for place in county:
        leg = place.leg
        days = (leg.starts.isoformat(), leg.ends.isoformat())
        if (
            all(last < days[0] or first > days[1] for first, last in nominations[left.person_id])
            and place.person.sex == left.person.sex
        ):
            return place.person.staff_no, left.person.staff_no
    raise AssertionError


def _again(client: Client, home: str, plan: Plan) -> dict:
    """The form as it stands."""
    form = client.get(f"{home}plans/{plan.number}/again/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def _only_they_are_told(client: Client, home: str, plan: Plan, people: set[str], units_before: int) -> None:
    """The county and its prefecture get a notice each, with these people and no others; no other clerk has one waiting."""
    units = client.get(home + "notices/").context["units"]
    assert len(units) == 2 < units_before
    everybody = set(plan.programme.nominations.values_list("person__staff_no", flat=True)) | people
    for unit in units:
        data = client.get(f"{home}plans/{plan.number}/notices/{unit.code}.xlsx").content
        cells = {cell for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True) for cell in row}
        assert cells & everybody == people
    assert len(client.get(home + "notices/", {"full": ""}).context["units"]) == units_before
    prefecture = next(unit for unit in units if unit.kind == "prefecture")
    for code, told in ((prefecture.code, True), ("150300" if prefecture.code != "150300" else "150400", False)):
        clerk = Client()
        clerk.force_login(account(f"clerk-{code}", Role.Kind.CLERK, code))
        assert ("本单位有人的期次作了调整" in clerk.get("/").content.decode()) == told
