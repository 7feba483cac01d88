import pytest

from ortoo.kernel.voice import Voice, reader_language

SAID = {"hello": ("%(name)s, hello", "%(name)s,你好")}


def test_voice_speaks_one_language() -> None:
    assert (Voice(SAID, "en")("hello", name="A"), Voice(SAID, "zh")("hello", name="甲")) == ("A, hello", "甲,你好")


@pytest.mark.parametrize(
    ("asked", "lang", "expected"), [("en", "zh_CN.UTF-8", "en"), ("", "zh_CN.UTF-8", "zh"), ("", "en_GB.UTF-8", "en")]
)
def test_reader_language_is_as_asked_then_as_the_terminal_says(
    monkeypatch: pytest.MonkeyPatch, asked: str, lang: str, expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    assert reader_language(asked) == expected
