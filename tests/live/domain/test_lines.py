"""What a stop asks of the lines, reckoned for its own numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.live.stage import Tour

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.live.domain.lines import Lines, LinesDraft, lines_of, plan_lines
from ortoo.live.domain.session import session_of
from ortoo.live.views.lines import rate, sums


@pytest.mark.django_db
def test_forty_thousand_viewers_by_themselves_are_thirty_six_gigabits(tour: Tour) -> None:
    session = session_of(tour.leg)
    plan_lines(session, LinesDraft(viewers_expected=40_000), by=SYSTEM)
    lines = lines_of(session_of(tour.leg))
    assert (lines.sites, lines.heads, lines.people, lines.streams) == (2, 200, 40_200, 40_002)
    assert rate(40_000 * lines.each) == "36 Gbit/s"
    assert [round(each, 1) for each in (lines.alone, lines.wanted, lines.sound, lines.text)] == [36_180, 36_001.8, 5_601.8, 80]
    assert (lines.carried, lines.beyond, lines.of_a_cache, lines.caches) == (111, 39_891, 1_111, 36)
    plan_lines(session, LinesDraft(viewers_expected=40_000), by=SYSTEM)
    assert AuditEntry.objects.filter(verb="plan_lines").count() == 1


def test_arithmetic_is_written_out() -> None:
    rows = {how: result for _what, how, result in sums(Lines(80, 40_000, LinesDraft(0)))}
    assert rows["40,000 × 0.9 Mbit/s"] == "36 Gbit/s"
    assert rows["(80 + 0) × 0.9 Mbit/s"] == "72 Mbit/s"
    assert rows["80 − 80"] == "0"


@given(st.integers(0, 10**4), st.integers(0, 10**7), st.integers(50, 50_000), st.integers(1, 10**6), st.integers(1, 10**6))
def test_lines_and_caches_carry_every_picture(sites: int, viewers: int, kbit: int, line: int, cache: int) -> None:
    lines = Lines(sites, 0, LinesDraft(viewers, kbit, line, cache))
    assert min(lines.streams, lines.carried) + lines.beyond == lines.streams
    if lines.of_a_cache:
        assert lines.caches * lines.of_a_cache >= lines.beyond > (lines.caches - 1) * lines.of_a_cache or not lines.beyond
    assert lines.carried * lines.each <= line
