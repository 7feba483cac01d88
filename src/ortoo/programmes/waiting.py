"""What waits for organisers and hosts: programmes still to be opened, duties that are due."""

from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from ortoo.kernel import clock
from ortoo.people.models import Account
from ortoo.programmes.models import Appearance, Duty, Programme, Talk
from ortoo.programmes.queries import (
    appearances_to_come,
    duties_owned,
    duties_waiting,
    legs_signed_by,
    organised_by,
    talks_to_sign,
)
from ortoo.ui.waiting import MOST, Waiting

SOON = timedelta(days=7)


def programmes_waiting(account: Account) -> list[Waiting]:
    """Programmes in preparation: without terms they wait for terms, else for opening."""
    drafts = organised_by(account).filter(state=Programme.State.DRAFT).annotate(legs_count=Count("legs", distinct=True))
    return [_draft(programme) for programme in drafts[:MOST]]


def duties_that_wait(account: Account) -> list[Waiting]:
    """Duties overdue or due within a week, for who signs them off and who answers for them: one item for each leg."""
    until = clock.today() + SOON
    by_leg: dict[int, dict[int, Duty]] = {}
    found = duties_waiting(legs_signed_by(account), until, MOST * 10)
    for duty in sorted([*found, *duties_owned(account, until, MOST * 10)], key=lambda duty: duty.due or until):
        by_leg.setdefault(duty.leg_id, {})[duty.pk] = duty
    return [_duties(list(duties.values())) for duties in by_leg.values()][:MOST]


def scripts_that_wait(account: Account) -> list[Waiting]:
    """Scripts whose newest version is still to be signed off, for organisers: one item for each tour; one query."""
    by_tour: dict[int, list[Talk]] = {}
    for talk in talks_to_sign(account)[: MOST * 10]:
        by_tour.setdefault(talk.programme_id, []).append(talk)
    return [_scripts(talks) for talks in by_tour.values()][:MOST]


def talks_that_wait(account: Account) -> list[Waiting]:
    """Where the account's own person speaks today or next; two queries."""
    if not account.person_id:
        return []
    return [_talk(each) for each in appearances_to_come(account)[:MOST]]


def _draft(programme: Programme) -> Waiting:
    ready = bool(programme.legs_count)  # type: ignore[attr-defined]
    if programme.is_tour:
        return _tour_draft(programme, ready)
    return Waiting(
        programme.title,
        _("It has its terms. Open it, then the units can send their returns.")
        if ready
        else _("It has no terms yet. Write down when and where they are held."),
        None,
        reverse("programmes:programme" if ready else "programmes:legs", args=[programme.key]),
        _("Look and open") if ready else _("Write the terms"),
        programme=programme.key,
    )


def _tour_draft(programme: Programme, ready: bool) -> Waiting:
    return Waiting(
        programme.title,
        _("It has its stops. Announce it, then hosts and speakers see it.")
        if ready
        else _("It has no stops yet. Write down which places it goes to."),
        None,
        reverse("programmes:programme" if ready else "programmes:stops", args=[programme.key]),
        _("Look and announce") if ready else _("Write the stops"),
        programme=programme.key,
    )


def _duties(duties: list[Duty]) -> Waiting:
    first, leg = duties[0], duties[0].leg
    said = {"programme": leg.programme.title, "leg": leg.name}
    title = (_("%(programme)s, %(leg)s: checklist") if leg.programme.is_tour else _("%(programme)s, %(leg)s: duties")) % said
    names = "、".join(duty.title for duty in duties[:3])
    more = len(duties) - 3
    why = _("%(names)s and %(count)s more") % {"names": names, "count": more} if more > 0 else names
    href = f"{reverse('programmes:duties', args=[leg.programme.key])}?leg={leg.ordinal}"
    return Waiting(title, why, first.due, href, _("Tick off"), programme=leg.programme.key, count=len(duties))


def _scripts(talks: list[Talk]) -> Waiting:
    tour = talks[0].programme
    why = "、".join(talk.title for talk in talks[:3])
    title = _("%(programme)s: scripts to be signed off") % {"programme": tour.title}
    return Waiting(
        title, why, None, reverse("programmes:talks", args=[tour.key]), _("Read"), programme=tour.key, count=len(talks)
    )


def _talk(appearance: Appearance) -> Waiting:
    leg, talk = appearance.leg, appearance.talk
    title = _("You tell “%(talk)s” at %(stop)s") % {"talk": talk.title, "stop": leg.name}
    hall = leg.hall
    href = reverse("programmes:talk", args=[leg.programme.key, talk.pk])
    return Waiting(title, hall.name if hall else "", leg.day, href, _("My talk"), programme=leg.programme.key)
