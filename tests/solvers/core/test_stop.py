from ortoo_solvers.core import Stop, after_checks, after_seconds, first_of, never


def test_after_checks_stops_at_the_next_question() -> None:
    stop = after_checks(2)
    assert [stop(None) for _ in range(4)] == [False, False, True, True]


def test_after_seconds_counts_from_the_first_question() -> None:
    assert after_seconds(0)(None)
    assert not after_seconds(3600)(None)


def test_first_of_asks_all_and_stops_with_any() -> None:
    asked = []

    def watchful(best: float | None) -> bool:
        asked.append(best)
        return False

    stop: Stop = first_of(after_checks(0), watchful)
    assert stop(3.0)
    assert asked == [3.0]
    assert not never(None)
