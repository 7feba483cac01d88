"""The parts of a tour put as fields say, or taken away, by the verbs that the pages use too."""

from collections.abc import Callable

from ortoo.intake.domain.tour_steps import Fields, Key, day_of, key_of
from ortoo.kernel.actor import Actor
from ortoo.participation.domain.delegation import DelegationDraft, add_delegation, change_delegation, remove_delegation
from ortoo.people.models import Person, Unit
from ortoo.programmes.domain.hall import HallDraft, add_hall, change_hall, remove_hall
from ortoo.programmes.domain.speaker import SpeakerDraft, add_speaker, change_speaker, name_understudy, remove_speaker
from ortoo.programmes.domain.stop import StopDraft, add_stop, change_stop, remove_stop
from ortoo.programmes.domain.talk import TalkDraft, add_talk, change_talk, remove_talk
from ortoo.programmes.models import Leg, Programme, Speaker

Put = Callable[[Programme, Key, Fields, Actor], object]


def put(tour: Programme, noun: str, key: Key, fields: Fields, by: Actor) -> None:
    """Make a part be what the fields say, new or changed."""
    _PUT[noun](tour, key, fields, by)


def take(tour: Programme, noun: str, key: Key, by: Actor) -> None:
    """Take a part away; refused when something else stands on it by now."""
    if noun == "stop":
        remove_stop(_leg(tour, key[0]), by=by)
    elif noun == "hall":
        remove_hall(_leg(tour, key[0]).halls.select_related("leg__programme__unit").get(name=key[1]), by=by)
    elif noun == "speaker":
        remove_speaker(_speaker(tour, key[0]), by=by)
    elif noun == "talk":
        remove_talk(tour.talks.select_related("programme__unit").get(title=key[0]), by=by)
    elif noun == "delegation":
        remove_delegation(_leg(tour, key[0]).delegations.select_related("leg__programme__unit").get(name=key[1]), by=by)


def _put_stop(tour: Programme, key: Key, fields: Fields, by: Actor) -> None:
    draft = StopDraft(key[0], Unit.objects.get(code=fields["county"]).pk, fields["mark"])
    leg = tour.legs.filter(name=key[0]).select_related("programme__unit").first()
    if leg is None:
        add_stop(tour, draft, by=by)
    else:
        change_stop(leg, draft, by=by)


def _put_hall(tour: Programme, key: Key, fields: Fields, by: Actor) -> None:
    leg = _leg(tour, key[0])
    hall = leg.halls.filter(name=key[1]).select_related("leg__programme__unit").first()
    rows = tuple(tuple(row) for row in hall.rows) if hall else ()
    # A plan that was drawn for another number of seats is of no use any more.
    rows = rows if sum(map(sum, rows)) == fields["seats"] else ()
    wheelchairs = tuple(hall.wheelchair_places) if hall and rows else ()
    free = tuple(map(day_of, fields["free"]))
    draft = HallDraft(key[1], fields["seats"], free, rows, hall.remark if hall else "", wheelchairs)
    if hall is None:
        add_hall(leg, draft, by=by)
    else:
        change_hall(hall, draft, by=by)


def _put_speaker(tour: Programme, key: Key, fields: Fields, by: Actor) -> None:
    person = Person.objects.filter(staff_no=key[0]).first()
    unit = Unit.objects.filter(code=fields["county"]).first() if fields["county"] else None
    speaker = _find_speaker(tour, key[0])
    assert tour.starts is not None and tour.ends is not None
    outside = (
        [(first, last) for first, last in speaker.blocked_days if last < tour.starts or first > tour.ends] if speaker else []
    )
    days = [(day_of(day), day_of(day)) for day in fields["blocked"]]
    phone = speaker.phone if speaker else ""
    draft = SpeakerDraft(
        person, fields["name"], unit.pk if unit else None, phone, fields["language"], [*outside, *days], fields["remark"]
    )
    if speaker is None:
        add_speaker(tour, draft, by=by)
    else:
        change_speaker(speaker, draft, by=by)


def _put_understudy(tour: Programme, key: Key, fields: Fields, by: Actor) -> None:
    understudy = _speaker(tour, fields["understudy"]) if fields["understudy"] else None
    name_understudy(_speaker(tour, key[0]), understudy, by=by)


def _put_talk(tour: Programme, key: Key, fields: Fields, by: Actor) -> None:
    speaker = _speaker(tour, fields["speaker"])
    draft = TalkDraft(key[0], speaker.pk, fields["minutes"], fields["story"], fields["whose"], fields["language"])
    talk = tour.talks.filter(title=key[0]).select_related("programme__unit").first()
    if talk is None:
        add_talk(tour, draft, by=by)
    else:
        change_talk(talk, draft, by=by)


def _put_delegation(tour: Programme, key: Key, fields: Fields, by: Actor) -> None:
    leg = _leg(tour, key[0])
    delegation = leg.delegations.filter(name=key[1]).select_related("leg__programme__unit").first()
    unit = delegation.unit_id if delegation else None
    draft = DelegationDraft(key[1], unit_id=unit, **fields)
    if delegation is None:
        add_delegation(leg, draft, by=by)
    else:
        change_delegation(delegation, draft, by=by)


_PUT: dict[str, Put] = {
    "stop": _put_stop,
    "hall": _put_hall,
    "speaker": _put_speaker,
    "understudy": _put_understudy,
    "talk": _put_talk,
    "delegation": _put_delegation,
}


def _leg(tour: Programme, name: str) -> Leg:
    return tour.legs.select_related("programme__unit").get(name=name)


def _speaker(tour: Programme, key: str) -> Speaker:
    found = _find_speaker(tour, key)
    if found is None:
        raise Speaker.DoesNotExist
    return found


def _find_speaker(tour: Programme, key: str) -> Speaker | None:
    every = tour.speakers.select_related("person", "programme__unit")
    return next((speaker for speaker in every if key_of(speaker) == key), None)
