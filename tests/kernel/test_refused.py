"""How a verb says no."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.refused import NotAllowed, Refused


class TermFull(Refused):
    sentence = _("Term %(name)s is full.")


def test_refused_says_its_sentence_with_its_parameters() -> None:
    with translation.override("en"):
        assert str(TermFull(name="3")) == "Term 3 is full."
    assert TermFull(name="3").status == 409


def test_refused_speaks_the_language_in_which_it_is_read() -> None:
    refused = TermFull(name="3")
    with translation.override("en"):
        english = str(refused)
    with translation.override("zh-hans"):
        assert str(refused) == str(TermFull.sentence) % {"name": "3"}
    assert english == "Term 3 is full."


def test_not_allowed_is_403() -> None:
    assert NotAllowed().status == 403
