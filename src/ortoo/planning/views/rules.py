"""The rules of a rotation: each in a sentence, changed, taken from a file, undone."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.people.request import SignedIn
from ortoo.planning.domain import rules as verbs
from ortoo.planning.forms import RulesFileForm, RulesForm
from ortoo.planning.permissions import may_organise
from ortoo.planning.rulesfile import read_rules, write_rules
from ortoo.planning.sentences import rule_sentences
from ortoo.planning.views.fetch import fetch_own
from ortoo.programmes.frame import frame
from ortoo.programmes.queries import legs_of


def rules(request: SignedIn, key: str) -> HttpResponseBase:
    """All rules with their sentences, a form for them, a file to take or to give."""
    programme = fetch_own(request, key)
    present = verbs.rules_of(programme)
    terms = len(legs_of(programme))
    form = RulesForm(request.POST or None, terms=terms, initial=RulesForm.initial_of(present.hard, present.cost, terms))
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        verbs.change_rules(programme, *form.tables(), by=request.user)
        messages.success(request, _("The rules are saved."))
        return redirect("planning:rules", key=key)
    sentences = rule_sentences(*(form.tables() if form.is_bound and form.is_valid() else (present.hard, present.cost)))
    fields = [(field, sentences[field.name]) for field in form]
    context = frame(request, programme, here="rules") | {
        "form": form, "fields": fields, "rules": present, "file": RulesFileForm(), "changed": form.is_bound and form.has_changed(),
    }  # fmt: skip
    return render(request, "planning/rules.html", context, status=400 if form.errors else 200)


def take_rules(request: SignedIn, key: str) -> HttpResponseBase:
    """Take a rules file: terms and rules."""
    programme = fetch_own(request, key)
    form = RulesFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.take_rules(programme, read_rules(form.cleaned_data["file"].read(1 << 20)), by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The rules file is taken: terms and rules."))
    return redirect("planning:rules", key=key)


def undo_rules(request: SignedIn, key: str) -> HttpResponseBase:
    """Go back to the rules before."""
    programme = fetch_own(request, key)
    if request.method == "POST":
        verbs.undo_rules(programme, by=request.user)
        messages.success(request, _("The rules are as they were before."))
    return redirect("planning:rules", key=key)


@require_GET
def rules_file(request: SignedIn, key: str) -> HttpResponseBase:
    """The rules as rules.toml."""
    programme = fetch_own(request, key)
    if not may_organise(request.user, programme):
        raise NotAllowed
    present = verbs.rules_of(programme)
    data = write_rules(programme, legs_of(programme), present.hard, present.cost)
    return HttpResponse(
        data, content_type="application/toml", headers={"Content-Disposition": 'attachment; filename="rules.toml"'}
    )
