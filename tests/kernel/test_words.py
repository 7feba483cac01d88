"""The catalogue is complete, and the finder finds what it should."""

import re
from pathlib import Path

import polib
import pytest

from ortoo.kernel import words
from ortoo.kernel.words import Word


def test_missing_is_empty() -> None:
    assert words.missing() == []


def test_catalogue_keeps_every_place_of_a_sentence() -> None:
    place = re.compile(r"%\(\w+\)[sd]")
    for entry in polib.pofile(str(words.CATALOGUE)):
        said = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
        asked = set(place.findall(entry.msgid_plural or entry.msgid))
        assert set(place.findall(said)) == asked, entry.msgid


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "Sign in" %}', Word("Sign in")),
        ("{% translate 'Don\"t' %}", Word('Don"t')),
        ("{% blocktranslate with n=x %}{{ n }} people{% endblocktranslate %}", Word("%(n)s people")),
        (
            "{% blocktranslate count n=x %}{{ n }} person{% plural %}{{ n }} people{% endblocktranslate %}",
            Word("%(n)s person", plural="%(n)s people"),
        ),
        ('{% translate "May" context "month" %}', Word("May", context="month")),
    ],
)
def test_words_of_template_finds(tmp_path: Path, source: str, expected: Word) -> None:
    file = tmp_path / "page.html"
    file.write_text(source)
    assert list(words.words_of(file)) == [expected]


def test_words_of_python_finds_calls_only(tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    file.write_text('a = gettext("Plan")\nb = ngettext("%(n)d day", "%(n)d days", n)\nc = "not a word"\n')
    assert list(words.words_of(file)) == [Word("Plan"), Word("%(n)d day", plural="%(n)d days")]
