"""The one cast of the tests: an account for every role, here and elsewhere, around a small rotation."""

from dataclasses import dataclass

from tests.participation.delegations import House, build_house
from tests.programmes.stage import Stage, account, build
from tests.programmes.tour import Tour, build_tour

from ortoo.intake.models import Delivery
from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import Job
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.seat import hand_on
from ortoo.participation.models import Place
from ortoo.people.models import Account, Role
from ortoo.planning.models import Plan
from ortoo.programmes.domain.programme import open_programme
from ortoo.programmes.models import Duty, Leg

ROLES = (
    "anonymous",
    "organiser",
    "organiser_elsewhere",
    "clerk",
    "clerk_elsewhere",
    "host",
    "participant",
    "administrator",
)


@dataclass
class Cast:
    """A region with two prefectures and an open rotation; everybody nominated, one has a place; a delivery and a plan;
    a tour with delegations."""

    stage: Stage
    organiser_elsewhere: Account
    delivery: Delivery
    plan: Plan
    job: Job
    duty: Duty
    tour: Tour
    house: House

    def who(self, role: str) -> Account | None:
        """The account with this role; None for nobody."""
        if role == "anonymous":
            return None
        if role == "organiser_elsewhere":
            return self.organiser_elsewhere
        return self.stage.everybody["other_clerk" if role == "clerk_elsewhere" else role]


def build_cast() -> Cast:
    """Everything, in a few dozen queries."""
    stage = build()
    programme = stage.programme
    nominate(programme, [NominationDraft(person) for person in stage.persons.values()], by=SYSTEM)
    open_programme(programme, by=SYSTEM)
    legs = list(Leg.objects.filter(programme=programme))
    person = stage.persons["000101"]
    Place.objects.create(programme=programme, leg=legs[0], person=person, given=clock.now(), source="plan:0")
    tour = build_tour(stage)
    house = build_house(stage, tour)
    hand_on(house.leg, by=SYSTEM)
    return Cast(
        stage,
        account("elsewhere", Role.Kind.ORGANISER, stage.units["1502"]),
        Delivery.objects.create(programme=programme, number=1, state="ready", by_name="organiser", received=clock.now()),
        Plan.objects.create(
            programme=programme,
            number=1,
            state="solved",
            rules={"hard": {}, "cost": {}},
            created=clock.now(),
            by_name="organiser",
        ),
        Job.objects.create(kind="t", state="done", by_id=stage.organiser.pk, by_name="organiser", created=clock.now()),
        Duty.objects.create(leg=legs[0], title="接站"),
        tour,
        house,
    )
