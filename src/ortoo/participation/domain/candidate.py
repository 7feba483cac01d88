"""What happens to candidates: put forward against a quota, approved above, confirmed, sent back, substituted, withdrawn.

`standing` is how far the word of whoever acts carries: a unit proposes, the unit that gave it the quota approves, an
organiser confirms. Deadlines bind everybody but the organiser. A quota's row is held while its candidates change, so that
of two who want the last one, one gets it and the other is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.nomination import NominationDraft, nominate, withdraw
from ortoo.participation.domain.quota import deadline_of, demand_under_way, held, is_over, locked, take
from ortoo.participation.domain.quota_request import NeedsWords
from ortoo.participation.models import Nomination
from ortoo.participation.quotas.models import Candidate, Quota
from ortoo.people.models import Person
from ortoo.programmes.models import Programme

State = Candidate.State


class QuotaFull(Refused):
    sentence = _("%(unit)s has %(free)s left of its quota; %(count)s people are too many.")


class CandidateTwice(Refused):
    sentence = _("%(name)s has been put forward already.")


class NotOwnPerson(Refused):
    sentence = _("%(name)s is not one of the people of %(unit)s.")


class FillingClosed(Refused):
    sentence = _("The time for putting people forward is over. Ask the organiser.")


class SubstitutionClosed(Refused):
    sentence = _("The time for substituting and withdrawing is over. Ask the organiser.")


class SubstitutedByThemselves(Refused):
    sentence = _("%(name)s can't come instead of themselves. Choose somebody else of the unit.")


class CandidateGone(Refused):
    sentence = _("%(name)s is no longer put forward.")


def propose(
    quota: Quota,
    persons: Sequence[Person],
    *,
    standing: str,
    by: Actor,
    said: Mapping[str, dict[str, Any]] | None = None,
    substituting: bool = False,
) -> list[Candidate]:
    """Put people of the unit forward, all or none; with an organiser's standing they are nominated at once.

    `said` is, by staff number, what an earlier nomination of theirs held; `substituting` says that the caller has taken
    back at least as many of the quota, so that the time for substituting is what counts.
    """
    try:
        with transaction.atomic():
            quota = held(quota)
            _demand_time(quota.programme, standing, substituting=substituting)
            return _propose(quota, persons, standing, by, said or {})
    except IntegrityError as error:  # A unit above put one of them forward a moment ago.
        raise CandidateTwice(name=_first_taken(quota, persons, error)) from error


def _propose(
    quota: Quota, persons: Sequence[Person], standing: str, by: Actor, said: Mapping[str, dict[str, Any]]
) -> list[Candidate]:
    """The same for a quota that is held."""
    if len(persons) > quota.free:
        raise QuotaFull(unit=quota.unit, free=quota.free, count=len(persons))
    rows = Candidate.objects.filter(programme=quota.programme, person__in=persons).only("programme", "person", "state")
    known = {each.person_id: each for each in rows.order_by()}
    made = [_drafted(quota, each, standing, known.get(each.pk), by, said=said.get(each.staff_no)) for each in persons]
    Candidate.objects.bulk_create([each for each in made if not each.pk], batch_size=500)
    for each in made:
        if each.person_id in known:
            each.save()
    take(quota, len(made))
    _nominate(made, standing, by)
    audit.record_many("propose", [_change(each, {}, {"state": standing}) for each in made], by=by)
    return made


@transaction.atomic
def substitute(candidate: Candidate, person: Person, *, standing: str, by: Actor) -> Candidate:
    """Put another person of the unit in somebody's place, who may have been sent back; they go through the same decisions."""
    _demand_time(candidate.programme, standing, substituting=True)
    quotas, found = _held([candidate])
    if not found:
        raise CandidateGone(name=candidate.person)
    old, quota = found[0], quotas[found[0].quota_id]
    if person.pk == old.person_id:
        raise SubstitutedByThemselves(name=person)
    if not old.counts and quota.free < 1:  # What they took was freed, and may have gone to somebody else.
        raise QuotaFull(unit=quota.unit, free=quota.free, count=1)
    _take_back([old], by)
    known = Candidate.objects.filter(programme=quota.programme, person=person).first()
    made = _drafted(quota, person, standing, known, by, instead_of=old.person)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:  # A unit above put the same person forward a moment ago.
        raise CandidateTwice(name=person) from error
    take(quota, 1)
    _nominate([made], standing, by)
    after = {"person": person.staff_no, "state": standing}
    audit.record("substitute", made, by=by, before={"person": old.person.staff_no}, after=after, unit_path=quota.unit.path)
    return made


@transaction.atomic
def withdraw_candidates(candidates: Iterable[Candidate], *, standing: str, by: Actor) -> int:
    """Take people back, with their nominations; refused while one of them has a published place."""
    _quotas, found = _held(candidates)
    for programme in {each.programme for each in found}:
        _demand_time(programme, standing, substituting=True)
    changes = [_change(each, {"state": each.state}, {}) for each in found]
    audit.record_many("withdraw_candidate", changes, by=by)
    _take_back(found, by)
    return len(found)


@transaction.atomic
def approve(candidates: Iterable[Candidate], *, by: Actor) -> int:
    """The unit above agrees with who is proposed. Returns how many that was; the others stay as they are."""
    return len(_move(candidates, (State.PROPOSED,), State.APPROVED, "approve_candidate", by))


