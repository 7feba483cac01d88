"""What viewers say: rows of plain text, whatever they try."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortoo_hub.refusal import Refusal
from ortoo_hub.saying import rows_of
from ortoo_hub.viewer import Viewer

VIEWER = Viewer("hall", "v1", frozenset({"question", "reaction"}), 0)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def said(data: Any, kind: str = "question", name: Any = "a1") -> bytes:
    return json.dumps({"id": name, "kind": kind, "data": data}).encode()


def refused(body: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        rows_of(body, VIEWER, 0)
    return caught.value


def test_question_becomes_a_row() -> None:
    assert rows_of(said({"text": "为什么？", "to": 3}), VIEWER, 17) == [
        ["hall", "v1", "a1", "question", '{"text":"为什么？","to":3}', 17]
    ]


def test_several_at_once_keep_their_order() -> None:
    many = {"said": [json.loads(said({"n": n}, name=f"a{n}")) for n in range(50)]}
    assert [row[2] for row in rows_of(json.dumps(many).encode(), VIEWER, 0)] == [f"a{n}" for n in range(50)]
    assert refused(b'{"said": []}').status == 400
    many["said"].append(many["said"][0])
    assert refused(json.dumps(many).encode()).status == 400


def test_markup_stays_the_text_it_is() -> None:
    hostile = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'; DROP TABLE said; --"
    (row,) = rows_of(said({"text": hostile}), VIEWER, 0)
    assert json.loads(str(row[4])) == {"text": hostile}


@pytest.mark.parametrize("text", ["\x00", "a\x1b[2J", "\u202eabc", "\u2066x", "\x7f"])
def test_text_that_would_harm_where_it_is_shown_or_kept_is_refused(text: str) -> None:
    assert refused(said({"text": text})).status == 400


def test_half_a_character_is_refused() -> None:
    assert refused(b'{"id":"a","kind":"question","data":{"text":"\\ud800"}}').status == 400


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{}", b"\xff\xfe", b'{"id":"a"}', b"[" * 100_000, b'{"said":' * 20_000,
        said({"text": float("nan")}), b'{"id":"a","kind":"question","data":{"n":1e999}}',
        said("text"), said({"a b": 1}), said({"": 1}), said({"deep": {"er": 1}}), said({"deep": [[1]]}),
        said({"text": "x" * 4_001}), said({f"k{n}": n for n in range(33)}), said({"list": list(range(101))}), said({"n": 2**60}),
        said({}, name=""), said({}, name="a b"), said({}, name="x" * 65), said({}, name=7), said({}, kind="Question"),
        said({}, kind="present"), b'{"id":"a","kind":"question","data":{},"viewer":"v2"}',
    ],
)  # fmt: skip
def test_what_is_not_wanted_is_refused(body: bytes) -> None:
    assert refused(body).status == 400


def test_kind_that_the_viewer_may_not_say_is_forbidden() -> None:
    assert refused(said({"heads": 400}, kind="heads")).status == 403


@pytest.mark.parametrize(
    "data", [{}, {"👏": 0}, {"👏": 101}, {"👏": True}, {"👏": 1.5}, {"x" * 17: 1}, {"": 1}, {f"r{n}": 1 for n in range(9)}]
)
def test_reactions_are_few_and_counted_in_whole_numbers(data: dict[str, Any]) -> None:
    assert refused(said(data, "reaction")).status == 400
    assert rows_of(said({"👏": 3}, "reaction"), VIEWER, 0)[0][4] == '{"👏":3}'


@given(ANYTHING)
def test_anything_is_a_row_of_flat_text_or_refused(data: Any) -> None:
    try:
        (row,) = rows_of(said(data), VIEWER, 0)
    except Refusal as refusal:
        assert refusal.status in (400, 403)
        return
    kept = json.loads(str(row[4]))
    assert kept == data
    assert all(not isinstance(each, dict) for each in kept.values())
    str(row[4]).encode()


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_without_a_fault(body: bytes) -> None:
    with pytest.raises(Refusal):
        rows_of(body, VIEWER, 0)
