"""Refusals become pages; an account brings its language with it."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.ui.middleware import AccountLanguageMiddleware, RefusedMiddleware


class HallFull(Refused):
    """A sample rule."""

    sentence = "%(hall)s is full."


def request(language: str = "", cookie: str = "") -> HttpRequest:
    asked = RequestFactory().get("/")
    asked.user = SimpleNamespace(is_authenticated=True, language=language) if language else AnonymousUser()  # type: ignore[assignment]
    if cookie:
        asked.COOKIES["ortoo_language"] = cookie
    return asked


@pytest.mark.parametrize(("refusal", "status"), [(HallFull(hall="<b>A</b>"), 409), (NotAllowed(), 403)])
def test_refusal_becomes_a_page_with_its_sentence(refusal: Refused, status: int) -> None:
    answer = RefusedMiddleware(lambda request: HttpResponse()).process_exception(request(), refusal)
    assert answer is not None and answer.status_code == status
    assert "<b>A</b>" not in answer.content.decode()


def test_other_errors_are_left_alone() -> None:
    assert RefusedMiddleware(lambda request: HttpResponse()).process_exception(request(), ValueError()) is None


@pytest.mark.parametrize(
    ("account", "cookie", "spoken"), [("en", "", "en"), ("en", "zh-hans", "zh-hans"), ("", "", "zh-hans"), ("xx", "", "zh-hans")]
)
def test_account_speaks_its_language_unless_the_browser_has_chosen(account: str, cookie: str, spoken: str) -> None:
    said: list[str | None] = []

    def page(request: HttpRequest) -> HttpResponse:
        said.append(translation.get_language())
        return HttpResponse()

    with translation.override("zh-hans"):
        AccountLanguageMiddleware(page)(request(account, cookie))
    assert said == [spoken]
