"""The reader's own account: language, password, keys for programs."""

from datetime import datetime, time

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ortoo.people.domain.token import end_token, make_token
from ortoo.people.forms import TokenForm
from ortoo.people.queries import roles_of
from ortoo.people.request import SignedIn


def account(request: SignedIn) -> HttpResponseBase:
    """Who I am here, what I may do, and my keys; a new key is shown once."""
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["expires"]
        expires = timezone.make_aware(datetime.combine(until, time.max)) if until else None
        _token, secret = make_token(request.user, form.cleaned_data["title"], by=request.user, expires=expires)
        form = TokenForm()
    context = {"form": form, "secret": secret, "tokens": request.user.tokens.all()[:100], "roles": roles_of(request.user)}
    return render(request, "people/account.html", context, status=400 if form.errors else 200)


@require_POST
def stop_token(request: SignedIn, pk: int) -> HttpResponseBase:
    """End one of the reader's own keys."""
    end_token(get_object_or_404(request.user.tokens, pk=pk), by=request.user)
    messages.success(request, _("The key no longer opens anything."))
    return redirect("people:account")
