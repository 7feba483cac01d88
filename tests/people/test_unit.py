"""Recording a directory of units."""

import pytest

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.domain.unit import UnitDraft, UnknownParent, record_units
from ortoo.people.models import Unit

REGION = UnitDraft("150000", "自治区", "region")
CITY = UnitDraft("150100", "呼和浩特市", "prefecture", "150000")
STATION = UnitDraft("150102001", "乌滩站", "station", "150102", 111.6, 40.9)
COUNTY = UnitDraft("150102", "新城区", "county", "150100")

pytestmark = pytest.mark.django_db


def test_record_units_takes_parents_in_any_order() -> None:
    recorded = record_units([STATION, COUNTY, CITY, REGION], by=SYSTEM)
    assert len(recorded.new) == 4
    assert Unit.objects.get(code="150102001").path == "/150000/150100/150102/150102001/"


def test_record_units_twice_changes_nothing() -> None:
    record_units([REGION, CITY], by=SYSTEM)
    again = record_units([REGION, CITY], by=SYSTEM)
    assert (again.new, again.changed, again.same) == ([], [], 2)


def test_record_units_changes_and_remembers_what_was() -> None:
    record_units([REGION], by=SYSTEM)
    record_units([UnitDraft("150000", "本区", "region")], by=SYSTEM)
    entry = AuditEntry.objects.get(verb="change_unit")
    assert (entry.before, entry.after) == ({"name": "自治区"}, {"name": "本区"})


def test_record_units_refuses_unknown_parent_and_adds_nothing() -> None:
    with pytest.raises(UnknownParent):
        record_units([REGION, COUNTY], by=SYSTEM)
    assert not Unit.objects.exists()
