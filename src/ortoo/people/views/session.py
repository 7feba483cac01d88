"""Signing in and out, and the password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ortoo.kernel import audit
from ortoo.kernel.refused import Refused
from ortoo.people.domain import account as accounts
from ortoo.people.forms import PasswordForm, SignInForm
from ortoo.people.request import SignedIn


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Who are you? Then on to where the reader wanted to go, in their own language."""
    if request.user.is_authenticated:
        return redirect("ui:home")
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = form.get_user()
        login(request, account)
        audit.record("sign_in", account, by=account)
        answer = redirect(_next(request))
        if account.language:
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                account.language,
                max_age=31_536_000,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return answer
    return render(request, "people/sign_in.html", {"form": form}, status=400 if form.errors else 200)


sign_in.open_to_all = True  # type: ignore[attr-defined]


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Goodbye."""
    logout(request)
    return redirect("people:sign-in")


@never_cache
@sensitive_post_parameters("old", "new", "again")
def password(request: SignedIn) -> HttpResponse:
    """Choose a new password; the first one has to be changed before anything else."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.choose_password(request.user, form.cleaned_data["old"], form.cleaned_data["new"], by=request.user)
        except Refused as refused:
            form.add_error("old" if isinstance(refused, accounts.WrongPassword) else "new", str(refused))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Your new password holds from now on."))
            return redirect("ui:home")
    context = {"form": form, "first": request.user.must_change_password}
    return render(request, "people/password.html", context, status=400 if form.errors else 200)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else reverse("ui:home")
