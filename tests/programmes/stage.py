"""A small stage for tests: a region with two prefectures, a programme with three terms, an account for each role."""

from dataclasses import dataclass
from datetime import date, timedelta

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Account, Person, Role, Unit
from ortoo.programmes.domain.leg import LegDraft, set_legs
from ortoo.programmes.domain.programme import start_programme
from ortoo.programmes.models import Programme

UNITS = [
    UnitDraft("15", "示例区", "region"),
    UnitDraft("1501", "甲市", "prefecture", "15"),
    UnitDraft("150101", "甲东区", "county", "1501"),
    UnitDraft("150101001", "一站", "station", "150101"),
    UnitDraft("150101002", "二站", "station", "150101"),
    UnitDraft("1502", "乙盟", "prefecture", "15"),
    UnitDraft("150201", "乙西旗", "county", "1502"),
    UnitDraft("150201001", "三站", "station", "150201"),
]


@dataclass
class Stage:
    """Who and what there is."""

    units: dict[str, Unit]
    persons: dict[str, Person]
    programme: Programme
    organiser: Account
    clerk: Account
    other_clerk: Account
    host: Account
    participant: Account
    administrator: Account

    @property
    def everybody(self) -> dict[str, Account]:
        """Accounts by role."""
        names = ("organiser", "clerk", "other_clerk", "host", "participant", "administrator")
        return {name: getattr(self, name) for name in names}


def account(name: str, kind: str, unit: Unit | None = None, person: Person | None = None) -> Account:
    """An account with one role and no password that anybody knows."""
    made = Account(username=name, title=name.capitalize(), person=person, must_change_password=False)
    made.set_unusable_password()
    made.save()
    Role.objects.create(account=made, kind=kind, unit=unit)
    return made


def in_days(first: int, length: int = 19) -> tuple[date, date]:
    """The first and the last day of something that begins `first` days from today."""
    begin = clock.today() + timedelta(days=first)
    return begin, begin + timedelta(days=length - 1)


def build() -> Stage:
    """The whole stage; the second of three terms runs today."""
    record_units(UNITS, by=SYSTEM)
    units = {unit.code: unit for unit in Unit.objects.all()}
    drafts = [
        PersonDraft("000101", "甲一", "男", units["150101001"].pk, "教导员"),
        PersonDraft("000102", "甲二", "女", units["150101002"].pk, "教导员"),
        PersonDraft("000201", "乙一", "男", units["150201001"].pk, "教导员"),
    ]
    persons = {person.staff_no: person for person in record_persons(drafts, by=SYSTEM).new}
    programme = start_programme("示例轮训", unit=units["15"], base=units["150201"], by=SYSTEM)
    legs = [LegDraft(f"第{n}期", *in_days(days), capacity=2) for n, days in (("一", -30), ("二", -5), ("三", 20))]
    set_legs(programme, legs, by=SYSTEM)
    return Stage(
        units,
        persons,
        programme,
        account("organiser", Role.Kind.ORGANISER, units["15"]),
        account("clerk", Role.Kind.CLERK, units["1501"]),
        account("other", Role.Kind.CLERK, units["1502"]),
        account("host", Role.Kind.HOST, units["150201"]),
        account("participant", Role.Kind.PARTICIPANT, None, persons["000101"]),
        account("administrator", Role.Kind.ADMINISTRATOR),
    )
