"""Writing what the preview promised: all of it in one transaction, or nothing."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ortoo.intake.domain import journal
from ortoo.intake.domain.outcome import Outcome, nomination_drafts, outcome_of, person_draft
from ortoo.intake.models import AppliedChange, Delivery, ReturnedPerson, ReturnRow
from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.nomination import nominate, withdraw
from ortoo.people.domain.person import record_persons

Say = Callable[..., None]
TAKEN = (ReturnRow.State.NEW, ReturnRow.State.CHANGED, ReturnRow.State.SAME)


class ChangedSincePreview(Refused):
    sentence = gettext_lazy(
        "What is known has changed since the preview was made. It has been made again: please look at it, then apply."
    )


def taken_rows(delivery: Delivery) -> list[ReturnRow]:
    """The rows that are to be recorded, in the order of the files."""
    return list(delivery.rows.filter(state__in=TAKEN).order_by("id"))


def write(delivery: Delivery, *, by: Actor, say: Say) -> dict[str, int]:
    """Record the delivery's rows and its journal. Raises ChangedSincePreview when the outcome would be another one."""
    rows = taken_rows(delivery)
    say(_("Checking %(count)s rows") % {"count": len(rows)}, 0, len(rows))
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update(of=("self",)).select_related("programme").get(pk=delivery.pk)
        if delivery.state != Delivery.State.APPLYING:
            return dict(delivery.counts.get("applied", {}))  # an earlier run got this far before it was cut off
        outcome = outcome_of(_programme(delivery), rows)
        if outcome.fingerprint != delivery.fingerprint:
            raise ChangedSincePreview
        say(_("Writing, all at once"), len(rows), len(rows))
        return _write(delivery, rows, outcome, by)


def _write(delivery: Delivery, rows: Sequence[ReturnRow], outcome: Outcome, by: Actor) -> dict[str, int]:
    persons = record_persons([person_draft(row) for row in rows], by=by)
    lines = journal.of_persons(persons)
    drafts = nomination_drafts(_programme(delivery), rows, persons, outcome.units)
    nominated = nominate(_programme(delivery), drafts, by=by, source=f"delivery:{delivery.number}")
    lines += journal.of_nominations(nominated) + _withdraw(delivery, by) + _remember(delivery, rows)
    count = journal.write(delivery, lines)
    applied = {"new": len(nominated.new), "changed": len(outcome.changes.keys() - outcome.new), "lines": count}
    settle_applied(delivery, applied, by)
    return applied


def settle_applied(delivery: Delivery, applied: dict[str, int], by: Actor) -> None:
    delivery.state, delivery.settled = Delivery.State.APPLIED, clock.now()
    delivery.settled_by, delivery.word = by.get_username(), ""
    delivery.counts = {**delivery.counts, "applied": applied}
    delivery.save()
    path = delivery.unit.path if delivery.unit else ""
    audit.record("apply_return", delivery, by=by, after={"number": delivery.number, **applied}, unit_path=path)


def _withdraw(delivery: Delivery, by: Actor) -> list[AppliedChange]:
    """Withdraw those who are missing from the file and of whom somebody decided so."""
    gone = delivery.problems.filter(kind="not_returned", choice="withdraw").values_list("staff_no", flat=True)
    chosen = _programme(delivery).nominations.filter(person__staff_no__in=gone).select_related("person__unit", "programme")
    nominations = list(chosen)
    lines = journal.of_withdrawn(nominations)
    if nominations:
        withdraw(nominations, by=by)
    standing = ReturnedPerson.objects.filter(programme=delivery.programme, staff_no__in=gone)
    lines += [_forgotten(each) for each in standing]
    standing.delete()
    return lines


def _remember(delivery: Delivery, rows: Sequence[ReturnRow]) -> list[AppliedChange]:
    """Note in which unit's return each person now stands."""
    known = {each.staff_no: each for each in ReturnedPerson.objects.filter(programme=delivery.programme)}
    units = {file.pk: file.unit_id or delivery.unit_id for file in delivery.files.all()}
    new, changed, lines = [], [], []
    for row in rows:
        before, unit = known.get(row.staff_no), units[row.file_id]
        after = {"unit_id": unit, "file_id": row.file_id}
        if before is None:
            new.append(ReturnedPerson(programme=delivery.programme, staff_no=row.staff_no, **_keys(after)))
            lines.append(AppliedChange(noun="returned", key=row.staff_no, kind=journal.ADD, after=after))
        elif before.unit_id != unit:
            lines.append(_moved(before, after))
            before.unit_id, before.file_id = unit or 0, row.file_id
            changed.append(before)
    ReturnedPerson.objects.bulk_create(new, batch_size=500)
    ReturnedPerson.objects.bulk_update(changed, ["unit", "file"], batch_size=500)
    return lines


def _keys(after: dict[str, Any]) -> dict[str, int]:
    return {name: int(value) for name, value in after.items()}


def _moved(before: ReturnedPerson, after: dict[str, Any]) -> AppliedChange:
    old = {"unit_id": before.unit_id, "file_id": before.file_id}
    return AppliedChange(noun="returned", key=before.staff_no, kind=journal.CHANGE, before=old, after=after)


def _forgotten(each: ReturnedPerson) -> AppliedChange:
    old = {"unit_id": each.unit_id, "file_id": each.file_id}
    return AppliedChange(noun="returned", key=each.staff_no, kind=journal.REMOVE, before=old)


def _programme(delivery: Delivery) -> Any:
    return delivery.programme
