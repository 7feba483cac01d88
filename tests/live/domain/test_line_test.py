"""Tests of a site's line."""

import pytest
from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain import line_test as verbs
from ortoo.live.domain.line_test import Measured, NothingTested, TooManyTests, keep_test, verdict_of

FINE = Measured(latency_ms=80, lost=0, tried=12, kbit_s=8000)


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [
        (FINE, "good"),
        (Measured(400, 0, 12, 1800), "good"),
        (Measured(401, 0, 12, 1800), "weak"),
        (Measured(80, 1, 12, 8000), "weak"),
        (Measured(80, 0, 12, 1799), "weak"),
        (Measured(80, 0, 12, 899), "bad"),
        (Measured(2001, 0, 12, 8000), "bad"),
        (Measured(80, 7, 12, 8000), "bad"),
    ],
)
def test_verdict_of_what_was_measured(measured: Measured, verdict: str) -> None:
    assert verdict_of(measured) == verdict


def test_the_worse_of_measured_and_seen_counts() -> None:
    assert verdict_of(FINE, "weak") == "weak"
    assert verdict_of(Measured(80, 0, 12, 100), "good") == "bad"
    assert verdict_of(None, "good") == "good"
    with pytest.raises(NothingTested):
        verdict_of(None)


def test_the_same_id_twice_is_one_test(tour: Tour) -> None:
    first = keep_test(tour.site, "aaaaaaaa", FINE, by=SYSTEM)
    assert keep_test(tour.site, "aaaaaaaa", Measured(999, 9, 12, 1), by=SYSTEM) == first
    assert (first.latency_ms, first.kbit_s, first.verdict) == (80, 8000, "good")


def test_a_flood_of_tests_is_refused(tour: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_TESTS", 1)
    keep_test(tour.site, "aaaaaaaa", FINE, by=SYSTEM)
    with pytest.raises(TooManyTests):
        keep_test(tour.site, "bbbbbbbb", FINE, by=SYSTEM)
