"""Taking a delivery back from its journal, field by field; what somebody changed since stays as it is and is named."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model

from ortoo.intake.domain import directory
from ortoo.intake.domain.kept import Kept
from ortoo.intake.domain.references import named_elsewhere, pieces
from ortoo.intake.models import AppliedChange, Delivery, ReturnedPerson
from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.participation.domain.nomination import FIELDS as NOMINATION_FIELDS
from ortoo.participation.domain.nomination import NominationDraft, nominate, withdraw
from ortoo.participation.models import Nomination
from ortoo.people.domain.person import FIELDS as PERSON_FIELDS
from ortoo.people.domain.person import PersonDraft, record_persons, remove_persons
from ortoo.people.models import Person


@dataclass
class Undoing:
    """What undoing would do, and what it would have to leave."""

    delivery: Delivery
    lines: dict[str, list[AppliedChange]] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    nominations: dict[str, Nomination] = field(default_factory=dict)
    returned: dict[str, ReturnedPerson] = field(default_factory=dict)
    restore: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {"person": {}, "nomination": {}})
    remove: dict[str, list[str]] = field(default_factory=lambda: {"person": [], "nomination": []})
    kept: list[Kept] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many lines of the journal it looks at."""
        return sum(len(lines) for lines in self.lines.values())

    @property
    def restored(self) -> int:
        """Of how many persons something is put back."""
        return len(self.restore["person"].keys() | self.restore["nomination"].keys())


def undoing_of(delivery: Delivery) -> Undoing:
    """Look at the journal and at what is there now; changes nothing. Queries: one for each 500 persons, and a few."""
    undoing = Undoing(delivery)
    for line in delivery.journal.filter(undone=False).order_by("id"):
        undoing.lines.setdefault(line.noun, []).append(line)
    if units := undoing.lines.get("unit"):
        directory.undo_units(units, undoing.kept, by=None)
    else:
        _look_up(undoing)
        _nominations(undoing)
        _persons(undoing)
    return undoing


@transaction.atomic
def carry_out(undoing: Undoing, *, by: Actor) -> None:
    """Do it: nominations first, because they name persons."""
    if units := undoing.lines.get("unit"):
        directory.undo_units(units, [], by=by)
    _withdraw(undoing, by)
    _restore_nominations(undoing, by)
    _restore_persons(undoing, by)
    _remove_persons(undoing, by)
    _restore_returned(undoing)
    undoing.delivery.journal.filter(undone=False).update(undone=True)


def _look_up(undoing: Undoing) -> None:
    keys = sorted({line.key for lines in undoing.lines.values() for line in lines})
    programme = undoing.delivery.programme
    for piece in pieces(keys):
        persons = Person.objects.filter(staff_no__in=piece).select_related("unit")
        undoing.persons.update({person.staff_no: person for person in persons})
        standing = ReturnedPerson.objects.filter(programme=programme, staff_no__in=piece)
        undoing.returned.update({each.staff_no: each for each in standing})
    if programme:
        nominations = programme.nominations.select_related("person__unit", "programme")
        undoing.nominations = {n.person.staff_no: n for n in nominations}


def _nominations(undoing: Undoing) -> None:
    programme = undoing.delivery.programme
    placed = set(programme.places.values_list("person__staff_no", flat=True)) if programme else set()
    for line in undoing.lines.get("nomination", []):
        found = undoing.nominations.get(line.key)
        if line.kind == AppliedChange.Kind.REMOVE:
            if found is None and line.key in undoing.persons:
                undoing.restore["nomination"][line.key] = line.before
        elif found is None:
            continue
        elif line.kind == AppliedChange.Kind.CHANGE:
            _restore(undoing, "nomination", line, found)
        elif line.key in placed:
            undoing.kept.append(Kept(line.key, found.person.name, "nomination", "", "place"))
        elif not _changed_since(undoing, "nomination", line, found):
            undoing.remove["nomination"].append(line.key)


def _persons(undoing: Undoing) -> None:
    added = [line for line in undoing.lines.get("person", []) if line.kind == AppliedChange.Kind.ADD]
    used = _named_elsewhere(undoing, [line.key for line in added])
    for line in undoing.lines.get("person", []):
        person = undoing.persons.get(line.key)
        if person is None:
            continue
        if line.kind == AppliedChange.Kind.CHANGE:
            _restore(undoing, "person", line, person)
        elif line.key in used:
            undoing.kept.append(Kept(line.key, person.name, "person", "", "used"))
        elif not _changed_since(undoing, "person", line, person):
            undoing.remove["person"].append(line.key)


