"""The demo's tour: six stops, one of them today; what lies in the past is done, its lessons are carried on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ortoo.demo.accounts import SignIn
from ortoo.demo.calendar import morning
from ortoo.demo.doors import let_in
from ortoo.demo.live import begin_live
from ortoo.demo.reached import watch_along
from ortoo.demo.said import said
from ortoo.demo.tourfile import TourSpeaker, moved, read_delegations, read_speakers, read_stops
from ortoo.demo.words import write_words
from ortoo.kernel import clock
from ortoo.kernel.actor import Actor
from ortoo.participation.domain.delegation import add_delegation
from ortoo.participation.domain.seat import hand_on
from ortoo.people.domain.account import give_role, new_password, open_account
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.models import Account, Person, Unit
from ortoo.planning.domain.seating import lay_seats
from ortoo.programmes.domain.duty import DutyDraft, copy_template, name_owner, set_template, tick_off
from ortoo.programmes.domain.hall import add_hall
from ortoo.programmes.domain.lesson import LessonDraft, write_lesson
from ortoo.programmes.domain.programme import change_programme, open_programme, start_tour
from ortoo.programmes.domain.rehearsal import RehearsalDraft, record_rehearsal
from ortoo.programmes.domain.running_order import mark_arrived, put_all_on, step_in
from ortoo.programmes.domain.script import say_of_version, sign_off, write_version
from ortoo.programmes.domain.speaker import SpeakerDraft, add_speaker, name_understudy
from ortoo.programmes.domain.stop import Settled, StopDraft, add_stop, settle_route
from ortoo.programmes.domain.talk import TalkDraft, add_talk
from ortoo.programmes.models import Appearance, Duty, Hall, Leg, Programme, Talk

LATE = timedelta(days=2)


@dataclass(frozen=True)
class Company:
    """Who runs the tour (the organiser, the host of today's stop, a speaker with an account), and by how much days move."""

    organiser: Account
    host: Account
    speaker: Account
    move: timedelta


def build_tour(organiser: Account, *, by: Actor) -> tuple[Programme, list[SignIn]]:
    """The tour as it stands this morning, and how its host and a speaker sign in."""
    move = moved()
    with clock.held_at(morning(said()["tour"]["first"] + move - timedelta(days=40))):
        programme = _begin(organiser, move)
        company, sign_ins = _company(organiser, move, by)
        _write_talks(programme, company)
    for leg in programme.legs.select_related("base", "programme__unit").order_by("ordinal"):
        _hold(leg, company)
        watch_along(leg, by=organiser)
        write_words(leg, by=organiser)
    _give_seats(programme.legs.get(mark=Leg.Mark.LAST), company)
    for leg in programme.legs.all():
        if leg.state == "running":
            let_in(leg, by=company.host)
    return programme, sign_ins


def _begin(by: Account, move: timedelta) -> Programme:
    """The tour with its stops, halls, days, checklist, announced."""
    told = said()["tour"]
    region = Unit.objects.get(kind=Unit.Kind.REGION)
    first, last = told["first"] + move, told["last"] + move
    title = told["title"].format(year=first.year)
    programme = start_tour(title, unit=region, starts=first, ends=last, by=by)
    change_programme(programme, title=title, base=None, contact=told["contact"], bring=told["bring"].strip(), by=by)
    for stop in read_stops(move):
        leg = add_stop(programme, StopDraft(stop.name, Unit.objects.get(code=stop.county).pk, stop.mark), by=by)
        for hall in stop.halls:
            add_hall(leg, hall, by=by)
    settle_route(programme, [_settled(programme, stop, hall, day + move) for stop, hall, day in told["route"]], by=by)
    set_template(programme, [DutyDraft(**duty) for duty in told["duty"]], by=by)
    copy_template(programme, by=by)
    open_programme(programme, by=by)
    return programme


def _settled(programme: Programme, stop: str, hall: str, day: date) -> Settled:
    chosen = Hall.objects.select_related("leg").get(leg__programme=programme, leg__name=stop, name=hall)
    return Settled(chosen.leg, day, chosen)


def _company(organiser: Account, move: timedelta, by: Actor) -> tuple[Company, list[SignIn]]:
    """The people who speak, and the accounts of the host of today's stop and of one speaker."""
    women = said()["tour"]["women"]
    speakers = read_speakers(move)
    units = {unit.code: unit.pk for unit in Unit.objects.filter(code__in=[each.county for each in speakers])}
    drafts = [
        PersonDraft(each.staff_no, each.name, "女" if each.name in women else "男", units[each.county], language=each.language)
        for each in speakers
    ]
    record_persons(drafts, by=by)
    opened = [_open(entry, by) for entry in said()["tour"]["account"]]
    (host, _), (speaker, _) = opened
    return Company(organiser, host, speaker, move), [sign_in for _account, sign_in in opened]


def _open(entry: dict[str, Any], by: Actor) -> tuple[Account, SignIn]:
    person = Person.objects.get(staff_no=entry["person"]) if "person" in entry else None
    title = f"{person.name}(演示)" if person else entry["title"]
    account, secret = open_account(
        entry["username"], by=by, password=new_password(), title=title, person=person, must_change=False
    )
    give_role(account, entry["role"], Unit.objects.get(code=entry["unit"]) if "unit" in entry else None, by=by)
    return account, SignIn(entry["username"], secret, entry["says"])


def _write_talks(programme: Programme, company: Company) -> None:
    """Speakers with their understudies and talks; some scripts and rehearsals, one script still to be signed off."""
    by, told = company.organiser, read_speakers(company.move)
    speakers = {each.name: add_speaker(programme, _draft(each), by=by) for each in told}
    for each in told:
        name_understudy(speakers[each.name], speakers.get(each.understudy), by=by)
        draft = TalkDraft(each.title, speakers[each.name].pk, each.minutes, each.story, language=each.language)
        add_talk(programme, draft, by=by)
    for entry in said()["tour"]["script"]:
        _write_script(programme.talks.get(title=entry["talk"]), entry, company)


def _draft(each: TourSpeaker) -> SpeakerDraft:
    person = Person.objects.get(staff_no=each.staff_no)
    return SpeakerDraft(person, language=each.language, blocked=each.blocked, remark=each.remark)


def _write_script(talk: Talk, entry: dict[str, Any], company: Company) -> None:
    own = company.speaker if talk.speaker.person_id == company.speaker.person_id else company.organiser
    scripts = [write_version(talk, text, by=own) for text in entry["versions"]]
    if entry["comment"]:
        say_of_version(scripts[-1], entry["comment"], by=company.organiser)
    if entry["signed"]:
        sign_off(scripts[-1], by=company.organiser)
    for week, (seconds, notes) in enumerate(zip(entry["seconds"], entry["notes"], strict=True)):
        day = clock.today() - timedelta(days=7 * (len(entry["seconds"]) - week))
        record_rehearsal(talk, RehearsalDraft(talk.speaker_id, day, seconds, "王指导", notes), by=company.organiser)


def _hold(leg: Leg, company: Company) -> None:
    """A stop as far as it has come: its running order, what was due, who arrived, what was learned."""
    today = clock.today()
    put_all_on(leg, by=company.organiser)
    if leg.state == "running":
        _understudy_steps_in(leg, company)
        begin_live(leg, by=company.host)
    for duty in Duty.objects.filter(leg=leg).select_related("leg__programme__unit"):
        if leg.state == "running" and duty.department == said()["tour"]["duty"][0]["department"]:
            name_owner(duty, company.host, by=company.organiser)
        if duty.due and duty.due <= today - LATE:
            with clock.held_at(morning(duty.due)):
                tick_off(duty, by=company.organiser)
    if leg.state == "done":
        _look_back(leg, company)


def _look_back(leg: Leg, company: Company) -> None:
    """Everybody came; the lessons of a stop stand on the next one's checklist."""
    with clock.held_at(morning(leg.starts)):
        for teller in {each.teller for each in leg.appearances.select_related("teller__person")}:
            mark_arrived(leg, teller, by=company.organiser)
        for entry in said()["tour"]["lesson"]:
            if entry["stop"] == leg.name:
                draft = LessonDraft(entry["text"], entry["department"], entry["days_before"])
                write_lesson(leg, draft, by=company.organiser)


def _understudy_steps_in(leg: Leg, company: Company) -> None:
    """Somebody fell ill this morning; two have arrived already."""
    order = Appearance.objects.filter(leg=leg).select_related("talk__speaker__person", "teller__person", "leg__programme__unit")
    step_in(order.get(talk__speaker__person__name=said()["tour"]["falls_ill"]), by=company.organiser)
    for appearance in order.order_by("position")[:2]:
        mark_arrived(leg, appearance.teller, by=company.host)


def _give_seats(leg: Leg, company: Company) -> None:
    """More seats are asked for than the hall has: given by priority, laid out, the rest waits; the clerks haven't claimed yet."""
    with clock.held_at(clock.now() - timedelta(days=2)):
        for draft in read_delegations():
            add_delegation(leg, draft, by=company.organiser)
        hand_on(leg, by=company.organiser)
        lay_seats(leg, by=company.organiser)
