"""Who sees which nominations and places."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from ortoo.participation.links import links_of
from ortoo.participation.models import Nomination, Place
from ortoo.people.models import Account, Role
from ortoo.people.queries import SEES_PEOPLE, below, has_role, subtrees
from ortoo.programmes.models import Leg, Programme, ProgrammeRole

MOST_OF_MINE = 20
MOST_CLERKS = 3
PUBLISHED = Programme.State.PUBLISHED


def nominations_visible_to(account: Account) -> QuerySet[Nomination]:
    """Nominations of the account's own people and of the programmes it organises."""
    return Nomination.objects.filter(_seen(account)).select_related("person__unit__parent__parent")


def places_visible_to(account: Account) -> QuerySet[Place]:
    """Places of the account's own people, of programmes it organises, and on legs held at its base."""
    bases = subtrees(account, Role.Kind.HOST)
    held = below(bases, "leg__base__path") | Q(leg__base=None) & below(bases, "programme__base__path")
    seen = _seen(account) | held | _lent(account, Role.Kind.HOST)
    return Place.objects.filter(seen).select_related("person__unit__parent", "leg")


def programmes_of_person(account: Account) -> QuerySet[Programme]:
    """Programmes in which the account's own person is nominated or has a place."""
    if not account.person_id or not has_role(account, *Role.Kind.values):
        return Programme.objects.none()
    nominated = Nomination.objects.filter(person_id=account.person_id).values("programme_id")
    placed = Place.objects.filter(person_id=account.person_id).values("programme_id")
    return Programme.objects.filter(Q(pk__in=nominated) | Q(pk__in=placed))


def _seen(account: Account) -> Q:
    seen = below(subtrees(account, *SEES_PEOPLE), "person__unit__path") | _lent(account, Role.Kind.ORGANISER)
    if account.person_id:
        seen |= Q(person_id=account.person_id)
    return seen


def _lent(account: Account, kind: str) -> Q:
    """In a programme in which the account has this role. Asked as a subquery: a join would double the rows."""
    return Q(programme__in=ProgrammeRole.objects.filter(account_id=account.pk, kind=kind).values("programme_id"))


def nominated_in(account: Account, programme: Programme) -> QuerySet[Nomination]:
    """The programme's nominations that the account sees, by unit, each with its place's leg as `place_name`."""
    place = Place.objects.filter(programme_id=OuterRef("programme_id"), person_id=OuterRef("person_id"))
    rows = nominations_visible_to(account).filter(programme=programme)
    wished = Leg.objects.filter(programme_id=OuterRef("programme_id"), ordinal=OuterRef("wish"))
    return rows.annotate(
        place_name=Subquery(place.values("leg__name")[:1]), wish_name=Subquery(wished.values("name")[:1])
    ).order_by("person__unit__path", "person__staff_no")


def counts_in(account: Account, programme: Programme) -> tuple[int, int]:
    """How many nominations and how many places of the programme the account sees; two queries."""
    nominated = nominations_visible_to(account).filter(programme=programme).count()
    return nominated, places_visible_to(account).filter(programme=programme).count()


@dataclass(frozen=True)
class MyTerm:
    """One programme as its participant sees it; `place` is None before publication and for who was left out."""

    programme: Programme
    nomination: Nomination | None
    place: Place | None
    published: bool

    @property
    def later_in_line(self) -> int:
        """0 for a term that runs or comes, 1 for one that isn't published yet, 2 for what is over or without a place."""
        if self.place:
            return 2 if self.place.leg.state == "done" else 0
        return 2 if self.published else 1

    @property
    def room(self) -> str:
        """Where the participant sleeps; empty while that is not told."""
        return room_told(self.place) if self.place else ""

    @property
    def links(self) -> list[tuple[str, str]]:
        """Where to read on: (words, address)."""
        return links_of(self)

    @property
    def wish(self) -> str:
        """The name of the term asked for; empty for none."""
        asked = self.nomination.wish if self.nomination else None
        return next((leg.name for leg in self.programme.legs.all() if leg.ordinal == asked), "")


def room_told(place: Place) -> str:
    """The room and bed of a place once the term's rooms are told; the place comes with `bed__room` and `leg__rooming`."""
    bed, rooming = getattr(place, "bed", None), getattr(place.leg, "rooming", None)
    return _("%(room)s, bed %(bed)s") % {"room": bed.room, "bed": bed.number} if bed and rooming and rooming.published else ""


def my_terms(account: Account) -> list[MyTerm]:
    """The programmes in which the account's own person takes part: the next or running term first; four queries."""
    seen = programmes_of_person(account).exclude(state=Programme.State.DRAFT).select_related("unit", "base")
    programmes = list(seen.prefetch_related("legs__base")[:MOST_OF_MINE])
    person = account.person_id
    own = Nomination.objects.filter(person_id=person, programme__in=programmes)  # type: ignore[misc]
    nominations = {nomination.programme_id: nomination for nomination in own.select_related("person")}
    places = Place.objects.filter(person_id=person, programme__in=programmes).select_related(  # type: ignore[misc]
        "leg__base", "leg__rooming", "bed__room"
    )
    by_programme = {place.programme_id: place for place in places}
    terms = [
        MyTerm(p, nominations.get(p.pk), by_programme.get(p.pk), p.pk in by_programme or p.state == PUBLISHED) for p in programmes
    ]
    return sorted(terms, key=lambda term: term.later_in_line)


def clerks_of(account: Account) -> list[Role]:
    """The clerks whom the account's own person can ask, of the nearest unit first."""
    if account.person is None:
        return []
    codes = account.person.unit.path.strip("/").split("/")
    roles = Role.objects.filter(kind=Role.Kind.CLERK, unit__code__in=codes, account__is_active=True)
    found = roles.select_related("account", "unit").order_by("-unit__path", "account__title")
    return list(found[:MOST_CLERKS])