def _restore(undoing: Undoing, noun: str, line: AppliedChange, thing: Model) -> None:
    """Note which fields go back, and which somebody has changed since."""
    now = audit.plain({name: getattr(thing, name) for name in line.after})
    back = {name: line.before[name] for name in line.after if now[name] == line.after[name]}
    if back:
        undoing.restore[noun][line.key] = back
    name = undoing.persons[line.key].name
    for each in line.after.keys() - back.keys():
        undoing.kept.append(Kept(line.key, name, noun, each, "changed", line.after[each], now[each]))


def _changed_since(undoing: Undoing, noun: str, line: AppliedChange, thing: Model) -> bool:
    now = audit.plain({name: getattr(thing, name) for name in line.after})
    different = [name for name in line.after if now[name] != line.after[name]]
    who = undoing.persons[line.key].name
    for name in different:
        undoing.kept.append(Kept(line.key, who, noun, name, "changed", line.after[name], now[name]))
    return bool(different)


def _named_elsewhere(undoing: Undoing, staff_nos: Sequence[str]) -> set[str]:
    """Who of these is named by anything else than the nominations that go away too."""
    by_pk = {undoing.persons[no].pk: no for no in staff_nos if no in undoing.persons}
    going: dict[type[Model], list[int]] = {Nomination: [undoing.nominations[no].pk for no in undoing.remove["nomination"]]}
    return {by_pk[pk] for pk in named_elsewhere(Person, list(by_pk), going)}


def _withdraw(undoing: Undoing, by: Actor) -> None:
    for piece in pieces(undoing.remove["nomination"]):
        withdraw([undoing.nominations[no] for no in piece], by=by)


def _restore_nominations(undoing: Undoing, by: Actor) -> None:
    programme = undoing.delivery.programme
    by_source: dict[str, list[NominationDraft]] = {}
    for number, back in undoing.restore["nomination"].items():
        now = undoing.nominations.get(number)
        said = {name: getattr(now, name) for name in NOMINATION_FIELDS} if now else {}
        said.update({name: value for name, value in back.items() if name in NOMINATION_FIELDS})
        draft = NominationDraft(undoing.persons[number], **said)
        by_source.setdefault(str(back.get("source", "")), []).append(draft)
    for source, drafts in by_source.items():
        if programme:
            nominate(programme, drafts, by=by, source=source)


def _restore_persons(undoing: Undoing, by: Actor) -> None:
    drafts = []
    for number, back in undoing.restore["person"].items():
        said = {name: getattr(undoing.persons[number], name) for name in PERSON_FIELDS} | back
        drafts.append(PersonDraft(number, **said))
    record_persons(drafts, by=by)


def _remove_persons(undoing: Undoing, by: Actor) -> None:
    for piece in pieces(undoing.remove["person"]):
        remove_persons([undoing.persons[no] for no in piece], by=by)


def _restore_returned(undoing: Undoing) -> None:
    lines = undoing.lines.get("returned", [])
    ours = [line.key for line in lines if line.kind == AppliedChange.Kind.ADD]
    for piece in pieces(ours):
        undoing_rows = ReturnedPerson.objects.filter(programme=undoing.delivery.programme, staff_no__in=piece)
        undoing_rows.filter(file__delivery=undoing.delivery).delete()
    moved = [line for line in lines if line.kind == AppliedChange.Kind.CHANGE and line.key in undoing.returned]
    for line in moved:
        each = undoing.returned[line.key]
        each.unit_id, each.file_id = line.before["unit_id"], line.before["file_id"]
    ReturnedPerson.objects.bulk_update([undoing.returned[line.key] for line in moved], ["unit", "file"], batch_size=500)
    gone = [line for line in lines if line.kind == AppliedChange.Kind.REMOVE and line.key not in undoing.returned]
    rows = [ReturnedPerson(programme=undoing.delivery.programme, staff_no=li.key, **li.before) for li in gone]
    ReturnedPerson.objects.bulk_create(rows, batch_size=500)
