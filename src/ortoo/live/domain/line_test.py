"""Tests of a site's line, and the verdict on them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.live.models import LineTest, ViewingSite

Verdict = LineTest.Verdict
#: One picture takes 900 kbit/s; a line that carries it twice has something to spare.
ENOUGH_KBIT_S = 900
EASY_KBIT_S = 2 * ENOUGH_KBIT_S
QUICK_MS = 400
SLOW_MS = 2000
MOST_TESTS = 200
ORDER = [Verdict.GOOD, Verdict.WEAK, Verdict.BAD]


class NothingTested(Refused):
    sentence = _("Test the line, or say how the page looked to you.")
    status = 400


class TooManyTests(Refused):
    sentence = _("This site has tested its line %(count)s times; ring the organiser.")
    status = 429


@dataclass(frozen=True)
class Measured:
    """What the page measured: median round trip in ms, tries and those without answer, speed in kbit/s (0: nothing came)."""

    latency_ms: int
    lost: int
    tried: int
    kbit_s: int


def verdict_of(measured: Measured | None, seen: str = "") -> str:
    """The worse of what was measured and what somebody saw."""
    verdicts = [_measured(measured)] if measured else []
    verdicts += [Verdict(seen)] if seen else []
    if not verdicts:
        raise NothingTested
    return max(verdicts, key=ORDER.index)


@transaction.atomic
def keep_test(site: ViewingSite, client_id: str, measured: Measured | None, seen: str = "", *, by: Actor) -> LineTest:
    """Keep a test; the same `client_id` again gives the test that is kept already."""
    # The row of the site is locked, so that two deliveries of one test come one after the other.
    ViewingSite.objects.select_for_update().get(pk=site.pk)
    if known := site.line_tests.filter(client_id=client_id).first():
        return known
    if site.line_tests.count() >= MOST_TESTS:
        raise TooManyTests(count=MOST_TESTS)
    verdict = verdict_of(measured, seen)
    fields = measured.__dict__ if measured else {}
    test = LineTest.objects.create(site=site, client_id=client_id, taken=clock.now(), seen=seen, verdict=verdict, **fields)
    audit.record("test_line", site, by=by, after={"verdict": verdict, **fields}, unit_path=site.unit.path)
    return test


def _measured(measured: Measured) -> Verdict:
    if measured.kbit_s < ENOUGH_KBIT_S or measured.latency_ms > SLOW_MS or measured.lost * 2 > measured.tried:
        return Verdict.BAD
    if measured.kbit_s < EASY_KBIT_S or measured.latency_ms > QUICK_MS or measured.lost:
        return Verdict.WEAK
    return Verdict.GOOD
