"""The terms of a programme as rows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.programmes.domain.leg import LegDraft, edit_legs
from ortoo.programmes.forms.programme import MOST_LEGS, leg_rows, with_more_rows
from ortoo.programmes.frame import frame
from ortoo.programmes.permissions import may_organise
from ortoo.programmes.queries import legs_of, overlaps, short_of_beds
from ortoo.programmes.views.programme import account_of, fetch


@require_http_methods(["GET", "POST"])
def legs(request: HttpRequest, key: str) -> HttpResponse:
    """Read them, change them, add and remove; a button that adds rows saves nothing yet."""
    programme, account = fetch(request, key), account_of(request)
    own = may_organise(account, programme)
    if request.method == "POST" and not own:
        raise NotAllowed
    known = legs_of(programme)
    rows = leg_rows(programme, known) if own else None
    status = 200
    if request.method == "POST" and "more" in request.POST:
        rows = leg_rows(programme, known, with_more_rows(request.POST, "leg", 1, MOST_LEGS))
    elif request.method == "POST":
        rows = leg_rows(programme, known, request.POST)
        if rows.is_valid():
            try:
                edit_legs(programme, _drafts(rows), by=account)
                messages.success(request, _("The terms are saved."))
                return redirect("programmes:legs", key)
            except Refused as refusal:
                messages.error(request, str(refusal))
                status = refusal.status
    context = {
        "rows": rows,
        "overlaps": overlaps(known),
        "short": short_of_beds(known),
        "asked_more": "more" in request.POST,
    }
    return render(request, "programmes/legs.html", frame(request, programme, here="legs") | context, status=status)


def _drafts(rows: object) -> list[tuple[int | None, LegDraft]]:
    """The rows that stay and say something, each with the number it had."""
    forms = [form for form in rows if form.cleaned_data and not form.cleaned_data.get("DELETE")]  # type: ignore[attr-defined]
    return [(form.cleaned_data["ordinal"], form.draft()) for form in forms]
