"""What applying rows would change, and a digest of it, so that nothing else than the preview is ever applied."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ortoo.intake.models import ReturnRow
from ortoo.participation.domain.nomination import FIELDS as NOMINATION_FIELDS
from ortoo.participation.domain.nomination import Nominated, NominationDraft, compare_nominations
from ortoo.participation.models import Nomination
from ortoo.people.domain.person import PersonDraft, PersonsRecorded, compare_persons
from ortoo.people.models import Person, Unit
from ortoo.programmes.models import Programme

PERSON_SAID = ("post", "phone", "language", "diet")
Changes = dict[str, list[Any]]


@dataclass
class Outcome:
    """What recording would do. `changes` maps a staff number to {field: [before, after]}; who is new is in `new`."""

    persons: PersonsRecorded
    nominations: Nominated
    units: dict[int, Unit]
    new: set[str] = field(default_factory=set)
    changes: dict[str, Changes] = field(default_factory=dict)

    def state_of(self, staff_no: str) -> str:
        """New to the programme, changed, or the same."""
        if staff_no in self.new:
            return ReturnRow.State.NEW
        return ReturnRow.State.CHANGED if staff_no in self.changes else ReturnRow.State.SAME

    @property
    def fingerprint(self) -> str:
        """SHA-256 of who is new and what changes, from what to what."""
        said = json.dumps([sorted(self.new), sorted(self.changes.items())], ensure_ascii=False, default=str)
        return hashlib.sha256(said.encode()).hexdigest()


def outcome_of(programme: Programme, rows: Sequence[ReturnRow]) -> Outcome:
    """Compare the rows with what is known. Queries: one for each 500 rows, and four."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    persons = compare_persons([person_draft(row) for row in rows])
    nominations = compare_nominations(programme, nomination_drafts(programme, rows, persons, units))
    result = Outcome(persons, nominations, units)
    for person, fields in persons.changed:
        result.changes[person.staff_no] = {n: [_shown(n, a, units), _shown(n, b, units)] for n, (a, b) in fields.items()}
    for nomination, fields in nominations.changed:
        result.changes.setdefault(nomination.person.staff_no, {}).update({n: list(pair) for n, pair in fields.items()})
    result.new = {nomination.person.staff_no for nomination in nominations.new}
    return result


def person_draft(row: ReturnRow) -> PersonDraft:
    """The row's person; what the file has no column for stays unsaid."""
    said: dict[str, Any] = {name: row.said.get(name) for name in PERSON_SAID}
    return PersonDraft(row.staff_no, row.said["name"], row.said["sex"], row.unit_id or 0, **said)


def nomination_drafts(
    programme: Programme, rows: Sequence[ReturnRow], persons: PersonsRecorded, units: dict[int, Unit]
) -> list[NominationDraft]:
    """What the rows say of each person's nomination; what the file has no column for stays as it is known."""
    found = persons.new + persons.same + [person for person, _fields in persons.changed]
    by_number = {person.staff_no: person for person in found}
    for person in found:
        person.unit = units[person.unit_id]
    known = {nomination.person_id: nomination for nomination in programme.nominations.all()}
    return [_nomination(row, by_number[row.staff_no], known) for row in rows]


def _nomination(row: ReturnRow, person: Person, known: dict[int, Nomination]) -> NominationDraft:
    before = known.get(person.pk) if person.pk else None
    said = {name: row.said[name] for name in NOMINATION_FIELDS if name in row.said}
    kept = {name: getattr(before, name) for name in NOMINATION_FIELDS if before and name not in said}
    return NominationDraft(person, **said, **kept)


def _shown(name: str, value: Any, units: dict[int, Unit]) -> Any:
    return units[value].name if name == "unit_id" and value in units else value
