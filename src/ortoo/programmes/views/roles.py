"""Who runs a programme."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ortoo.kernel.refused import Refused
from ortoo.programmes.domain.role import give_role, take_role
from ortoo.programmes.forms.programme import RoleForm
from ortoo.programmes.frame import frame
from ortoo.programmes.views.programme import account_of, fetch_own

MOST = 200


@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, key: str) -> HttpResponse:
    """The roles given in this programme, and one more."""
    programme = fetch_own(request, key)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = form.cleaned_data["username"]
        try:
            give_role(programme, account, form.cleaned_data["kind"], by=account_of(request))
            messages.success(request, _("%(account)s now has a role here.") % {"account": account})
            return redirect("programmes:roles", key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    given = programme.roles.select_related("account")[:MOST]
    return render(request, "programmes/roles.html", frame(request, programme, here="roles") | {"form": form, "given": given})


@require_POST
def take(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a role back."""
    programme = fetch_own(request, key)
    role = get_object_or_404(programme.roles.select_related("account", "programme__unit"), pk=pk)
    take_role(role, by=account_of(request))
    messages.success(request, _("%(account)s has lost the role here.") % {"account": role.account})
    return redirect("programmes:roles", key)
