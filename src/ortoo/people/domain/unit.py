"""What happens to units."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Unit

FIELDS = ("name", "kind", "lon", "lat")
PATH_MOST = 200


class UnknownParent(Refused):
    sentence = _("Unit %(code)s names the higher unit %(parent)s, which does not exist. Add the higher unit first.")


class CodeTaken(Refused):
    sentence = _("The unit code %(code)s is taken.")


class TooDeep(Refused):
    sentence = _("The tree of units cannot go deeper than this.")


@dataclass(frozen=True)
class UnitDraft:
    """A unit as a directory gives it. `parent` is a unit code, empty at the root; lon, lat in degrees, WGS 84."""

    code: str
    name: str
    kind: str
    parent: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class UnitsRecorded:
    """What recording a directory did."""

    new: list[Unit]
    changed: list[tuple[Unit, dict[str, object]]]
    same: int


@transaction.atomic
def record_units(drafts: Sequence[UnitDraft], *, by: Actor) -> UnitsRecorded:
    """Add the units that are new and change those that differ; parents may stand anywhere in the list. Removes none."""
    known = {unit.code: unit for unit in Unit.objects.all()}
    result = UnitsRecorded([], [], 0)
    same = 0
    for draft in _parents_first(drafts, known):
        unit = known.get(draft.code)
        if unit is None:
            known[draft.code] = _new(draft, known.get(draft.parent))
            result.new.append(known[draft.code])
        elif before := _change(unit, draft):
            result.changed.append((unit, before))
        else:
            same += 1
    _write(result, by)
    return UnitsRecorded(result.new, result.changed, same)


@transaction.atomic
def add_unit(parent: Unit, draft: UnitDraft, *, by: Actor) -> Unit:
    """Add one unit below another; refuses a code that is taken anywhere, so that nothing is changed by adding."""
    if Unit.objects.filter(code=draft.code).exists():
        raise CodeTaken(code=draft.code)
    unit = _new(draft, parent)
    if len(unit.path) > PATH_MOST:
        raise TooDeep
    _write(UnitsRecorded([unit], [], 0), by)
    return unit


@transaction.atomic
def change_unit(unit: Unit, name: str, lon: float | None, lat: float | None, *, by: Actor) -> bool:
    """Change what a unit is called and where it lies; whether anything was different."""
    before = _change(unit, UnitDraft(unit.code, name, unit.kind, "", lon, lat))
    if before:
        _write(UnitsRecorded([], [(unit, before)], 0), by)
    return bool(before)


@transaction.atomic
def remove_units(units: Sequence[Unit], *, by: Actor) -> None:
    """Take units out again, lowest first, as undoing a directory does. Refused by the database while anything names them."""
    changes = [audit.Change(u, {"code": u.code, **{name: getattr(u, name) for name in FIELDS}}, {}, u.path) for u in units]
    audit.record_many("remove_unit", changes, by=by)
    levels: dict[int, list[int]] = {}
    for unit in units:
        levels.setdefault(unit.path.count("/"), []).append(unit.pk)
    for depth in sorted(levels, reverse=True):
        for start in range(0, len(levels[depth]), 500):
            Unit.objects.filter(pk__in=levels[depth][start : start + 500]).delete()


def _parents_first(drafts: Sequence[UnitDraft], known: dict[str, Unit]) -> list[UnitDraft]:
    left = {draft.code: draft for draft in drafts}
    ordered: dict[str, UnitDraft] = {}
    while left:
        ready = [d for d in left.values() if not d.parent or d.parent in known or d.parent in ordered]
        if not ready:
            draft = next(iter(left.values()))
            raise UnknownParent(code=draft.code, parent=draft.parent)
        for draft in ready:
            ordered[draft.code] = left.pop(draft.code)
    return list(ordered.values())


def _new(draft: UnitDraft, parent: Unit | None) -> Unit:
    path = f"{parent.path if parent else '/'}{draft.code}/"
    return Unit(
        code=draft.code,
        name=draft.name,
        kind=draft.kind,
        parent=parent,
        path=path,
        lon=draft.lon,
        lat=draft.lat,
    )


def _change(unit: Unit, draft: UnitDraft) -> dict[str, object]:
    before = {name: getattr(unit, name) for name in FIELDS if getattr(unit, name) != getattr(draft, name)}
    for name in before:
        setattr(unit, name, getattr(draft, name))
    return before


def _write(result: UnitsRecorded, by: Actor) -> None:
    levels: dict[int, list[Unit]] = {}
    for unit in result.new:
        levels.setdefault(unit.path.count("/"), []).append(unit)
    for depth in sorted(levels):
        for unit in levels[depth]:
            unit.parent = unit.parent  # the parent has its key by now
        Unit.objects.bulk_create(levels[depth], batch_size=500)
    Unit.objects.bulk_update([unit for unit, _before in result.changed], FIELDS, batch_size=500)
    audit.record_many("add_unit", [_added(unit) for unit in result.new], by=by)
    audit.record_many("change_unit", [_changed(unit, before) for unit, before in result.changed], by=by)


def _added(unit: Unit) -> audit.Change:
    return audit.Change(unit, {}, {"code": unit.code, "name": unit.name, "kind": unit.kind}, unit.path)


def _changed(unit: Unit, before: dict[str, object]) -> audit.Change:
    return audit.Change(unit, before, {name: getattr(unit, name) for name in before}, unit.path)
