"""What stands in a notice: the unit, and its people term by term."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from ortoo.people.models import Person, Unit
from ortoo.planning.models import Plan, PlanPlace, Publication
from ortoo.planning.queries import changes_of, days_told, places_of
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
    """A notice to one unit, every text ready to be set. `changed`: it tells only what differs from the notice before."""

    programme: str
    issuer: str
    unit: str
    base: str
    day: date
    terms: list[NoticeTerm]
    left_out: list[tuple[str, ...]]
    changed: bool = False

    @property
    def title(self) -> str:
        """The heading."""
        if self.changed:
            return _("Notice of changed terms in %(programme)s") % {"programme": self.programme}
        return _("Notice on attending %(programme)s") % {"programme": self.programme}

    @property
    def opening(self) -> str:
        """The sentence under the heading."""
        count = sum(len(term.rows) for term in self.terms)
        params = {"programme": self.programme, "count": count + len(self.left_out) * self.changed, "base": self.base}
        if self.changed:
            return (
                _(
                    "The rotation plan of %(programme)s was changed. It concerns %(count)s people of your unit, listed below; everybody else keeps the term told before."
                )
                % params
            )
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
        return (
            _("No."),
            _("Staff number"),
            _("Name"),
            _("Sex"),
            _("Unit"),
            _("Post"),
            _("Before") if self.changed else _("Phone"),
        )

    def file_name(self, form: str) -> str:
        """The name under which it is kept."""
        return f"{self.programme}-{self.unit}.{form}"


@dataclass(frozen=True)
class _Told:
    """What all notices of a plan have in common. `before`: person → the name of the term told before; None for a first notice."""

    plan: Plan
    legs: Sequence[Leg]
    places: Sequence[PlanPlace]
    day: date
    before: dict[int, str] | None = None


def notices_of(plan: Plan, units: Sequence[Unit], *, full: bool = False) -> list[Notice]:
    """A notice for each unit, a handful of queries for all; after a change only what differs, unless in `full`."""
    legs, publication = legs_of(plan.programme), plan.publications.first()
    day = timezone.localdate(publication.at if publication else plan.created)
    if full or publication is None or publication.replaces is None:
        told = _Told(plan, legs, list(places_of(plan)), day)
    else:
        told = _changed(publication, legs, day)
    return [_notice(told, unit) for unit in units]


def _changed(publication: Publication, legs: Sequence[Leg], day: date) -> _Told:
    """Only whose term differs; who is no longer in the plan stands among those without a place."""
    changes, names = changes_of(publication), _names_before(publication, legs)
    before = {person: names.get(pair[0], "") if pair[0] is not None else "" for person, pair in changes.items()}
    places = list(places_of(publication.plan).filter(person__in=changes))
    known = {place.person_id for place in places}
    gone = Person.objects.filter(pk__in=changes.keys() - known).select_related("unit__parent__parent").order_by("staff_no")
    places += [PlanPlace(plan=publication.plan, person=person) for person in gone]
    return _Told(publication.plan, legs, places, day, before)


def _names_before(publication: Publication, legs: Sequence[Leg]) -> dict[int, str]:
    """Each term as it was told before, with its days where they are others now."""
    told = days_told(publication.replaces) if publication.replaces else {}
    names = {}
    for leg in legs:
        first, last = (
            date.fromisoformat(day) for day in told.get(str(leg.ordinal), (leg.starts.isoformat(), leg.ends.isoformat()))
        )
        same = (first, last) == (leg.starts, leg.ends)
        names[leg.ordinal] = leg.name if same else f"{leg.name} {dates.span(first, last)}"
    return names


def _notice(told: _Told, unit: Unit) -> Notice:
    mine = [place for place in told.places if place.person.unit.path.startswith(unit.path)]
    programme = told.plan.programme
    base = programme.base.name if programme.base else ""
    terms = []
    for leg in told.legs:
        here = [place for place in mine if place.leg_id == leg.pk]
        if here:
            held = leg.base.name if leg.base else base
            terms.append(NoticeTerm(leg.name, dates.span(leg.starts, leg.ends), held, _rows(here, told.before)))
    left_out = _rows([place for place in mine if place.leg_id is None], told.before)
    return Notice(
        programme.title, programme.unit.name, unit.name, base, told.day, terms, left_out, changed=told.before is not None
    )


def _rows(places: Sequence[PlanPlace], before: dict[int, str] | None) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for number, place in enumerate(places, 1):
        person = place.person
        where = f"{person.unit.parent.name if person.unit.parent else ''} {person.unit.name}".strip()
        last = person.phone if before is None else before.get(person.pk, "")
        rows.append((str(number), person.staff_no, person.name, person.get_sex_display(), where, person.post, last))
    return rows
