"""Who sees which messages and reflections, and what may be quoted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from ortoo.kernel import clock
from ortoo.outcomes.models import Addressee, Moderated, Reflection, SpeakerMessage
from ortoo.people.models import Account, Person, Role
from ortoo.people.queries import below, persons_visible_to, subtrees
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import organised_by

ACCEPTED = Moderated.State.ACCEPTED
#: How long after its last day one may still write about a stop or term.
STILL = timedelta(days=60)
MOST_LEGS = 30
MOST_QUOTES = 5000


def messages_visible_to(account: Account) -> QuerySet[SpeakerMessage]:
    """Messages of programmes that the account organises, in every state."""
    found = SpeakerMessage.objects.filter(leg__programme__in=organised_by(account))
    return found.select_related("leg__programme__unit", "addressee")


def reflections_visible_to(account: Account) -> QuerySet[Reflection]:
    """Those of programmes that the account organises, of its own units as their clerk, and its own person's."""
    seen = Q(leg__programme__in=organised_by(account)) | below(subtrees(account, Role.Kind.CLERK), "unit__path")
    if account.person_id:
        seen |= Q(person=account.person_id)
    return Reflection.objects.filter(seen).select_related("leg__programme__unit", "person", "unit")


def messages_to(person: Person) -> QuerySet[SpeakerMessage]:
    """Accepted messages to a person, and those to all speakers of the stops where they can be written to."""
    addressed = Addressee.objects.filter(person=person)
    return _read(Q(addressee__in=addressed) | Q(addressee=None, leg__in=addressed.values("leg")))


def messages_for(addressee: Addressee) -> QuerySet[SpeakerMessage]:
    """The same for one speaker at one stop."""
    return _read(Q(addressee=addressee) | Q(addressee=None, leg=addressee.leg_id))


def _read(which: Q) -> QuerySet[SpeakerMessage]:
    return (
        SpeakerMessage.objects.filter(which, state=ACCEPTED)
        .select_related("leg__programme", "addressee")
        .order_by("-sent", "-pk")
    )


def legs_spoken_at(person: Person) -> QuerySet[Leg]:
    """Stops where a person speaks, by the running order or as somebody who can be written to there."""
    return Leg.objects.filter(Q(appearances__teller__person=person) | Q(addressees__person=person)).distinct()


def reflections_on(legs: QuerySet[Leg] | list[int]) -> QuerySet[Reflection]:
    """Accepted reflections on these stops, for those who spoke there; a name only by `Reflection.whose`."""
    found = Reflection.objects.filter(leg__in=legs, state=ACCEPTED)
    return found.select_related("leg__programme", "person", "unit").order_by("-written", "-pk")


def legs_to_reflect(person: Person, today: date | None = None) -> list[Leg]:
    """Stops of the person's region, and terms on which they have a place, that have begun and are not long over, newest first."""
    today = today or clock.today()
    codes = person.unit.path.strip("/").split("/")
    there = Q(programme__kind=Programme.Kind.TOUR) | Q(pk__in=person.places.values("leg"))
    legs = Leg.objects.filter(there, programme__unit__code__in=codes, starts__lte=today, ends__gte=today - STILL)
    return list(
        legs.exclude(programme__state=Programme.State.DRAFT).select_related("programme__unit").order_by("-starts")[:MOST_LEGS]
    )


def people_to_write_for(account: Account, programme: Programme) -> QuerySet[Person]:
    """People of the programme's region for whom the account may write a reflection down; who has no place on the term they write
    about is refused by the verb, so that the clerk reads that and not that nobody of theirs has this number."""
    people = persons_visible_to(account).filter(unit__path__startswith=programme.unit.path)
    return people.select_related("unit")


@dataclass(frozen=True)
class Quote:
    """Words that may be quoted, and as whose."""

    leg: str
    text: str
    whose: str
    kind: str
    written: datetime


def quotes(programme: Programme) -> list[Quote]:
    """Everything accepted that may be quoted, with a name only where that was allowed; two queries."""
    return [*_quoted_reflections(programme), *_quoted_messages(programme)]


def _quoted_reflections(programme: Programme) -> Iterator[Quote]:
    agreed = Reflection.objects.filter(leg__programme=programme, state=ACCEPTED).exclude(consent=Reflection.Consent.NO)
    for each in agreed.select_related("leg", "person", "unit").order_by("leg__ordinal", "pk")[:MOST_QUOTES]:
        yield Quote(each.leg.name, each.text, each.whose, "reflection", each.written)


def _quoted_messages(programme: Programme) -> Iterator[Quote]:
    agreed = SpeakerMessage.objects.filter(leg__programme=programme, state=ACCEPTED, may_quote=True)
    for each in agreed.select_related("leg").order_by("leg__ordinal", "pk")[:MOST_QUOTES]:
        yield Quote(each.leg.name, each.text, " ".join(filter(None, [each.place, each.signed])), "message", each.sent)
