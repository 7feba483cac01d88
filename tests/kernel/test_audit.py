"""Every verb leaves a row."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry, Job

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def thing() -> Job:
    return Job.objects.create(kind="t", created=NOON)


def test_record_says_who_when_what_and_the_fields(thing: Job) -> None:
    with clock.held_at(NOON):
        audit.record("change_job", thing, by=SYSTEM, before={"kind": "s"}, after={"kind": "t"}, unit_path="/15/")
    entry = AuditEntry.objects.get()
    assert (entry.by_name, entry.by_id, entry.at, entry.verb) == ("system", None, NOON, "change_job")
    assert (entry.noun, entry.noun_id, entry.unit_path) == ("job", str(thing.pk), "/15/")
    assert (entry.before, entry.after) == ({"kind": "s"}, {"kind": "t"})


def test_record_falls_with_its_change(thing: Job) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("change_job", thing, by=SYSTEM)
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()


def test_record_many_takes_few_queries(thing: Job, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(12):
        audit.record_many("change_job", [audit.Change(thing)] * 1101, by=SYSTEM)
    assert AuditEntry.objects.count() == 1101


def test_plain_turns_days_and_models_into_json(thing: Job) -> None:
    fields = {"day": date(2023, 6, 1), "at": NOON, "job": thing, "list": [date(2023, 6, 2), {"x": thing}]}
    assert audit.plain(fields) == {
        "day": "2023-06-01",
        "at": "2023-06-01T12:00:00+00:00",
        "job": thing.pk,
        "list": ["2023-06-02", {"x": thing.pk}],
    }
