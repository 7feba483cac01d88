"""What happens to the running order of a stop: who tells what, in which order, who steps in, who has arrived."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.programmes.models import Appearance, Leg, Speaker, Talk

MOST_TALKS = 2


class TalkOnAlready(Refused):
    sentence = _("%(talk)s is in the running order already.")


class TalkElsewhere(Refused):
    sentence = _("%(talk)s is not a talk of this tour.")


class NoUnderstudy(Refused):
    sentence = _("%(speaker)s has no understudy. Name one first.")


class SpeakerBlocked(Refused):
    sentence = _("%(speaker)s cannot come on %(day)s.")


class TooManyTalks(Refused):
    sentence = _("%(speaker)s already gives two talks here; nobody gives more.")


class ToldByItsSpeaker(Refused):
    sentence = _("%(talk)s is told by its own speaker already.")


class StandsInAlready(Refused):
    sentence = _("%(speaker)s already tells %(talk)s.")


class ArrivedAlready(Refused):
    sentence = _("%(speaker)s is marked as arrived already.")


class NotArrived(Refused):
    sentence = _("%(speaker)s is not marked as arrived.")


@transaction.atomic
def put_on(leg: Leg, talk: Talk, *, by: Actor) -> Appearance:
    """Put a talk at the end of a stop's running order, told by its speaker or, where they are blocked, the understudy."""
    if talk.programme_id != leg.programme_id:
        raise TalkElsewhere(talk=talk)
    if leg.appearances.filter(talk=talk).exists():
        raise TalkOnAlready(talk=talk)
    teller = _teller(leg, talk)
    _demand_room(leg, teller)
    last = leg.appearances.order_by("position").last()
    appearance = Appearance.objects.create(leg=leg, talk=talk, teller=teller, position=last.position + 1 if last else 1)
    after = {"talk": talk.title, "teller": str(teller)}
    audit.record("put_talk_on", leg, by=by, after=after, unit_path=leg.programme.unit.path)
    return appearance


@transaction.atomic
def put_all_on(leg: Leg, *, by: Actor) -> list[Appearance]:
    """Put every talk of the tour on that isn't yet: in the order of the stop before, the others after them."""
    on = set(leg.appearances.values_list("talk_id", flat=True))
    before = leg.programme.legs.filter(ordinal__lt=leg.ordinal, appearances__isnull=False).order_by("ordinal").last()
    order = list(before.appearances.values_list("talk_id", flat=True)) if before else []
    talks = leg.programme.talks.exclude(pk__in=on).select_related("speaker__person", "speaker__understudy__person")
    in_order = sorted(talks, key=lambda talk: (order.index(talk.pk) if talk.pk in order else len(order), talk.pk))
    return [put_on(leg, talk, by=by) for talk in in_order]


@transaction.atomic
def take_off(appearance: Appearance, *, by: Actor) -> None:
    """Take a talk out of a stop's running order."""
    leg = appearance.leg
    audit.record("take_talk_off", leg, by=by, before={"talk": appearance.talk.title}, unit_path=leg.programme.unit.path)
    appearance.delete()
    _number(list(leg.appearances.all()))


@transaction.atomic
def move(appearance: Appearance, step: int, *, by: Actor) -> None:
    """Move a talk one place earlier (-1) or later (1); at an end nothing happens."""
    leg = appearance.leg
    order = list(leg.appearances.all())
    place = order.index(appearance)
    other = place + step
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    _number(order)
    said = {"talk": appearance.talk.title}
    before, after = said | {"position": place + 1}, said | {"position": other + 1}
    audit.record("move_talk", leg, by=by, before=before, after=after, unit_path=leg.programme.unit.path)


@transaction.atomic
def step_in(appearance: Appearance, *, by: Actor) -> None:
    """The understudy of the talk's speaker tells it at this stop."""
    speaker = appearance.talk.speaker
    if speaker.understudy is None:
        raise NoUnderstudy(speaker=speaker)
    if appearance.teller_id == speaker.understudy_id:
        raise StandsInAlready(speaker=speaker.understudy, talk=appearance.talk)
    _demand_can_come(appearance.leg, speaker.understudy)
    _tell(appearance, speaker.understudy, by)


@transaction.atomic
def step_back(appearance: Appearance, *, by: Actor) -> None:
    """The talk's own speaker tells it at this stop after all."""
    speaker = appearance.talk.speaker
    if appearance.teller_id == speaker.pk:
        raise ToldByItsSpeaker(talk=appearance.talk)
    _demand_can_come(appearance.leg, speaker)
    _tell(appearance, speaker, by)


@transaction.atomic
def mark_arrived(leg: Leg, speaker: Speaker, *, by: Actor) -> None:
    """Say that somebody has come to the stop, for every talk that they tell there."""
    if not leg.appearances.filter(teller=speaker, arrived_at=None).update(arrived_at=clock.now()):
        raise ArrivedAlready(speaker=speaker)
    audit.record("mark_arrived", leg, by=by, after={"speaker": str(speaker)}, unit_path=leg.programme.unit.path)


@transaction.atomic
def unmark_arrived(leg: Leg, speaker: Speaker, *, by: Actor) -> None:
    """Say that somebody has not come after all."""
    if not leg.appearances.filter(teller=speaker, arrived_at__isnull=False).update(arrived_at=None):
        raise NotArrived(speaker=speaker)
    audit.record("unmark_arrived", leg, by=by, before={"speaker": str(speaker)}, unit_path=leg.programme.unit.path)


def _teller(leg: Leg, talk: Talk) -> Speaker:
    """Its speaker; blocked that day, the understudy, if there is one who can come."""
    speaker, understudy = talk.speaker, talk.speaker.understudy
    if speaker.blocked_on(leg.day) and understudy and not understudy.blocked_on(leg.day):
        return understudy
    return speaker


def _demand_can_come(leg: Leg, speaker: Speaker) -> None:
    if speaker.blocked_on(leg.day):
        raise SpeakerBlocked(speaker=speaker, day=leg.day)
    _demand_room(leg, speaker)


def _demand_room(leg: Leg, speaker: Speaker) -> None:
    if leg.appearances.filter(teller=speaker).count() >= MOST_TALKS:
        raise TooManyTalks(speaker=speaker)


def _tell(appearance: Appearance, teller: Speaker, by: Actor) -> None:
    """Who tells it changes; they count as arrived if they are marked for another talk of this stop."""
    before, leg = appearance.teller, appearance.leg
    there = leg.appearances.filter(teller=teller, arrived_at__isnull=False).first()
    appearance.teller, appearance.arrived_at = teller, there.arrived_at if there else None
    appearance.save(update_fields=["teller", "arrived_at"])
    said = {"talk": appearance.talk.title, "teller": str(before)}, {"talk": appearance.talk.title, "teller": str(teller)}
    audit.record("change_teller", leg, by=by, before=said[0], after=said[1], unit_path=leg.programme.unit.path)


def _number(order: Sequence[Appearance]) -> None:
    for position, appearance in enumerate(order, 1):
        appearance.position = position
    Appearance.objects.bulk_update(order, ["position"])
