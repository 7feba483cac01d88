from ortoo_solvers.core import stream


def test_stream_repeats_itself_and_differs_by_name_and_seed() -> None:
    draws = {(seed, name): stream(seed, name).random() for seed in (1, 2) for name in ("a", "b")}
    assert draws[1, "a"] == stream(1, "a").random()
    assert len(set(draws.values())) == 4
