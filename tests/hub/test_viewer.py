"""Tokens: what is signed here is let in, nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortoo_hub.viewer import BadToken, Viewer, check, sign

SECRET, OTHER = "one secret of the house", "the secret of another house"


def test_signed_token_names_its_viewer() -> None:
    token = sign(SECRET, "stop-3", "device_9", ["vote", "question", "vote"], 2_000)
    assert check(SECRET, token, 1_999) == Viewer("stop-3", "device_9", frozenset({"vote", "question"}), 2_000)


def test_token_is_over_at_its_time_and_worth_nothing_in_another_house() -> None:
    token = sign(SECRET, "stop", "device", [], 2_000)
    with pytest.raises(BadToken, match="over"):
        check(SECRET, token, 2_000)
    with pytest.raises(BadToken, match="signed"):
        check(OTHER, token, 0)


@given(place=st.integers(0, 200), letter=st.sampled_from("ABCxyz019-_."))
def test_changed_token_is_refused(place: int, letter: str) -> None:
    token = sign(SECRET, "stop", "device", ["question"], 2_000)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    # The last letter of base64 carries bits that mean nothing; a change there may be none.
    if changed == token or place == len(token) - 1:
        return
    with pytest.raises(BadToken):
        check(SECRET, changed, 0)


@given(st.text(max_size=200))
def test_any_text_is_refused_without_a_fault(text: str) -> None:
    with pytest.raises(BadToken):
        check(SECRET, text, 0)


@pytest.mark.parametrize(("channel", "name", "kinds"), [("a/b", "v", []), ("a", "v v", []), ("a", "v", ["Q"]), ("", "v", [])])
def test_sign_refuses_names_that_would_not_travel(channel: str, name: str, kinds: list[str]) -> None:
    with pytest.raises(ValueError):
        sign(SECRET, channel, name, kinds, 1)


def test_sign_refuses_more_kinds_than_fit() -> None:
    with pytest.raises(ValueError, match="too many"):
        sign(SECRET, "a", "v", [f"kind_{'abcdefghij'[n % 10]}{'k' * (n // 10)}" for n in range(100)], 1)
