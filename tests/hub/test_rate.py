"""Buckets that fill by themselves."""

from ortoo_hub.rate import Buckets


def test_burst_then_pause_then_as_much_as_the_rate() -> None:
    one = Buckets(rate=2, burst=3)
    assert [one.take("a", 0) for _ in range(3)] == [0, 0, 0]
    assert one.take("a", 0) == 0.5
    assert one.take("a", 0.5) == 0
    assert one.take("a", 0.5) > 0


def test_names_do_not_pay_for_each_other() -> None:
    one = Buckets(rate=1, burst=1)
    assert one.take("a", 0) == 0
    assert one.take("b", 0) == 0
    assert one.take("a", 0) == 1


def test_what_costs_more_than_there_can_ever_be_is_always_refused() -> None:
    one = Buckets(rate=1, burst=5)
    assert one.take("a", 0, cost=6) == 1
    assert one.take("a", 1000, cost=6) == 1


def test_many_names_do_not_fill_the_memory_and_the_busy_one_is_not_forgotten() -> None:
    one = Buckets(rate=1, burst=2, most=100)
    for n in range(1_000):
        one.take(f"n{n}", now=n * 10.0)
        one.take("busy", now=n * 10.0, cost=2)
    assert len(one) <= 101
    assert one.take("busy", now=9_990.0) > 0
