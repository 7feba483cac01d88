"""Accounts: who may sign in, and as what."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ortoo.kernel import audit
from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.people.domain import account as accounts
from ortoo.people.forms import AccountForm, RoleForm
from ortoo.people.models import Account, Unit
from ortoo.people.permissions import kinds_to_give, may_run_accounts
from ortoo.people.queries import accounts_visible_to, persons_to_give_accounts, units_run_by
from ortoo.people.request import SignedIn
from ortoo.ui.sheet_download import write_xlsx
from ortoo.ui.sheet_table import Column, SheetTable


def _roles(account: Account) -> str:
    return "、".join(str(role) for role in account.roles.all())


COLUMNS = [
    Column(
        "username", gettext_lazy("Sign-in name"), width="m", href=lambda account: reverse("people:account-of", args=[account.pk])
    ),
    Column("title", gettext_lazy("Shown as"), width="m"),
    Column("roles", gettext_lazy("Roles"), width="l", value=_roles, order=[], search=["roles__unit__name"]),
    Column("last_login", gettext_lazy("Last signed in"), kind="moment", width="m"),
    Column(
        "is_active",
        gettext_lazy("May sign in"),
        width="s",
        value=lambda a: _("yes") if a.is_active else _("no"),
        order=["is_active"],
    ),
]


def account_list(request: SignedIn) -> HttpResponseBase:
    """The accounts that the reader looks after, and a form for a new one."""
    if not may_run_accounts(request.user):
        raise NotAllowed
    user = request.user
    persons = persons_to_give_accounts(user)
    form = AccountForm(request.POST or None, units=units_run_by(user), kinds=kinds_to_give(user), persons=persons)
    if request.method == "POST" and form.is_valid():
        try:
            return _open(request, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    table = SheetTable(request, COLUMNS, accounts_visible_to(request.user), caption=_("Accounts"))
    answer = table.answer() if request.method == "GET" else None
    return answer or render(request, "people/accounts.html", {"table": table, "form": form}, status=400 if form.errors else 200)


def account_of(request: SignedIn, pk: int) -> HttpResponseBase:
    """One account: its roles, its password, whether it may sign in."""
    if not may_run_accounts(request.user):
        raise NotAllowed
    account = get_object_or_404(accounts_visible_to(request.user), pk=pk)
    form = RoleForm(request.POST or None, units=units_run_by(request.user), kinds=kinds_to_give(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            accounts.give_role(account, form.cleaned_data["kind"], form.cleaned_data["unit"], by=request.user)
            return redirect("people:account-of", pk=pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "people/account_of.html", {"account": account, "form": form}, status=400 if form.errors else 200)


@require_POST
def change_account(request: SignedIn, pk: int) -> HttpResponseBase:
    """What a button on an account's page does: a new password, shut, open, take a role."""
    if not may_run_accounts(request.user):
        raise NotAllowed
    account = get_object_or_404(accounts_visible_to(request.user), pk=pk)
    what = request.POST.get("do", "")
    if what == "password":
        secret = accounts.reset_password(account, by=request.user)
        return render(request, "people/secret.html", {"account": account, "secret": secret})
    if what in ("shut", "open"):
        accounts.let_sign_in(account, what == "open", by=request.user)
    elif what.startswith("role-") and what[5:].isdigit():
        role = get_object_or_404(account.roles, pk=int(what[5:]))
        if role.kind not in kinds_to_give(request.user):
            raise NotAllowed
        accounts.take_role(role, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("people:account-of", pk=pk)


@require_POST
def open_clerks(request: SignedIn) -> HttpResponseBase:
    """An account for every prefecture or county without a clerk, as a sheet with the first passwords; logged as an export."""
    if not may_run_accounts(request.user):
        raise NotAllowed
    kind = request.POST.get("kind", "")
    wanted = [kind] if kind in (Unit.Kind.PREFECTURE, Unit.Kind.COUNTY) else []
    opened = accounts.open_clerks(list(units_run_by(request.user).filter(kind__in=wanted)), by=request.user)
    if not opened:
        messages.info(request, _("Every unit of this kind has its clerk's account already."))
        return redirect("people:accounts")
    audit.record("download", request.user, by=request.user, after={"what": "first passwords", "accounts": len(opened)})
    head = [_("Unit code"), _("Unit"), _("Sign-in name"), _("First password")]
    file = TemporaryFile()
    write_xlsx(_("Clerks' accounts"), head, [[u.code, u.name, a.username, secret] for u, a, secret in opened], file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="accounts.xlsx")


def _open(request: SignedIn, form: AccountForm) -> HttpResponseBase:
    said = form.cleaned_data
    with transaction.atomic():
        account, secret = accounts.open_account(said["username"], by=request.user, title=said["title"], person=said["person"])
        accounts.give_role(account, said["kind"], said["unit"], by=request.user)
    return render(request, "people/secret.html", {"account": account, "secret": secret})
