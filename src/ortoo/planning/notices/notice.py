"""What stands in a notice: the unit, and its people term by term."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ortoo.people.models import Unit
from ortoo.planning.models import Plan, PlanPlace
from ortoo.planning.queries import places_of
from ortoo.programmes.models import Leg
from ortoo.programmes.queries import legs_of
from ortoo.ui import dates


@dataclass(frozen=True)
class NoticeTerm:
    """A term and the unit's people on it: (number, staff number, name, sex, county and station, post, phone)."""

    name: str
    days: str
    base: str
    rows: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Notice:
    """A notice to one unit, every text ready to be set."""

    programme: str
    issuer: str
    unit: str
    base: str
    day: date
    terms: list[NoticeTerm]
    left_out: list[tuple[str, ...]]

    @property
    def title(self) -> str:
        """The heading."""
        return _("Notice on attending %(programme)s") % {"programme": self.programme}

    @property
    def opening(self) -> str:
        """The sentence under the heading."""
        count = sum(len(term.rows) for term in self.terms)
        params = {"programme": self.programme, "count": count, "base": self.base}
        return (
            _("The rotation plan of %(programme)s is settled. %(count)s people of your unit attend at %(base)s, as listed below.")
            % params
        )

    @property
    def closing(self) -> list[str]:
        """What the unit is asked to do, a point each."""
        return [
            _("Tell everybody listed of their term, and see that their station is covered while they are away."),
            _("They report at the base on the first day of their term, with their identity papers."),
            _("Who cannot come tells the training office in writing before the term begins; places are not exchanged privately."),
        ]

    @property
    def head(self) -> tuple[str, ...]:
        """The heads of the table's columns."""
        return (_("No."), _("Staff number"), _("Name"), _("Sex"), _("Unit"), _("Post"), _("Phone"))

    def file_name(self, form: str) -> str:
        """The name under which it is kept."""
        return f"{self.programme}-{self.unit}.{form}"


def notices_of(plan: Plan, units: Sequence[Unit]) -> list[Notice]:
    """A notice for each unit; two queries for all of them."""
    legs = legs_of(plan.programme)
    places = list(places_of(plan))
    publication = plan.publications.first()
    day = timezone.localdate(publication.at) if publication else timezone.localdate(_moment(plan))
    return [_notice(plan, unit, legs, places, day) for unit in units]


def _moment(plan: Plan) -> datetime:
    return plan.created


def _notice(plan: Plan, unit: Unit, legs: Sequence[Leg], places: Sequence[PlanPlace], day: date) -> Notice:
    mine = [place for place in places if place.person.unit.path.startswith(unit.path)]
    base = plan.programme.base.name if plan.programme.base else ""
    terms = []
    for leg in legs:
        here = [place for place in mine if place.leg_id == leg.pk]
        if here:
            held = leg.base.name if leg.base else base
            terms.append(NoticeTerm(leg.name, dates.span(leg.starts, leg.ends), held, _rows(here)))
    left_out = _rows([place for place in mine if place.leg_id is None])
    return Notice(plan.programme.title, plan.programme.unit.name, unit.name, base, day, terms, left_out)


def _rows(places: Sequence[PlanPlace]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for number, place in enumerate(places, 1):
        person = place.person
        where = f"{person.unit.parent.name if person.unit.parent else ''} {person.unit.name}".strip()
        rows.append((str(number), person.staff_no, person.name, person.get_sex_display(), where, person.post, person.phone))
    return rows
