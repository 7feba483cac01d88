"""What the first `./ortoo up` does where the demo is not built, and whenever it is."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ortoo.demo import marks
from ortoo.demo.calendar import morning, moves, season
from ortoo.demo.first_run import first_run
from ortoo.people.models import Account, Unit


def test_broken_build_leaves_nothing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ortoo.demo.build._running", killed)
    with pytest.raises(KeyboardInterrupt):
        first_run(empty=False, say=lambda line: None)
    assert not Unit.objects.exists()
    assert not Account.objects.exists()
    assert marks.note() == ""


def test_empty_house_gets_an_administrator_only(db: None) -> None:
    lines: list[str] = []
    assert [each.username for each in first_run(empty=True, say=lines.append)] == ["admin"]
    account = Account.objects.get()
    assert account.must_change_password
    assert not Unit.objects.exists()
    assert first_run(empty=False, say=lines.append) == []


@pytest.mark.parametrize("days", range(0, 366, 5))
def test_today_lies_in_the_third_term_whenever_the_demo_is_built(days: int) -> None:
    today = date(2026, 11, 24) + timedelta(days=days)
    first, second = moves(today)
    assert date(2023, 5, 4) + first.days <= today <= date(2023, 5, 22) + first.days
    assert first.days.days % 7 == second.days.days % 7 == 0
    assert date(2023, 6, 30) + first.days < date(2023, 3, 20) + second.days
    assert season(date(2023, 3, 20) + first.days) != season(date(2023, 3, 20) + second.days)


def test_clock_of_the_demo_is_aware() -> None:
    assert timezone.is_aware(morning(date(2026, 3, 20)))
