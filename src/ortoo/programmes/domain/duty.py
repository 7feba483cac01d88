"""What happens to duties: a list for the whole programme, copied to each leg, ticked off one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.people.models import Account
from ortoo.programmes.models import Duty, DutyTemplate, Leg, Programme
from ortoo.programmes.queries import hosts_of

FIELDS = ("department", "days_before")


class DutyTwice(Refused):
    sentence = _("“%(title)s” stands twice in the list.")


class DutyDone(Refused):
    sentence = _("“%(title)s” is ticked off already. Take the tick back first.")


class DutyOpen(Refused):
    sentence = _("“%(title)s” is not ticked off.")


class NotAHost(Refused):
    sentence = _("%(account)s is neither host nor organiser of %(leg)s.")


@dataclass(frozen=True)
class DutyDraft:
    """A duty as somebody writes it; `days_before` days before the first day, negative: after it."""

    title: str
    department: str = ""
    days_before: int = 0


@dataclass
class LegCopy:
    """What copying the list does to one leg; `changed` pairs a duty with its entry in the list."""

    leg: Leg
    new: list[DutyTemplate] = field(default_factory=list)
    changed: list[tuple[Duty, DutyTemplate]] = field(default_factory=list)
    same: int = 0


@transaction.atomic
def set_template(programme: Programme, drafts: Sequence[DutyDraft], *, by: Actor) -> list[DutyTemplate]:
    """Make the programme's list these duties. The legs keep theirs until the list is copied."""
    _demand_once([draft.title for draft in drafts])
    before = [[duty.title, duty.department, duty.days_before] for duty in programme.duty_template.all()]
    after = [[draft.title, draft.department, draft.days_before] for draft in drafts]
    if sorted(before) == sorted(after):
        return list(programme.duty_template.all())
    programme.duty_template.all().delete()
    DutyTemplate.objects.bulk_create(
        [DutyTemplate(programme=programme, title=d.title, department=d.department, days_before=d.days_before) for d in drafts]
    )
    audit.record(
        "set_duties",
        programme,
        by=by,
        before={"duties": before},
        after={"duties": after},
        unit_path=programme.unit.path,
    )
    return list(programme.duty_template.all())


def compare_template(programme: Programme) -> list[LegCopy]:
    """What `copy_template` would do to each leg; four queries however many legs there are."""
    template = list(programme.duty_template.all())
    legs = {leg.pk: leg for leg in programme.legs.all()}
    known: dict[int, dict[str, Duty]] = {pk: {} for pk in legs}
    for duty in Duty.objects.filter(leg__in=list(legs)):
        duty.leg = legs[duty.leg_id]
        known[duty.leg_id][duty.title] = duty
    return [_compare(leg, template, known[pk]) for pk, leg in legs.items()]


@transaction.atomic
def copy_template(programme: Programme, *, by: Actor) -> list[LegCopy]:
    """Copy the list to every leg: adds what is missing, changes what isn't done yet, removes nothing."""
    copies = compare_template(programme)
    Duty.objects.bulk_create([_duty(copy.leg, entry) for copy in copies for entry in copy.new], batch_size=500)
    changes = [_change(duty, entry) for copy in copies for duty, entry in copy.changed]
    changed = [duty for copy in copies for duty, _entry in copy.changed]
    Duty.objects.bulk_update(changed, FIELDS, batch_size=500)
    audit.record_many("change_duty", changes, by=by)
    added = sum(len(copy.new) for copy in copies)
    if added:
        audit.record("copy_duties", programme, by=by, after={"duties": added}, unit_path=programme.unit.path)
    return copies


@transaction.atomic
def add_duty(leg: Leg, draft: DutyDraft, *, by: Actor) -> Duty:
    """Add a duty to one leg."""
    if leg.duties.filter(title=draft.title).exists():
        raise DutyTwice(title=draft.title)
    duty = Duty.objects.create(leg=leg, title=draft.title, department=draft.department, days_before=draft.days_before)
    after = {"leg": leg.name, "title": draft.title, "days_before": draft.days_before}
    audit.record("add_duty", duty, by=by, after=after, unit_path=leg.programme.unit.path)
    return duty


@transaction.atomic
def remove_duty(duty: Duty, *, by: Actor) -> None:
    """Remove a duty from its leg; refused once it is ticked off."""
    if duty.done_at:
        raise DutyDone(title=duty.title)
    before = {"leg": duty.leg.name, "title": duty.title, "days_before": duty.days_before}
    audit.record("remove_duty", duty, by=by, before=before, unit_path=duty.leg.programme.unit.path)
    duty.delete()


@transaction.atomic
def tick_off(duty: Duty, note: str = "", *, by: Actor) -> None:
    """Say that it is done, with a note. Who came second is told so and changes nothing."""
    ticked = Duty.objects.filter(pk=duty.pk, done_at=None).update(done_at=clock.now(), done_by_id=by.pk, note=note)
    if not ticked:
        raise DutyDone(title=duty.title)
    duty.refresh_from_db()
    audit.record("tick_off", duty, by=by, after={"note": note}, unit_path=duty.leg.programme.unit.path)


