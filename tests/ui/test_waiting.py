"""What waits, in order."""

from datetime import timedelta

from ortoo.kernel import clock
from ortoo.ui import foot, waiting
from ortoo.ui.waiting import Waiting, by_date


def thing(title: str, days: int | None = None, urgent: bool = False) -> Waiting:
    due = None if days is None else clock.today() + timedelta(days=days)
    return Waiting(title, "", due, "/", "Do", urgent)


def test_things_stand_by_day_urgent_first_without_a_day_last() -> None:
    things = [thing("some day"), thing("later", 5), thing("late", -1), thing("urgent", 9, urgent=True)]
    assert [each.title for each in by_date(things)] == ["urgent", "late", "later", "some day"]
    assert [each.late for each in by_date(things)] == [False, True, False, False]


def test_provider_is_asked_once_however_often_it_registers() -> None:
    def provider(account: object) -> list[Waiting]:
        return [thing("only once")]

    waiting.register(provider)
    waiting.register(provider)
    try:
        assert waiting._providers.count(provider) == 1
    finally:
        waiting._providers.remove(provider)


def test_foot_says_nothing_where_nothing_is_said() -> None:
    assert foot.notes() == []
