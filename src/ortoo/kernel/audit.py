"""Every verb leaves a row: who, when, what before and what after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from ortoo.kernel import clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.models import AuditEntry


@dataclass(frozen=True)
class Change:
    """One thing that a verb changed, with the fields before and after (JSON values)."""

    thing: models.Model
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    unit_path: str = ""


def record(
    verb: str,
    thing: models.Model,
    *,
    by: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    unit_path: str = "",
) -> AuditEntry:
    """Write one row. Call it inside the transaction of the change, so that neither stands without the other."""
    entry = _entry(verb, Change(thing, before or {}, after or {}, unit_path), by)
    entry.save(force_insert=True)
    return entry


def record_many(verb: str, changes: Iterable[Change], *, by: Actor) -> None:
    """Write a row for each change, in batches."""
    AuditEntry.objects.bulk_create([_entry(verb, change, by) for change in changes], batch_size=500)


def plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields as JSON values: dates as ISO text, models as their key."""
    return {name: _plain(value) for name, value in fields.items()}


def _entry(verb: str, change: Change, by: Actor) -> AuditEntry:
    return AuditEntry(
        at=clock.now(),
        by_id=by.pk,
        by_name=by.get_username(),
        verb=verb,
        noun=change.thing._meta.model_name or "",
        noun_id=str(change.thing.pk),
        title=str(change.thing)[:200],
        unit_path=change.unit_path,
        before=plain(change.before),
        after=plain(change.after),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return plain(value)
    return value
