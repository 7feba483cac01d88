"""A small tour on the stage: three stops, one over, one today, one without a day; three speakers, two talks."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.programmes.stage import Stage, account

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Account, Role
from ortoo.programmes.domain.hall import HallDraft, add_hall
from ortoo.programmes.domain.programme import open_programme, start_tour
from ortoo.programmes.domain.speaker import SpeakerDraft, add_speaker, name_understudy
from ortoo.programmes.domain.stop import Settled, StopDraft, add_stop, settle_route
from ortoo.programmes.domain.talk import TalkDraft, add_talk
from ortoo.programmes.models import Leg, Programme, Speaker, Talk


@dataclass
class Tour:
    """A tour between ten days ago and twenty days hence; `speaking` is the participant, with an account."""

    stage: Stage
    programme: Programme
    stops: list[Leg]
    speaking: Speaker
    guest: Speaker
    third: Speaker
    talks: list[Talk]
    local_host: Account
    other_host: Account


def day(days: int) -> date:
    """So many days from today."""
    return clock.today() + timedelta(days=days)


def build_tour(stage: Stage) -> Tour:
    """The tour, announced. The speaker cannot come today; the guest is their understudy."""
    units = stage.units
    units["150101"].lon, units["150101"].lat = 111.66, 40.82
    units["150201"].lon, units["150201"].lat = 122.07, 46.08
    units["150101"].save()
    units["150201"].save()
    programme = start_tour("示例巡讲", unit=units["15"], starts=day(-10), ends=day(20), by=SYSTEM)
    drafts = [
        StopDraft("甲站", units["150101"].pk, "first"),
        StopDraft("乙站", units["150201"].pk),
        StopDraft("丙站", units["150101"].pk),
    ]
    stops = [add_stop(programme, draft, by=SYSTEM) for draft in drafts]
    halls = [
        add_hall(leg, HallDraft("礼堂", 60, tuple(day(n) for n in (-3, 0, 4, 6)), ((10, 10),) * 3), by=SYSTEM) for leg in stops
    ]
    settle_route(programme, [Settled(stops[0], day(-3), halls[0]), Settled(stops[1], day(0), halls[1])], by=SYSTEM)
    person = stage.participant.person
    speaking = add_speaker(programme, SpeakerDraft(person, blocked=[(day(0), day(1))]), by=SYSTEM)
    guest = add_speaker(programme, SpeakerDraft(name="嘉宾", phone="0471-1", language="蒙汉兼通"), by=SYSTEM)
    third = add_speaker(programme, SpeakerDraft(stage.persons["000201"]), by=SYSTEM)
    name_understudy(speaking, guest, by=SYSTEM)
    talks = [
        add_talk(programme, TalkDraft("马鞍", speaking.pk, 9, "mentor"), by=SYSTEM),
        add_talk(programme, TalkDraft("夜路", third.pk, 11), by=SYSTEM),
    ]
    open_programme(programme, by=SYSTEM)
    local = account("jiahost", Role.Kind.HOST, units["1501"])
    stops = list(programme.legs.all())
    return Tour(stage, programme, stops, speaking, guest, third, talks, local, stage.host)