@transaction.atomic
def take_tick_back(duty: Duty, *, by: Actor) -> None:
    """Say that it isn't done after all; the note stays."""
    before = {"done_at": duty.done_at, "note": duty.note}
    if not Duty.objects.filter(pk=duty.pk, done_at__isnull=False).update(done_at=None, done_by=None):
        raise DutyOpen(title=duty.title)
    duty.refresh_from_db()
    audit.record("take_tick_back", duty, by=by, before=before, unit_path=duty.leg.programme.unit.path)


@transaction.atomic
def name_owner(duty: Duty, owner: Account | None, *, by: Actor) -> None:
    """Say who answers for a duty, or nobody; only who hosts or organises its leg."""
    if owner and not hosts_of(duty.leg).filter(pk=owner.pk).exists():
        raise NotAHost(account=owner, leg=duty.leg)
    before, duty.owner = duty.owner, owner
    if before == owner:
        return
    duty.save(update_fields=["owner"])
    said = {"owner": before.username if before else None}, {"owner": owner.username if owner else None}
    audit.record("change_duty", duty, by=by, before=said[0], after=said[1], unit_path=duty.leg.programme.unit.path)


def suggested() -> list[DutyDraft]:
    """A list to start from, in the reader's language: what a residential term usually needs."""
    base, rooms, kitchen = gettext("training base"), gettext("logistics"), gettext("canteen")
    teaching, health, office = gettext("teaching office"), gettext("clinic"), gettext("training office")
    return [
        DutyDraft(gettext("Settle the timetable and the teachers"), teaching, 14),
        DutyDraft(gettext("Send the notices to the units"), office, 10),
        DutyDraft(gettext("Check rooms and beds, women's and men's"), rooms, 7),
        DutyDraft(gettext("Order meals, with halal and vegetarian"), kitchen, 5),
        DutyDraft(gettext("Print handbooks, badges and door sheets"), office, 3),
        DutyDraft(gettext("Test the hall: sound, screen, network"), base, 2),
        DutyDraft(gettext("Stock the clinic and arrange the duty doctor"), health, 2),
        DutyDraft(gettext("Meet arrivals, hand out rooms"), rooms, 0),
        DutyDraft(gettext("Hand rooms back, note the damage"), rooms, -18),
        DutyDraft(gettext("Report the term: who came, who left early"), office, -21),
    ]


def suggested_for_stop() -> list[DutyDraft]:
    """A list to start from, in the reader's language: what the host of a stop usually prepares."""
    host, office, network = gettext("host"), gettext("training office"), gettext("information office")
    logistics, security = gettext("logistics"), gettext("security")
    return [
        DutyDraft(gettext("Settle the hall in writing and look at the stage"), host, 14),
        DutyDraft(gettext("Ask the delegations for their names"), office, 10),
        DutyDraft(gettext("Book rooms and meals for the company"), logistics, 7),
        DutyDraft(gettext("Settle doors, parking, and the way for wheelchairs"), security, 5),
        DutyDraft(gettext("Test sound, screen and both lines to the internet"), network, 2),
        DutyDraft(gettext("Lay out seat labels and door sheets"), office, 1),
        DutyDraft(gettext("Rehearse on the stage with light and microphones"), host, 1),
        DutyDraft(gettext("Meet the company, doctor and vehicle on duty"), logistics, 0),
        DutyDraft(gettext("Report how many came, at the hall and at the sites"), office, -1),
        DutyDraft(gettext("Write down the lessons for the next stop"), host, -2),
    ]


def _demand_once(titles: list[str]) -> None:
    for title in titles:
        if titles.count(title) > 1:
            raise DutyTwice(title=title)


def _compare(leg: Leg, template: list[DutyTemplate], known: dict[str, Duty]) -> LegCopy:
    copy = LegCopy(leg)
    for entry in template:
        duty = known.get(entry.title)
        if duty is None:
            copy.new.append(entry)
        elif duty.done_at is None and any(getattr(duty, name) != getattr(entry, name) for name in FIELDS):
            copy.changed.append((duty, entry))
        else:
            copy.same += 1
    return copy


def _duty(leg: Leg, entry: DutyTemplate) -> Duty:
    return Duty(leg=leg, title=entry.title, department=entry.department, days_before=entry.days_before)


def _change(duty: Duty, entry: DutyTemplate) -> audit.Change:
    before = {name: getattr(duty, name) for name in FIELDS}
    after = {name: getattr(entry, name) for name in FIELDS}
    for name in FIELDS:
        setattr(duty, name, after[name])
    return audit.Change(duty, before, after, duty.leg.programme.unit.path)
