"""A directory of units: read, previewed, recorded, taken back. The same flow as a return, with units for people."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ortoo.intake.domain import journal
from ortoo.intake.domain.applying import ChangedSincePreview, Say, settle_applied, taken_rows
from ortoo.intake.domain.kept import Kept
from ortoo.intake.domain.references import named_elsewhere
from ortoo.intake.models import AppliedChange, Delivery, ReturnFile, ReturnRow
from ortoo.intake.reading.directory import UnitRow
from ortoo.kernel.actor import Actor
from ortoo.people.domain.unit import FIELDS, UnitDraft, record_units, remove_units
from ortoo.people.models import Unit


def drafts_of(rows: Sequence[ReturnRow]) -> list[UnitDraft]:
    """The rows as the units' verb takes them."""
    return [UnitDraft(row.staff_no, row.name, **row.said) for row in rows]


def row_of(delivery: Delivery, file: ReturnFile, unit: UnitRow) -> ReturnRow:
    """A unit of a directory, in the shape in which rows are kept."""
    said = {"kind": unit.kind, "parent": unit.parent, "lon": unit.lon, "lat": unit.lat}
    return ReturnRow(
        delivery=delivery, file=file, row=0, state=ReturnRow.State.NEW, staff_no=unit.code[:20], name=unit.name[:60], said=said
    )


def outcome_of(rows: Sequence[ReturnRow]) -> str:
    """Sort the rows into new, changed and the same, with what changes; gives the digest of that. One query."""
    known = {unit.code: unit for unit in Unit.objects.all()}
    for row, draft in zip(rows, drafts_of(rows), strict=True):
        unit = known.get(draft.code)
        row.changes = {}
        if unit is None:
            row.state = ReturnRow.State.NEW
            continue
        pairs = {name: [getattr(unit, name), getattr(draft, name)] for name in FIELDS}
        row.changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        row.state = ReturnRow.State.CHANGED if row.changes else ReturnRow.State.SAME
    said = json.dumps([[row.staff_no, row.state, row.changes] for row in rows], ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def hold_outside(delivery: Delivery, rows: Sequence[ReturnRow]) -> int:
    """Hold back units that don't lie below the delivery's unit; returns how many."""
    if delivery.unit is None:
        return 0
    paths = dict(Unit.objects.values_list("code", "path"))
    parents = {row.staff_no: str(row.said["parent"]) for row in rows}
    held = 0
    for row in rows:
        code, steps = row.staff_no, 0
        while code not in paths and code in parents and steps < 20:
            code, steps = parents[code], steps + 1
        if not paths.get(code, "").startswith(delivery.unit.path):
            row.state, held = ReturnRow.State.HELD, held + 1
    return held


def write(delivery: Delivery, *, by: Actor, say: Say) -> dict[str, int]:
    """Record the directory and its journal in one transaction."""
    with transaction.atomic():
        fresh = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
        if fresh.state != Delivery.State.APPLYING:
            return dict(fresh.counts.get("applied", {}))
        rows = taken_rows(fresh)
        if outcome_of(rows) != fresh.fingerprint:
            raise ChangedSincePreview
        say(_("Writing, all at once"), len(rows), len(rows))
        recorded = record_units(drafts_of(rows), by=by)
        lines = [_added(unit) for unit in recorded.new]
        lines += [_changed(unit, before) for unit, before in recorded.changed]
        applied = {"new": len(recorded.new), "changed": len(recorded.changed), "lines": journal.write(fresh, lines)}
        settle_applied(fresh, applied, by)
        return applied


def undo_units(lines: Sequence[AppliedChange], kept: list[Kept], *, by: Actor | None) -> None:
    """Put changed units back and take added ones out; what can't be is named in `kept`. Without `by` it only looks."""
    units = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    there = [(line, units[line.key]) for line in lines if line.key in units]
    drafts = [_restored(line, unit, kept) for line, unit in there if line.kind == AppliedChange.Kind.CHANGE]
    going = _going([(line, unit) for line, unit in there if line.kind == AppliedChange.Kind.ADD], kept)
    if by:
        record_units(drafts, by=by)
        remove_units(going, by=by)


def _restored(line: AppliedChange, unit: Unit, kept: list[Kept]) -> UnitDraft:
    said: dict[str, Any] = {name: getattr(unit, name) for name in FIELDS}
    for name, after in line.after.items():
        if said[name] == after:
            said[name] = line.before[name]
        else:
            kept.append(Kept(unit.code, unit.name, "unit", name, "changed", after, said[name]))
    return UnitDraft(code=unit.code, parent=unit.parent.code if unit.parent else "", **said)


def _going(added: list[tuple[AppliedChange, Unit]], kept: list[Kept]) -> list[Unit]:
    """The added units that nothing else names; a unit stays when one below it stays."""
    going = {unit.pk: unit for _line, unit in added}
    while used := named_elsewhere(Unit, list(going), {Unit: set(going)}):
        for pk in used:
            unit = going.pop(pk)
            kept.append(Kept(unit.code, unit.name, "unit", "", "used"))
    return list(going.values())


def _added(unit: Unit) -> AppliedChange:
    after = {name: getattr(unit, name) for name in FIELDS}
    return AppliedChange(noun="unit", key=unit.code, kind=journal.ADD, after=after)


def _changed(unit: Unit, before: dict[str, object]) -> AppliedChange:
    after = {name: getattr(unit, name) for name in before}
    return AppliedChange(noun="unit", key=unit.code, kind=journal.CHANGE, before=before, after=after)
