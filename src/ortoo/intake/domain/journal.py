"""The journal by which a delivery can be taken back."""

from collections.abc import Iterable, Sequence
from typing import Any

from ortoo.intake.models import AppliedChange, Delivery
from ortoo.kernel import audit
from ortoo.participation.domain.nomination import FIELDS as NOMINATION_FIELDS
from ortoo.participation.domain.nomination import Nominated
from ortoo.participation.models import Nomination
from ortoo.people.domain.person import FIELDS as PERSON_FIELDS
from ortoo.people.domain.person import PersonsRecorded

ADD, CHANGE, REMOVE = AppliedChange.Kind.ADD, AppliedChange.Kind.CHANGE, AppliedChange.Kind.REMOVE


def write(delivery: Delivery, lines: Iterable[AppliedChange]) -> int:
    """Write the lines, in batches; returns how many."""
    rows = list(lines)
    for line in rows:
        line.delivery = delivery
        line.before, line.after = audit.plain(line.before), audit.plain(line.after)
    AppliedChange.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def of_persons(recorded: PersonsRecorded) -> list[AppliedChange]:
    """A line for each person who was added or changed."""
    added = [_added("person", p.staff_no, p, PERSON_FIELDS) for p in recorded.new]
    return added + [_changed("person", p.staff_no, fields) for p, fields in recorded.changed]


def of_nominations(nominated: Nominated) -> list[AppliedChange]:
    """A line for each nomination that was added or changed."""
    added = [_added("nomination", n.person.staff_no, n, NOMINATION_FIELDS) for n in nominated.new]
    return added + [_changed("nomination", n.person.staff_no, fields) for n, fields in nominated.changed]


def of_withdrawn(nominations: Sequence[Nomination]) -> list[AppliedChange]:
    """A line for each nomination that was withdrawn, with what it said."""
    return [
        AppliedChange(
            noun="nomination",
            key=n.person.staff_no,
            kind=REMOVE,
            before={name: getattr(n, name) for name in (*NOMINATION_FIELDS, "source")},
        )
        for n in nominations
    ]


def _added(noun: str, key: str, thing: Any, names: Iterable[str]) -> AppliedChange:
    return AppliedChange(noun=noun, key=key, kind=ADD, after={name: getattr(thing, name) for name in names})


def _changed(noun: str, key: str, fields: dict[str, tuple[Any, Any]]) -> AppliedChange:
    before = {name: old for name, (old, _new) in fields.items()}
    after = {name: new for name, (_old, new) in fields.items()}
    return AppliedChange(noun=noun, key=key, kind=CHANGE, before=before, after=after)
