"""What happens to nominations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.quota import release
from ortoo.participation.models import Nomination, Place
from ortoo.people.models import Person
from ortoo.programmes.models import Programme

FIELDS = ("wish", "blocked", "needs", "attended", "remark")


class NominatedTwice(Refused):
    sentence = _("%(name)s stands twice in what is to be recorded.")


class HasPlace(Refused):
    sentence = _("%(name)s already has a published place. Withdraw the plan, or replace the person, first.")


@dataclass(frozen=True)
class NominationDraft:
    """What a unit says of one of its people; see `Nomination` for the shapes."""

    person: Person
    wish: int | None = None
    blocked: list[list[str]] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    attended: bool = False
    remark: str = ""


@dataclass
class Nominated:
    """What recording did: `changed` pairs a nomination with {field: (before, after)}."""

    new: list[Nomination] = field(default_factory=list)
    changed: list[tuple[Nomination, dict[str, tuple[Any, Any]]]] = field(default_factory=list)
    same: list[Nomination] = field(default_factory=list)


def compare_nominations(programme: Programme, drafts: Sequence[NominationDraft], *, source: str = "") -> Nominated:
    """What `nominate` would do; persons that are not saved yet count as new."""
    known = {n.person_id: n for n in programme.nominations.all()}
    result = Nominated()
    seen: set[str] = set()
    for draft in drafts:
        if draft.person.staff_no in seen:
            raise NominatedTwice(name=draft.person.name)
        seen.add(draft.person.staff_no)
        found = known.get(draft.person.pk) if draft.person.pk else None
        _sort_in(programme, draft, found, source, result)
    return result


@transaction.atomic
def nominate(programme: Programme, drafts: Sequence[NominationDraft], *, by: Actor, source: str = "") -> Nominated:
    """Nominate who is new, change who differs; an audit row for each."""
    result = compare_nominations(programme, drafts, source=source)
    Nomination.objects.bulk_create(result.new, batch_size=500)
    changed = [nomination for nomination, _fields in result.changed]
    Nomination.objects.bulk_update(changed, FIELDS, batch_size=200)
    audit.record_many("nominate", [_added(nomination) for nomination in result.new], by=by)
    audit.record_many("change_nomination", [_changed(n, fields) for n, fields in result.changed], by=by)
    return result


@transaction.atomic
def withdraw(nominations: Sequence[Nomination], *, by: Actor) -> None:
    """Take nominations back, and free the quota they took. Refused while one of the persons has a published place."""
    _demand_no_place(nominations)
    release(nominations)
    changes = [audit.Change(n, {name: getattr(n, name) for name in FIELDS}, {}) for n in nominations]
    audit.record_many("withdraw_nomination", changes, by=by)
    Nomination.objects.filter(pk__in=[n.pk for n in nominations]).delete()


def _demand_no_place(nominations: Sequence[Nomination]) -> None:
    programmes = {nomination.programme_id for nomination in nominations}
    placed = set(Place.objects.filter(programme__in=programmes).values_list("programme_id", "person_id"))
    for nomination in nominations:
        if (nomination.programme_id, nomination.person_id) in placed:
            raise HasPlace(name=nomination.person.name)


def record_download(programme: Programme, rows: int, filtered: str, *, by: Actor) -> None:
    """Leave a row in the audit log that somebody took a list of people away as a file."""
    after = {"rows": rows, "filter": filtered}
    audit.record("download_nominations", programme, by=by, after=after, unit_path=programme.unit.path)


def _sort_in(programme: Programme, draft: NominationDraft, found: Nomination | None, source: str, result: Nominated) -> None:
    said = {name: value for name, value in _fields_of(draft).items() if name != "person"}
    if found is None:
        result.new.append(Nomination(programme=programme, person=draft.person, source=source, **said))
        return
    found.person = draft.person  # already read, with its unit: the audit row must not ask again for each
    fields = {name: (getattr(found, name), said[name]) for name in FIELDS if getattr(found, name) != said[name]}
    if not fields:
        result.same.append(found)
        return
    for name, (_before, after) in fields.items():
        setattr(found, name, after)
    result.changed.append((found, fields))


def _fields_of(draft: NominationDraft) -> dict[str, Any]:
    """The draft's fields, the person itself and not a copy of it."""
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}


def _added(nomination: Nomination) -> audit.Change:
    after = {name: getattr(nomination, name) for name in FIELDS}
    return audit.Change(nomination, {}, after, nomination.person.unit.path)


def _changed(nomination: Nomination, fields: dict[str, tuple[Any, Any]]) -> audit.Change:
    before = {name: old for name, (old, _new) in fields.items()}
    after = {name: new for name, (_old, new) in fields.items()}
    return audit.Change(nomination, before, after, nomination.person.unit.path)
