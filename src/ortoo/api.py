"""The API: one door for programs under /api/v1/. Every app brings its own resources; here they are only put together."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from ortoo.kernel.refused import Refused
from ortoo.participation.api import router as participation
from ortoo.participation.quotas.api import router as quotas
from ortoo.people.api import router as people
from ortoo.people.domain.token import account_of
from ortoo.people.models import Account
from ortoo.programmes.api import router as programmes


class Bearer(HttpBearer):
    """`Authorization: Bearer ortoo_…`: a key made on the account's own page."""

    def authenticate(self, request: HttpRequest, token: str) -> Account:
        """The key's account; a wrong key is never taken for none."""
        account = account_of(token)
        if account is None or account.must_change_password:
            raise AuthenticationError
        return account


class Session(APIKeyCookie):
    """Somebody signed in on the pages; what changes anything needs the CSRF token too."""

    param_name = "ortoo_session"

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The account that is signed in and has a password of its own."""
        if not request.user.is_authenticated or request.user.must_change_password:
            return None
        if check_csrf(request):
            raise HttpError(403, _("The CSRF token is missing or wrong."))
        return request.user


api = NinjaAPI(
    title="Ortoo",
    version="1",
    description="Units, people, programmes, legs, places, returns and plans, with the rights of the account that asks.",
    urls_namespace="api",
    docs_url=None,
    auth=[Bearer(), Session()],
)
api.add_router("", people)
api.add_router("", programmes)
api.add_router("", participation)
api.add_router("", quotas)
for name in ("ortoo.intake.api", "ortoo.planning.api", "ortoo.learning.api", "ortoo.live.api", "ortoo.outcomes.api"):
    if find_spec(name):
        api.add_router("", import_module(name).router)


def problem(title: str, status: int, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """What went wrong, as RFC 9457 wants it."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail, "errors": errors or []}
    return JsonResponse(said, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False})


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A rule forbids it."""
    return problem(type(refusal).__name__, refusal.status, str(refusal))


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    """It does not exist, or not for this account."""
    return problem("NotThere", 404, _("There is nothing here that your account sees."))


@api.exception_handler(AuthenticationError)
def not_known(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody, or with a key that opens nothing."""
    answer = problem("NotKnown", 401, _("Send a valid key: Authorization: Bearer …"))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def not_understood(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The request cannot be read."""
    return problem("NotUnderstood", error.status_code, str(error))


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Some field is not as it should be."""
    errors = [{"field": ".".join(str(step) for step in each["loc"]), "message": str(each["msg"])} for each in error.errors]
    return problem("NotValid", 422, "; ".join(f"{each['field']}: {each['message']}" for each in errors), errors)


#: Built once: every call makes new views.
urls = api.urls
# Who asks is found out here and not by the sign-in page, so that a program gets 401 and not a page to sign in on.
for pattern in urls[0]:
    pattern.callback.open_to_all = True  # type: ignore[union-attr]
