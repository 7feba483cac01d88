"""Requests: read strictly, refused without a fault, never understood in two ways."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ortoo_hub.refusal import Refusal
from ortoo_hub.request import parse


def head(target: str = "/live/hall?token=a.b", *lines: str, first: str = "GET {} HTTP/1.1", host: bool = True) -> bytes:
    """A head without its empty line."""
    fields = (["Host: here"] if host else []) + list(lines)
    return "\r\n".join([first.format(target), *fields]).encode("latin-1")


def test_watch_is_read_with_token_and_last_event() -> None:
    asked = parse(head("/live/hall-1?x=1&token=aB_-.c", "Last-Event-ID:  e-17 ", "Origin: http://h:8000"))
    assert (asked.method, asked.action, asked.channel, asked.token) == ("GET", "watch", "hall-1", "aB_-.c")
    assert (asked.last, asked.origin, asked.host, asked.keep, asked.length) == ("e-17", "http://h:8000", "here", True, 0)


def test_last_event_may_stand_in_the_address_too() -> None:
    assert parse(head("/live/h?last=e-3&token=t")).last == "e-3"


@pytest.mark.parametrize(
    ("target", "action"),
    [("/live/h/say", "say"), ("/live/h/state?a", "state"), ("/live/h/enter", "enter"), ("/health", "health"), ("/bench/publish", "bench")]
    + [(target, "") for target in ("/", "/live/", "/live/h/", "/live/h/other", "/live/%68", "/live/a.b", "/live/h/say/", "//live/h")],
)  # fmt: skip
def test_only_known_places_have_an_action(target: str, action: str) -> None:
    assert parse(head(target)).action == action


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (head(first="GET {} HTTP/2.0"), 400),
        (head(first="get {} HTTP/1.1"), 400),
        (head(first="GET  {} HTTP/1.1"), 400),
        (head("http://here/live/h"), 400),
        (head("/live/h", host=False), 400),
        (head("/live/h", "Host: there"), 400),
        (head("/live/h", " folded: 1"), 400),
        (head("/live/h", "Name : 1"), 400),
        (head("/live/h", "Name"), 400),
        (head("/live/h", "Name: a\nb"), 400),
        (head("/live/h", "Name: a\x00"), 400),
        (head("/live/h", "Content-Length: 3", "Content-Length: 3"), 400),
        (head("/live/h", "Content-Length: +3"), 400),
        (head("/live/h", "Content-Length: 1_0"), 400),
        (head("/live/h", "Content-Length: ٣".encode().decode("latin-1")), 400),
        (head("/live/h", "Content-Length: " + "9" * 30), 400),
        (head("/live/h", "Transfer-Encoding: chunked", first="POST {} HTTP/1.1"), 411),
        (head("/live/h", "transfer-encoding:chunked"), 501),
        (head("/live/h", "Expect: 100-continue"), 417),
        (head("/live/h", *[f"X-{n}: 1" for n in range(70)]), 400),
    ],
)
def test_doubtful_requests_are_refused(raw: bytes, status: int) -> None:
    with pytest.raises(Refusal) as refused:
        parse(raw)
    assert refused.value.status == status


@pytest.mark.parametrize(
    ("first", "line", "keep"),
    [("GET {} HTTP/1.1", "Connection: close", False), ("GET {} HTTP/1.0", "A: b", False), ("GET {} HTTP/1.0", "Connection: Keep-Alive", True)],
)  # fmt: skip
def test_connection_is_kept_only_when_both_want_it(first: str, line: str, keep: bool) -> None:
    assert parse(head("/health", line, first=first)).keep is keep


@given(st.binary(max_size=300))
@example(b"")
@example(b"GET / HTTP/1.1\r\n")
@example(b"GET /live/\xff HTTP/1.1\r\nHost: a")
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        parse(raw)
    except Refusal as refusal:
        assert 400 <= refusal.status < 600


@given(
    target=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60),
    values=st.lists(st.text(st.characters(min_codepoint=0, max_codepoint=255), max_size=30), max_size=4),
)
def test_no_value_becomes_a_field_of_its_own(target: str, values: list[str]) -> None:
    """Whatever stands in a value, it never turns into a length or a token that was not asked for."""
    lines = [f"X-{n}: {value}" for n, value in enumerate(values)]
    try:
        asked = parse(head("/live/h?q=" + target.replace("&", ""), *lines))
    except Refusal:
        return
    assert asked.token == ""
    if not any("\r\n" in value for value in values):
        assert asked.length == 0