@transaction.atomic
def confirm(candidates: Iterable[Candidate], *, by: Actor) -> int:
    """The organiser nominates who is approved. Returns how many that was; the others stay as they are."""
    made = _move(candidates, (State.APPROVED,), State.CONFIRMED, "confirm_candidate", by)
    _nominate(made, State.CONFIRMED, by)
    return len(made)


@transaction.atomic
def send_back(candidates: Iterable[Candidate], words: str, *, by: Actor) -> int:
    """Say no to who is proposed or approved, and why; the unit has its quota again."""
    if not words.strip():
        raise NeedsWords
    undecided = (State.PROPOSED, State.APPROVED)
    return len(_move(candidates, undecided, State.SENT_BACK, "send_back_candidate", by, words.strip()))


def _demand_time(programme: Programme, standing: str, *, substituting: bool = False) -> None:
    demand_under_way(programme)
    if standing == State.CONFIRMED:
        return
    deadline = deadline_of(programme)
    if substituting and is_over(deadline.substitute_until):
        raise SubstitutionClosed
    if not substituting and is_over(deadline.fill_until):
        raise FillingClosed


def _held(candidates: Iterable[Candidate]) -> tuple[dict[int, Quota], list[Candidate]]:
    """The candidates as they are now and their quotas, which nobody else changes until the transaction ends."""
    wanted = list(candidates)
    quotas = locked(Quota.objects.filter(candidates__in=wanted).distinct())
    rows = Candidate.objects.select_related("person__unit", "quota__unit", "quota__leg", "programme__unit")
    return {quota.pk: quota for quota in quotas}, list(rows.filter(pk__in=[each.pk for each in wanted], quota__in=quotas))


def _drafted(
    quota: Quota,
    person: Person,
    standing: str,
    known: Candidate | None,
    by: Actor,
    *,
    instead_of: Person | None = None,
    said: dict[str, Any] | None = None,
) -> Candidate:
    if not quota.unit.holds(person.unit.path):
        raise NotOwnPerson(name=person, unit=quota.unit)
    if known and known.counts:
        raise CandidateTwice(name=person)
    made = known or Candidate(programme=quota.programme, person=person)
    made.quota, made.person, made.state, made.word, made.instead_of = quota, person, standing, "", instead_of
    made.said = said or {}
    made.at, made.by_name = clock.now(), by.get_username()
    return made


def _first_taken(quota: Quota, persons: Sequence[Person], error: IntegrityError) -> Person:
    """Who of them is put forward already; the error itself when nobody is, as it then says something else."""
    rows = Candidate.objects.filter(programme=quota.programme_id, person__in=persons).exclude(state=State.SENT_BACK)
    taken = set(rows.values_list("person_id", flat=True))
    for person in persons:
        if person.pk in taken:
            return person
    raise error


def _take_back(candidates: Sequence[Candidate], by: Actor) -> None:
    """Free what they took; of those who are nominated, withdrawing the nomination does so."""
    confirmed = [each for each in candidates if each.state == State.CONFIRMED]
    nominations = Nomination.objects.filter(
        programme__in={each.programme_id for each in confirmed}, person__in=[each.person_id for each in confirmed]
    ).select_related("person__unit", "programme")
    wanted = {(each.programme_id, each.person_id) for each in confirmed}
    withdraw([each for each in nominations if (each.programme_id, each.person_id) in wanted], by=by)
    for each in Candidate.objects.filter(pk__in=[each.pk for each in candidates]).select_related("quota"):
        if each.counts:
            take(each.quota, -1)
        each.delete()


def _move(
    candidates: Iterable[Candidate], states: Sequence[str], to: str, verb: str, by: Actor, words: str = ""
) -> list[Candidate]:
    quotas, found = _held(candidates)
    moved = [each for each in found if each.state in states]
    for programme in {each.programme for each in moved}:
        demand_under_way(programme)
    changes = [_change(each, {"state": each.state}, {"state": to} | ({"word": words} if words else {})) for each in moved]
    for each in moved:
        each.state, each.word = to, words
        if to == State.SENT_BACK:
            take(quotas[each.quota_id], -1)
    Candidate.objects.bulk_update(moved, ["state", "word"], batch_size=200)
    audit.record_many(verb, changes, by=by)
    return moved


def _nominate(candidates: Sequence[Candidate], standing: str, by: Actor) -> None:
    """Nominate who isn't yet: what a return said of somebody stays as it is."""
    if standing != State.CONFIRMED or not candidates:
        return
    for programme in {each.programme for each in candidates}:
        mine = [each for each in candidates if each.programme_id == programme.pk]
        known = set(programme.nominations.filter(person__in=[each.person_id for each in mine]).values_list("person", flat=True))
        drafts = [
            NominationDraft(each.person, **(each.said or {"wish": each.quota.leg.ordinal if each.quota.leg else None}))
            for each in mine
            if each.person_id not in known
        ]
        nominate(programme, drafts, by=by, source="quota")


def _change(candidate: Candidate, before: Mapping[str, object], after: Mapping[str, object]) -> audit.Change:
    return audit.Change(candidate, before, after, candidate.quota.unit.path)
