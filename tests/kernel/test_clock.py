"""What time it is."""

from datetime import UTC, date, datetime

from ortoo.kernel import clock

LATE = datetime(2023, 6, 1, 17, 30, tzinfo=UTC)


def test_clock_stands_still_within_the_block_only() -> None:
    with clock.held_at(LATE):
        assert clock.now() == LATE
    assert clock.now() != LATE


def test_today_is_the_day_of_the_installation_not_of_utc() -> None:
    with clock.held_at(LATE):
        assert clock.today() == date(2023, 6, 2)


def test_held_clocks_nest() -> None:
    with clock.held_at(LATE):
        with clock.held_at(LATE.replace(year=2024)):
            assert clock.now().year == 2024
        assert clock.now().year == 2023


def test_now_is_aware() -> None:
    assert clock.now().tzinfo is not None
