"""What happens to a unit's sheet that came back: kept with what it says, applied in one go, undone."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.candidate import propose, withdraw_candidates
from ortoo.participation.domain.nomination import FIELDS
from ortoo.participation.domain.quota import Share, pass_on
from ortoo.participation.models import Nomination
from ortoo.participation.quotas.models import Candidate, Quota, QuotaSheet
from ortoo.participation.quotas.sheet import Said
from ortoo.people.models import Person, Unit

State = QuotaSheet.State


class SheetSettled(Refused):
    sentence = _("This sheet is %(state)s already.")


class UnknownInSheet(Refused):
    sentence = _("Nobody and no unit here has these numbers: %(numbers)s. Correct the sheet and send it again.")


@transaction.atomic
def receive_sheet(quota: Quota, name: str, said: Said, *, by: Actor) -> QuotaSheet:
    """Keep what a returned sheet says; nothing else changes yet."""
    fields = asdict(said)
    kind = fields.pop("kind")
    sheet = quota.sheets.create(kind=kind, name=name[:200], said=fields, at=clock.now(), by_id=by.pk, by_name=by.get_username())
    counts = {key: len(value) for key, value in fields.items()}
    audit.record("receive_quota_sheet", sheet, by=by, after=counts, unit_path=quota.unit.path)
    return sheet


@transaction.atomic
def apply_sheet(sheet: QuotaSheet, *, standing: str, by: Actor) -> None:
    """Do what differs in it, all or nothing: first who is withdrawn, then who is put forward; or the quotas below."""
    sheet = _held(sheet, State.READ)
    if sheet.kind == QuotaSheet.Kind.SHARES:
        _pass(sheet, {code: (before, after) for code, (before, after) in sheet.said["shares"].items()}, by)
    else:
        gone = withdrawn_by(sheet)
        sheet.journal = {"dropped": _held_of(sheet.quota, gone)}
        withdraw_candidates(gone, standing=standing, by=by)
        new = added_by(sheet)
        propose(sheet.quota, new, standing=standing, by=by, substituting=len(new) <= len(gone))
        sheet.journal["added"] = _keys_of(sheet.quota, new)
    _settle(sheet, State.APPLIED, "apply_quota_sheet", by)


@transaction.atomic
def undo_sheet(sheet: QuotaSheet, *, standing: str, by: Actor) -> None:
    """Take back what applying it did; what somebody has changed since stays as it is now."""
    sheet = _held(sheet, State.APPLIED)
    if sheet.kind == QuotaSheet.Kind.SHARES:
        _pass(sheet, {code: (after, before) for code, (before, after) in sheet.said["shares"].items()}, by)
    else:
        gone = _still(sheet.quota, dict(sheet.journal["added"]))
        withdraw_candidates(gone, standing=standing, by=by)
        dropped = sheet.journal["dropped"]
        back = _persons(sheet.quota, list(dropped))
        freed = sum(each.counts for each in gone)
        propose(sheet.quota, back, standing=standing, by=by, said=dropped, substituting=len(back) <= freed)
    _settle(sheet, State.UNDONE, "undo_quota_sheet", by)


def withdrawn_by(sheet: QuotaSheet) -> list[Candidate]:
    """Whom applying the sheet withdraws: those it drops who are still put forward."""
    rows = sheet.quota.candidates.filter(person__staff_no__in=sheet.said["drop"]).exclude(state=Candidate.State.SENT_BACK)
    return list(rows.select_related("person__unit").order_by("person__staff_no"))


def added_by(sheet: QuotaSheet) -> list[Person]:
    """Whom applying the sheet puts forward: those it marks who aren't yet. Refuses staff numbers that nobody here has."""
    if unknown := unknown_in(sheet):
        raise UnknownInSheet(numbers="、".join(unknown[:10]))
    return _persons(sheet.quota, sheet.said["add"])


def unknown_in(sheet: QuotaSheet) -> list[str]:
    """Staff numbers and unit codes of the sheet that stand for nobody and nothing below the unit."""
    path = sheet.quota.unit.path
    people = Person.objects.filter(staff_no__in=sheet.said["add"], unit__path__startswith=path)
    units = Unit.objects.filter(code__in=sheet.said["shares"], path__startswith=path)
    known = {*people.values_list("staff_no", flat=True), *units.values_list("code", flat=True)}
    return [number for number in [*sheet.said["add"], *sheet.said["shares"]] if number not in known]


def _persons(quota: Quota, numbers: Sequence[str]) -> list[Person]:
    """Those of them who aren't put forward."""
    taken = Candidate.objects.filter(programme=quota.programme_id).exclude(state=Candidate.State.SENT_BACK)
    rows = Person.objects.filter(staff_no__in=numbers, unit__path__startswith=quota.unit.path).select_related("unit")
    return list(rows.exclude(pk__in=taken.values("person_id")).order_by("staff_no"))


def _keys_of(quota: Quota, persons: Sequence[Person]) -> list[tuple[int, str]]:
    """The candidates that these people are now, by key and moment (ISO text): whoever is put forward anew later is another one, or
    the same at another moment."""
    rows = quota.candidates.filter(person__in=persons).order_by("pk")
    return [(candidate.pk, candidate.at.isoformat()) for candidate in rows]


def _still(quota: Quota, added: dict[int, str]) -> list[Candidate]:
    """Of those candidates whoever has not been put forward anew since."""
    return [each for each in quota.candidates.filter(pk__in=added) if each.at.isoformat() == added[each.pk]]


def _held_of(quota: Quota, candidates: Sequence[Candidate]) -> dict[str, dict[str, Any]]:
    """By staff number what their nominations hold, {} for who isn't nominated."""
    people = {each.person_id: each.person.staff_no for each in candidates}
    held: dict[str, dict[str, Any]] = {number: {} for number in people.values()}
    for nomination in Nomination.objects.filter(programme=quota.programme_id, person__in=people):
        held[people[nomination.person_id]] = {name: getattr(nomination, name) for name in FIELDS}
    return held


def _pass(sheet: QuotaSheet, changes: dict[str, tuple[int, int]], by: Actor) -> None:
    if unknown := unknown_in(sheet):
        raise UnknownInSheet(numbers="、".join(unknown[:10]))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=changes)}
    pass_on(sheet.quota, {units[code]: Share(new, old) for code, (old, new) in changes.items()}, by=by)


def _held(sheet: QuotaSheet, state: str) -> QuotaSheet:
    rows = QuotaSheet.objects.select_for_update(of=("self",)).select_related("quota__unit", "quota__programme__unit")
    found = rows.get(pk=sheet.pk)
    if found.state != state:
        raise SheetSettled(state=found.get_state_display())
    return found


def _settle(sheet: QuotaSheet, state: Any, verb: str, by: Actor) -> None:
    sheet.state = state
    sheet.save(update_fields=["state", "journal"])
    audit.record(
        verb, sheet, by=by, after={key: len(value) for key, value in sheet.journal.items()}, unit_path=sheet.quota.unit.path
    )
