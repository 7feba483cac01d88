"""What happens to persons."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.domain.search import search_text
from ortoo.people.models import Person, Unit

FIELDS = ("name", "sex", "unit_id", "post", "phone", "language", "diet", "notes")


class StaffNumberTwice(Refused):
    sentence = _("Staff number %(staff_no)s stands twice in what is to be recorded.")


class StaffNumberTaken(Refused):
    sentence = _("The staff number %(staff_no)s belongs to somebody already.")


@dataclass(frozen=True)
class PersonDraft:
    """A person as somebody wrote them down. `None` means: not said, keep what is known."""

    staff_no: str
    name: str
    sex: str
    unit_id: int
    post: str | None = ""
    phone: str | None = ""
    language: str | None = ""
    diet: str | None = ""
    notes: str | None = None


@dataclass
class PersonsRecorded:
    """What recording did: `changed` pairs a person with {field: (before, after)}."""

    new: list[Person] = field(default_factory=list)
    changed: list[tuple[Person, dict[str, tuple[Any, Any]]]] = field(default_factory=list)
    same: list[Person] = field(default_factory=list)


def compare_persons(drafts: Sequence[PersonDraft]) -> PersonsRecorded:
    """What `record_persons` would do, in one query for each 500 drafts.

    New persons are unsaved; changed ones already carry the change.
    """
    known = _known([draft.staff_no for draft in drafts])
    result = PersonsRecorded()
    seen: set[str] = set()
    for draft in drafts:
        if draft.staff_no in seen:
            raise StaffNumberTwice(staff_no=draft.staff_no)
        seen.add(draft.staff_no)
        _sort_in(draft, known.get(draft.staff_no), result)
    return result


@transaction.atomic
def record_persons(drafts: Sequence[PersonDraft], *, by: Actor) -> PersonsRecorded:
    """Add who is new, change who differs, leave the rest; an audit row for each."""
    result = compare_persons(drafts)
    Person.objects.bulk_create(result.new, batch_size=500)
    changed = [person for person, _fields in result.changed]
    Person.objects.bulk_update(changed, [*FIELDS, "search"], batch_size=200)
    moved = {before for _person, fields in result.changed for before, _after in [fields.get("unit_id", (None, None))] if before}
    paths = dict(Unit.objects.filter(pk__in={d.unit_id for d in drafts} | moved).values_list("pk", "path"))
    audit.record_many("add_person", [_added(person, paths) for person in result.new], by=by)
    audit.record_many("change_person", [_changed(p, f, paths) for p, f in result.changed], by=by)
    return result


def add_person(draft: PersonDraft, *, by: Actor) -> Person:
    """Add one person who is new; refuses a staff number that is known, also one that somebody else adds at this moment."""
    try:
        with transaction.atomic():
            if Person.objects.filter(staff_no=draft.staff_no).exists():
                raise StaffNumberTaken(staff_no=draft.staff_no)
            return record_persons([draft], by=by).new[0]
    except IntegrityError:
        raise StaffNumberTaken(staff_no=draft.staff_no) from None


def change_person(person: Person, said: Mapping[str, Any], *, by: Actor) -> bool:
    """Change the fields that are said and differ, by their names in FIELDS; whether anything did."""
    kept = {name: getattr(person, name) for name in ("name", "sex", "unit_id")} | {"post": None, "phone": None}
    fields = kept | {"language": None, "diet": None} | dict(said)
    return bool(record_persons([PersonDraft(staff_no=person.staff_no, **fields)], by=by).changed)


@transaction.atomic
def remove_persons(persons: Sequence[Person], *, by: Actor) -> None:
    """Take persons out again, as undoing an import does. Refused by the database while anything else names them."""
    changes = [audit.Change(p, {name: getattr(p, name) for name in FIELDS}, {}) for p in persons]
    audit.record_many("remove_person", changes, by=by)
    Person.objects.filter(pk__in=[person.pk for person in persons]).delete()


def _known(staff_nos: list[str]) -> dict[str, Person]:
    known: dict[str, Person] = {}
    for start in range(0, len(staff_nos), 500):
        for person in Person.objects.filter(staff_no__in=staff_nos[start : start + 500]):
            known[person.staff_no] = person
    return known


def _sort_in(draft: PersonDraft, person: Person | None, result: PersonsRecorded) -> None:
    said = {name: value for name, value in asdict(draft).items() if value is not None}
    if person is None:
        result.new.append(Person(**said, search=search_text(draft.name, draft.staff_no)))
        return
    fields = {
        name: (getattr(person, name), said[name]) for name in FIELDS if name in said and getattr(person, name) != said[name]
    }
    if not fields:
        result.same.append(person)
        return
    for name, (_before, after) in fields.items():
        setattr(person, name, after)
    person.search = search_text(person.name, person.staff_no)
    result.changed.append((person, fields))


def _added(person: Person, paths: dict[int, str]) -> audit.Change:
    after = {name: getattr(person, name) for name in ("staff_no", *FIELDS)}
    return audit.Change(person, {}, _readable(after, paths), paths.get(person.unit_id, ""))


def _changed(person: Person, fields: dict[str, tuple[Any, Any]], paths: dict[int, str]) -> audit.Change:
    before = {name: old for name, (old, _new) in fields.items()}
    after = {name: new for name, (_old, new) in fields.items()}
    return audit.Change(person, _readable(before, paths), _readable(after, paths), paths.get(person.unit_id, ""))


def _readable(fields: dict[str, Any], paths: dict[int, str]) -> dict[str, Any]:
    """The unit by its code, which says something to a reader and outlives a restore."""
    return {
        ("unit" if name == "unit_id" else name): _code(paths, value) if name == "unit_id" else value
        for name, value in fields.items()
    }


def _code(paths: dict[int, str], pk: int) -> str:
    return paths.get(pk, "").rstrip("/").rpartition("/")[2]
