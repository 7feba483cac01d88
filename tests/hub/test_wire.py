"""Messages between processes, however the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortoo_hub.wire import Kind, Unpacker, pack

MESSAGES = st.lists(st.tuples(st.sampled_from(list(Kind)), st.binary(max_size=50)), max_size=10)


@given(MESSAGES, st.lists(st.integers(1, 20), min_size=1))
def test_messages_arrive_whole_however_they_are_cut(messages: list[tuple[Kind, bytes]], cuts: list[int]) -> None:
    stream, unpacker, found = b"".join(pack(*each) for each in messages), Unpacker(), []
    while stream:
        for cut in cuts:
            found += list(unpacker.feed(stream[:cut]))
            stream = stream[cut:]
    assert found == messages


def test_a_length_that_cannot_be_is_a_fault() -> None:
    with pytest.raises(ValueError, match="too large"):
        list(Unpacker().feed(b"\xff" * 10))
