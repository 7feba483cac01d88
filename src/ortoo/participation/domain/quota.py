"""What happens to quotas: a total for the programme, passed on from unit to unit, given back; never more than is held.

Locks are taken from the top of the tree downwards, so that two people at work in one branch never wait for each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.models import Nomination
from ortoo.participation.quotas.models import Candidate, Quota, QuotaDeadline
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg, Programme


class ProgrammeClosed(Refused):
    sentence = _("%(programme)s is closed; its quotas stay as they are.")


class LessThanUsed(Refused):
    sentence = _("%(unit)s has already passed on or filled %(used)s; its quota can't be %(count)s.")


class MoreThanHeld(Refused):
    sentence = _("%(unit)s has %(free)s in hand, not %(count)s.")


class NotBelow(Refused):
    sentence = _("%(unit)s does not lie below %(above)s.")


class HeldFromElsewhere(Refused):
    sentence = _("%(unit)s has its quota from %(above)s, which alone can change it.")


class ChangedMeanwhile(Refused):
    sentence = _("The quota of %(unit)s has changed since you read it: it is %(now)s now. Look again, then save.")


class NothingAbove(Refused):
    sentence = _("%(unit)s holds the total; nobody is above to take it back.")


class DeadlinesCrossed(Refused):
    sentence = _("Substituting can't end before putting people forward does.")


PROGRAMME = ("title", "state", "quota_deadline__fill_until", "quota_deadline__substitute_until")
CHANGING = ("given", "passed", "filled", *(f"programme__{name}" for name in PROGRAMME))


@dataclass(frozen=True)
class Share:
    """What a unit is to hold; `seen` is what it held when the number was written, None if nobody looked."""

    count: int
    seen: int | None = None


@transaction.atomic
def set_total(programme: Programme, leg: Leg | None, count: int, *, by: Actor) -> Quota:
    """Say how many the programme (or one of its terms) has to give; the programme's unit holds them."""
    demand_under_way(programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    quota, _new = Quota.objects.get_or_create(programme=programme, unit=programme.unit, leg=leg)
    quota = locked([quota])[0]
    _demand_enough(quota, count)
    if quota.given != count:
        before, quota.given = quota.given, count
        quota.save(update_fields=["given"])
        _note("set_total", quota, {"given": before}, {"given": count}, by)
    return quota


@transaction.atomic
def pass_on(holder: Quota, shares: Mapping[Unit, Share], *, by: Actor) -> int:
    """Make these the quotas of units below, all or none; only what differs is changed. Returns how many differed."""
    demand_under_way(holder.programme)
    holder = locked([holder])[0]
    units = {unit.pk: unit for unit in shares}
    held = Quota.objects.filter(programme=holder.programme_id, leg=holder.leg_id, unit__in=units)
    known = {quota.unit_id: quota for quota in locked(held)}
    changed = [_share(holder, unit, share, known.get(unit.pk)) for unit, share in shares.items()]
    differing = [(quota, count) for quota, count in changed if quota.given != count]
    more = sum(count - quota.given for quota, count in differing)
    if more > holder.free:
        raise MoreThanHeld(unit=holder.unit, free=holder.free, count=more)
    Quota.objects.filter(pk=holder.pk).update(passed=F("passed") + more)
    for quota, count in differing:
        _put(quota, count, by)
    return len(differing)


@transaction.atomic
def give_back(quota: Quota, count: int, *, by: Actor) -> None:
    """Return some of what the unit has in hand to whoever gave it."""
    demand_under_way(quota.programme)
    if quota.above is None:
        raise NothingAbove(unit=quota.unit)
    above, quota = locked([quota.above])[0], locked([quota])[0]
    if count > quota.free:
        raise MoreThanHeld(unit=quota.unit, free=quota.free, count=count)
    Quota.objects.filter(pk=above.pk).update(passed=F("passed") - count)
    Quota.objects.filter(pk=quota.pk).update(given=F("given") - count)
    _note("give_back_quota", quota, {"given": quota.given}, {"given": quota.given - count}, by)


@transaction.atomic
def set_deadlines(programme: Programme, fill: datetime | None, substitute: datetime | None, *, by: Actor) -> None:
    """Say until when units put people forward and substitute them (aware moments); None: no end."""
    if fill and substitute and substitute < fill:
        raise DeadlinesCrossed
    found = deadline_of(programme)
    before = {"fill_until": found.fill_until, "substitute_until": found.substitute_until}
    found.fill_until, found.substitute_until = fill, substitute
    found.save()
    after = {"fill_until": fill, "substitute_until": substitute}
    if before != after:
        audit.record("set_deadlines", found, by=by, before=before, after=after, unit_path=programme.unit.path)


def locked(quotas: Iterable[Quota]) -> list[Quota]:
    """The quotas as they are now, nobody else changing them until the transaction ends; from the top down."""
    rows = Quota.objects.select_for_update(of=("self",)).select_related("unit", "leg", "programme__quota_deadline")
    return list(rows.filter(pk__in=[quota.pk for quota in quotas]).order_by("unit__path", "pk"))


def held(quota: Quota) -> Quota:
    """The same for one quota: what may have changed since is read again, its unit and term are taken as they are known."""
    rows = Quota.objects.select_for_update(of=("self",)).select_related("programme__quota_deadline")
    found = rows.only(*CHANGING).get(pk=quota.pk)
    found.unit, found.leg, found.above_id = quota.unit, quota.leg, quota.above_id
    return found


def take(quota: Quota, count: int) -> None:
    """Fill `count` of a locked quota; the caller has looked that so many are free, the constraint looks again."""
    Quota.objects.filter(pk=quota.pk).update(filled=F("filled") + count)
    quota.filled += count


def release(nominations: Iterable[Nomination]) -> None:
    """Free the quota that withdrawn nominations took; their candidates go with them."""
    pairs = {(nomination.programme_id, nomination.person_id) for nomination in nominations}
    persons, programmes = {person for _programme, person in pairs}, {programme for programme, _person in pairs}
    rows = Candidate.objects.filter(programme__in=programmes, person__in=persons, state=Candidate.State.CONFIRMED)
    quotas = locked(Quota.objects.filter(candidates__in=rows).distinct())
    gone = [each for each in rows.filter(quota__in=quotas) if (each.programme_id, each.person_id) in pairs]
    counts = Counter(candidate.quota_id for candidate in gone)
    for quota in quotas:
        take(quota, -counts[quota.pk])
    Candidate.objects.filter(pk__in=[candidate.pk for candidate in gone]).delete()


def demand_under_way(programme: Programme) -> None:
    """Refuse once the programme is closed."""
    if programme.state == Programme.State.CLOSED:
        raise ProgrammeClosed(programme=programme.title)


def deadline_of(programme: Programme) -> QuotaDeadline:
    """The programme's deadlines; none are set at first."""
    try:
        return programme.quota_deadline
    except QuotaDeadline.DoesNotExist:
        return QuotaDeadline(programme=programme)


def is_over(moment: datetime | None) -> bool:
    """Whether a deadline has passed."""
    return moment is not None and moment < clock.now()


def _share(holder: Quota, unit: Unit, share: Share, quota: Quota | None) -> tuple[Quota, int]:
    if unit.pk == holder.unit_id or not holder.unit.holds(unit.path):
        raise NotBelow(unit=unit, above=holder.unit)
    if quota is None:
        quota = Quota(programme=holder.programme, unit=unit, leg=holder.leg, above=holder)
    if share.seen is not None and share.seen != quota.given:
        raise ChangedMeanwhile(unit=unit, now=quota.given)
    if quota.above_id != holder.pk and share.count != quota.given:
        raise HeldFromElsewhere(unit=unit, above=quota.above or unit)
    _demand_enough(quota, share.count)
    return quota, share.count


def _put(quota: Quota, count: int, by: Actor) -> None:
    before, quota.given = quota.given, count
    try:
        with transaction.atomic():
            quota.save(update_fields=["given"] if quota.pk else None)
    except IntegrityError as error:  # Another unit above gave the same unit its first quota a moment ago.
        raise ChangedMeanwhile(unit=quota.unit, now=before) from error
    _note("pass_quota", quota, {"given": before}, {"given": count}, by)


def _demand_enough(quota: Quota, count: int) -> None:
    if count < quota.used:
        raise LessThanUsed(unit=quota.unit, used=quota.used, count=count)


def _note(verb: str, quota: Quota, before: Mapping[str, int], after: Mapping[str, int], by: Actor) -> None:
    audit.record(verb, quota, by=by, before=before, after=after, unit_path=quota.unit.path)
