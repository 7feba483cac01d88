"""Builds the demo region by the same verbs as a user's clicks: units, people, two rotations, a tour, a sign-in for each role."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ortoo.demo import marks
from ortoo.demo.accounts import SignIn, open_accounts
from ortoo.demo.calendar import FIRST_DAY, morning, moves
from ortoo.demo.curriculum import write_modules
from ortoo.demo.moved import Move
from ortoo.demo.plans import plan_and_publish, write_rules
from ortoo.demo.programmes import begin, tick_off_past_duties
from ortoo.demo.quotas import give_quotas
from ortoo.demo.returns import apply, bring_in, settle_problems
from ortoo.demo.rooms import give_beds
from ortoo.demo.said import ROSTERS
from ortoo.demo.tour import build_tour
from ortoo.intake.reading.directory import read_directory
from ortoo.kernel import audit, clock
from ortoo.kernel.actor import SYSTEM, Actor
from ortoo.participation.queries import places_visible_to
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Account, Person
from ortoo.programmes.models import Programme

Say = Callable[[str], object]


def build_demo(*, by: Actor = SYSTEM, say: Say = print) -> list[SignIn]:
    """Build it in one transaction: a build that is killed leaves nothing, and the next start builds it anew."""
    now, following = moves(clock.today())
    with translation.override("zh-hans"), transaction.atomic():
        say(_("Building the demo: all its people are made up."))
        record_units(_units(), by=by)
        accounts, sign_ins = open_accounts(by=by)
        say(_("1 of 4: the rotation that runs now: returns, plan, notices"))
        running = _running(now, accounts)
        say(_("2 of 4: the next rotation, its twelve returns just in"))
        coming = _coming(following, accounts)
        say(_("3 of 4: the tour, with a stop today"))
        _tour, company = build_tour(accounts["organiser"], by=by)
        say(_("4 of 4: somebody who takes part"))
        _participant, more = open_accounts(_participant_of(running, coming, accounts["clerk"]), by=by)
        audit.record("build_demo", running, by=by)
        marks.write()
    return sign_ins + company + more


def _running(move: Move, accounts: dict[str, Account]) -> Programme:
    """The rotation in whose third term today lies: everything before its first day happened then."""
    organiser, first = accounts["organiser"], FIRST_DAY + move.days
    with clock.held_at(morning(first - timedelta(days=42))):
        programme = begin(move, by=organiser)
        write_rules(programme, move, by=organiser)
    with clock.held_at(morning(first - timedelta(days=13))):
        delivery = bring_in(programme, move, by=organiser)
        apply(settle_problems(delivery, by=organiser), by=organiser)
        write_modules(programme, by=organiser)
    with clock.held_at(morning(first - timedelta(days=11))):
        plan_and_publish(programme, by=organiser)
    tick_off_past_duties(programme, accounts["host"])
    give_beds(programme, accounts["host"])
    return programme


def _coming(move: Move, accounts: dict[str, Account]) -> Programme:
    """The next rotation: returns applied as far as they are clear, so that a plan can be made at once.

    The same files dropped once more change nothing; their rows that ask something wait there to be decided.
    """
    organiser = accounts["organiser"]
    with clock.held_at(morning(clock.today() - timedelta(days=21))):
        programme = begin(move, by=organiser)
        write_rules(programme, move, by=organiser)
    with clock.held_at(clock.now() - timedelta(hours=1)):
        apply(bring_in(programme, move, by=organiser), by=organiser)
    bring_in(programme, move, by=organiser)
    write_modules(programme, by=organiser)
    give_quotas(programme, accounts)
    return programme


def _participant_of(running: Programme, coming: Programme, clerk: Account) -> Person:
    """One of the clerk's people whose term runs today and who asks for a term of the next rotation."""
    asking = coming.nominations.exclude(wish=None).values("person_id")
    places = places_visible_to(clerk).filter(programme=running, leg__starts__lte=clock.today(), leg__ends__gte=clock.today())
    place = places.filter(person_id__in=asking).order_by("person__staff_no").first()
    assert place is not None, "none of the clerk's people has a place today"
    return place.person


def _units() -> list[UnitDraft]:
    """The demo's directory of units, seats with their coordinates."""
    directory = read_directory((ROSTERS / "units.xlsx").read_bytes(), "units.xlsx")
    return [UnitDraft(unit.code, unit.name, unit.kind, unit.parent, unit.lon, unit.lat) for unit in directory.units.values()]
