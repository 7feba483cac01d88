"""Who sees which viewing sites, and how they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import clock
from ortoo.live.models import HeadCount, LineTest, LiveSession, Poll, PollAnswer, Question, SitePhotograph, ViewingSite
from ortoo.people.models import Account, Role, Unit
from ortoo.people.queries import below, subtrees
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_signed_by, organised_by

#: A site that is on and hasn't been heard of for this long has fallen silent; its page speaks every 30 s.
SILENT_AFTER = timedelta(minutes=2)
MOST_ON_BOARD = 1000
MOST_ON_DESK = 400
MOST_HIDDEN = 100
Pulse = Literal["trouble", "silent", "on", "off", "over"]
PULSE_WORDS: dict[Pulse, str | Promise] = {
    "trouble": _("in trouble"),
    "silent": _("fallen silent"),
    "on": _("on screen"),
    "off": _("not on yet"),
    "over": _("over"),
}
TONES: dict[str, str] = {"trouble": "harm", "silent": "harm", "on": "good", "good": "good", "weak": "current", "bad": "harm"}


def sites_visible_to(account: Account) -> QuerySet[ViewingSite]:
    """Sites of the account's own units as their clerk, and all of the stops that it organises or hosts."""
    seen = Q(leg__in=legs_signed_by(account)) | below(subtrees(account, Role.Kind.CLERK), "unit__path")
    return ViewingSite.objects.filter(seen).select_related("leg__programme__unit", "unit")


def units_for_sites(account: Account, programme: Programme) -> QuerySet[Unit]:
    """Units for which the account may register a site: the programme's for its organisers, a clerk's own among them."""
    units = Unit.objects.filter(path__startswith=programme.unit.path)
    if organised_by(account).filter(pk=programme.pk).exists():
        return units
    return units.filter(below(subtrees(account, Role.Kind.CLERK)))


def photographs_visible_to(account: Account) -> QuerySet[SitePhotograph]:
    """Photographs of sites that the account sees."""
    return SitePhotograph.objects.filter(site__in=sites_visible_to(account)).select_related("site__leg__programme", "site__unit")


def standing_counts(sites: Iterable[int]) -> dict[int, dict[str, HeadCount]]:
    """For each site (by key) and moment the count that counts: the newest that isn't struck. One query."""
    found: dict[int, dict[str, HeadCount]] = {}
    for count in HeadCount.objects.filter(site__in=list(sites), struck=None).order_by("counted", "pk"):
        found.setdefault(count.site_id, {})[count.moment] = count
    return found


def heads_of(counts: dict[str, HeadCount]) -> int | None:
    """How many a site reached: the most heads of any one moment, as the same people sit there before and after."""
    return max((count.heads for count in counts.values()), default=None)


@dataclass(frozen=True)
class Standing:
    """How one site stands: its last test, its counts by moment, its photographs."""

    site: ViewingSite
    pulse: Pulse
    test: LineTest | None
    counts: dict[str, HeadCount] = field(default_factory=dict)
    photographs: int = 0

    @property
    def heads(self) -> int | None:
        """How many it reached so far; None before the first count."""
        return heads_of(self.counts)

    @property
    def by_moment(self) -> list[int | None]:
        """Heads before, during and after."""
        return [self.counts[moment].heads if moment in self.counts else None for moment in HeadCount.Moment.values]

    @property
    def pulse_word(self) -> str:
        """How its screen is, in the reader's language."""
        return str(PULSE_WORDS[self.pulse])

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return TONES.get(self.pulse, "plain")

    @property
    def test_tone(self) -> str:
        """The tone of the last test's verdict."""
        return TONES.get(self.test.verdict, "plain") if self.test else "plain"

    @property
    def unlikely(self) -> bool:
        """Whether it says more than three times what was expected: a slip of the finger, perhaps."""
        return bool(self.heads and self.site.expected and self.heads > 3 * self.site.expected)


def standings(sites: Sequence[ViewingSite]) -> list[Standing]:
    """How these sites stand, those that need somebody first; three queries."""
    keys = [site.pk for site in sites]
    counts = standing_counts(keys)
    tests: dict[int, LineTest] = {}
    for test in LineTest.objects.filter(site__in=keys).order_by("taken", "pk"):
        tests[test.site_id] = test
    shown = SitePhotograph.objects.filter(site__in=keys).order_by().values_list("site_id").annotate(n=Count("id"))
    photographs = dict(shown)
    now, order = clock.now(), list(PULSE_WORDS)
    rows = [
        Standing(site, pulse(site, now), tests.get(site.pk), counts.get(site.pk, {}), photographs.get(site.pk, 0))
        for site in sites
    ]
    return sorted(rows, key=lambda row: order.index(row.pulse))


def pulse(site: ViewingSite, now: datetime) -> Pulse:
    """How its screen is, as far as we can know: one that says "on" and then nothing more has fallen silent."""
    if site.screen == ViewingSite.Screen.ON and (site.last_heard is None or now - site.last_heard > SILENT_AFTER):
        return "silent"
    return site.screen  # type: ignore[return-value]


def sites_of(account: Account, leg: Leg) -> list[ViewingSite]:
    """The sites of a stop that the account sees."""
    return list(sites_visible_to(account).filter(leg=leg)[:MOST_ON_BOARD])


def standings_at(leg: Leg) -> list[Standing]:
    """How all sites of a stop stand, those that need somebody first; four queries."""
    return standings(list(ViewingSite.objects.filter(leg=leg).select_related("unit")[:MOST_ON_BOARD]))


def expected_at(leg: Leg) -> tuple[int, int]:
    """How many sites a stop has, and how many heads they expect together."""
    found = ViewingSite.objects.filter(leg=leg).aggregate(sites=Count("id"), heads=Sum("expected"))
    return found["sites"], found["heads"] or 0


def results_of(polls: Sequence[Poll]) -> dict[int, list[int]]:
    """How many devices answered what, for each poll (by key) in the order of its choices. One query."""
    rows = PollAnswer.objects.filter(poll__in=[poll.pk for poll in polls]).order_by()
    counted = {(poll, choice): n for poll, choice, n in rows.values_list("poll_id", "choice").annotate(n=Count("id"))}
    return {poll.pk: [counted.get((poll.pk, place), 0) for place in range(len(poll.choices))] for poll in polls}


def questions_of(session: LiveSession) -> dict[str, list[Question]]:
    """A session's questions by state: the oldest that waits first, of the others the newest; three queries, so that no kind of them pushes
    another off the desk."""
    found: dict[str, list[Question]] = {state: [] for state in Question.State.values}
    every, waiting, hidden = session.questions.order_by("-pk"), Question.State.WAITING, Question.State.HIDDEN
    found[waiting] = list(every.filter(state=waiting).reverse()[:MOST_ON_DESK])
    found[hidden] = list(every.filter(state=hidden)[:MOST_HIDDEN])
    for question in every.exclude(state__in=(waiting, hidden))[:MOST_ON_DESK]:
        found[question.state].append(question)
    return found
