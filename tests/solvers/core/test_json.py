import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from ortoo_solvers.core import Malformed, from_data, read, to_data, write


@dataclass(frozen=True)
class Inner:
    word: str
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outer:
    inner: Inner
    numbers: tuple[int, ...] = ()
    rate: float = 0.0
    maybe: str | None = None
    table: Mapping[str, int] = field(default_factory=dict)
    either: int | str = 0


def test_from_data_undoes_to_data() -> None:
    thing = Outer(Inner("词", frozenset("ab")), (1, 2), 0.5, None, {"x": 3}, "y")
    assert from_data(Outer, to_data(thing)) == thing
    assert to_data(thing)["inner"]["tags"] == ["a", "b"]


def test_write_keeps_real_characters_and_ends_with_a_newline() -> None:
    stream = io.StringIO()
    write(Inner("词"), stream)
    assert stream.getvalue() == '{\n"word": "词",\n"tags": []\n}\n'


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"inner": {"word": 3}}, "inner.word"),
        ({"inner": {"word": "a", "tags": "b"}}, "inner.tags"),
        ({"inner": {"word": "a"}, "numbers": [1, "2"]}, "numbers[1]"),
        ({"inner": {"word": "a"}, "numbers": [1, True]}, "numbers[1]"),
        ({"inner": {"word": "a"}, "rate": "x"}, "rate"),
        ({"inner": {"word": "a"}, "table": {"k": "v"}}, "table.k"),
        ({"inner": {"word": "a"}, "either": None}, "either"),
        ({"inner": None}, "inner"),
        ({}, "inner"),
        ({"inner": {"word": "a"}, "extra": 1}, "extra"),
        (None, ""),
    ],
)
def test_from_data_says_where(data: object, where: str) -> None:
    with pytest.raises(Malformed) as caught:
        from_data(Outer, data)
    assert caught.value.where == where


@pytest.mark.parametrize("text", ["", "{", "nonsense", '{"rate": NaN}', "[" * 100_000])
def test_read_refuses_what_is_not_json(text: str) -> None:
    with pytest.raises(Malformed):
        read(Inner, io.StringIO(text))


def test_read_refuses_what_is_not_text() -> None:
    with pytest.raises(Malformed, match="UTF-8"):
        read(Inner, io.TextIOWrapper(io.BytesIO(b'{"word": "\xff"}'), encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"word": "a", "tags": [], "word": "b"}', '"word" is given twice'),
        ('{"inner": {"word": "a"}, "table": {"k": 1, "k": 2}}', '"k" is given twice'),
        ('{"word": "\\ud800"}', r'word: "\ud800" holds half'),
        ('{"inner": {"word": "a"}, "table": {"\\udc00": 1}}', r'"\udc00" holds half'),
    ],
)
def test_read_refuses_a_key_given_twice_and_half_a_character(text: str, said: str) -> None:
    with pytest.raises(Malformed, match=re.escape(said)):
        read(Outer if "inner" in text else Inner, io.StringIO(text))


def test_read_takes_a_whole_pair_of_surrogates() -> None:
    assert read(Inner, io.StringIO('{"word": "\\ud83d\\ude00"}')).word == "\U0001f600"
