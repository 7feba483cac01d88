"""Small random tours."""

from hypothesis import strategies as st

from ortoo_solvers.route import Hall, Pin, Problem, Published, Speaker, Stop, Talk


@st.composite
def problems(draw: st.DrawFn, most_stops: int = 4) -> Problem:
    size = draw(st.integers(1, most_stops))
    days = draw(st.integers(size + 1, 9))
    places = tuple(f"p{n}" for n in range(draw(st.integers(1, size + 1))))
    ways = [[draw(st.integers(0, 9)) for _there in places] for _here in places]
    stops = tuple(Stop(f"s{n}", tuple(draw(st.lists(halls(places, days), min_size=1, max_size=2, unique_by=lambda h: h.key))),
                       earliest=draw(st.none() | st.integers(0, 4))) for n in range(size))  # fmt: skip
    keys = [stop.key for stop in stops]
    first = draw(st.sampled_from([None, *keys]))
    last = draw(st.sampled_from([None, *(key for key in keys if key != first or size == 1)]))
    speakers = tuple(Speaker(f"q{n}", draw(some_days(days, 3))) for n in range(draw(st.integers(0, 4))))
    names = [speaker.key for speaker in speakers]
    talks = tuple(Talk(f"t{n}", name, tuple(draw(st.lists(st.sampled_from([m for m in names if m != name] or ["-"]), max_size=2, unique=True)))
                       if len(names) > 1 else ()) for n, name in enumerate(names))  # fmt: skip
    pins = tuple(draw(st.lists(pins_of(stops, days), max_size=1)))
    told = tuple(Published(stop.key, stop.halls[0].key, draw(st.integers(0, days - 1))) for stop in stops if draw(st.booleans()))
    return Problem(stops, places, tuple(map(tuple, ways)), 0, days - draw(st.integers(1, 2)), draw(st.integers(0, 9)), first, last,
                   speakers, talks, draw(st.sampled_from([1, 2, 2])), pins, told, draw(st.integers(0, 5)), draw(st.booleans()))  # fmt: skip


def some_days(days: int, most: int) -> st.SearchStrategy[frozenset[int]]:
    return st.frozensets(st.integers(0, days - 1), max_size=most)


def halls(places: tuple[str, ...], days: int) -> st.SearchStrategy[Hall]:
    return st.builds(
        Hall, st.sampled_from(["big", "small"]), st.sampled_from(places), some_days(days, 4), st.sampled_from([100, 200])
    )


def pins_of(stops: tuple[Stop, ...], days: int) -> st.SearchStrategy[Pin]:
    return st.sampled_from(stops).flatmap(
        lambda stop: st.builds(
            Pin,
            st.just(stop.key),
            st.none() | st.integers(0, days - 1),
            st.sampled_from([None, *(hall.key for hall in stop.halls)]),
        )
    )
