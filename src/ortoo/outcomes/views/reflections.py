"""Reflections as organisers and clerks see them; what may be quoted."""

from django.contrib import messages as told
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel import audit
from ortoo.kernel.refused import Refused
from ortoo.outcomes.domain.moderation import decide as bring_into
from ortoo.outcomes.domain.reflection import write_reflection
from ortoo.outcomes.forms import WrittenDownForm
from ortoo.outcomes.models import Moderated
from ortoo.outcomes.permissions import may_moderate
from ortoo.outcomes.queries import Quote, people_to_write_for, quotes, reflections_visible_to
from ortoo.outcomes.views.fetch import account_of, fetch_for_reflections, fetch_to_moderate
from ortoo.outcomes.views.messages import state_asked_for, state_said, ticked
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg
from ortoo.programmes.queries import legs_of
from ortoo.ui.sheet_table import Column, SheetTable

PAGE = 20
KINDS = {"reflection": gettext_lazy("reflection"), "message": gettext_lazy("message to speakers")}


def _whose(quote: Quote) -> str:
    return quote.whose or _("without a name")


COLUMNS = [
    Column("leg", gettext_lazy("stop or term"), width="m"),
    Column("kind", gettext_lazy("kind"), width="s", value=lambda row: str(KINDS[row.kind]), order=["kind"]),
    Column("text", gettext_lazy("words"), width="xl"),
    Column("whose", gettext_lazy("as whose"), width="m", value=_whose, order=["whose"], search=["whose"]),
    Column("written", gettext_lazy("written"), kind="moment"),
]


@require_GET
def reflections(request: HttpRequest, key: str) -> HttpResponse:
    """The reflections of a programme that the account sees (`?state=accepted`)."""
    programme = fetch_for_reflections(request, key)
    account, state = account_of(request), state_asked_for(request)
    found = reflections_visible_to(account).filter(leg__programme=programme, state=state).order_by("leg__ordinal", "pk")
    context = {
        "state": state,
        "states": Moderated.State.choices,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_moderate": may_moderate(account, programme),
        "decide_at": reverse("outcomes:reflections-decide", args=[key]),
    }
    return render(request, "outcomes/reflections.html", frame(request, programme, here="reflections") | context)


@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Accept the ticked reflections, keep them back, or put them back to be read once more."""
    programme = fetch_to_moderate(request, key)
    found = reflections_visible_to(account_of(request)).filter(leg__programme=programme, pk__in=ticked(request))
    count = bring_into(found, state_said(request), programme=programme, by=account_of(request))
    told.success(request, ngettext("%(count)s reflection decided.", "%(count)s reflections decided.", count) % {"count": count})
    return redirect(f"{reverse('outcomes:reflections', args=[key])}?{request.GET.urlencode()}")


@require_http_methods(["GET", "POST"])
def write_down(request: HttpRequest, key: str) -> HttpResponse:
    """Write down what one of one's people wrote on paper."""
    programme = fetch_for_reflections(request, key)
    account = account_of(request)
    legs = [(leg.ordinal, leg.name) for leg in legs_of(programme) if leg.state != "next"]
    form = WrittenDownForm(legs, people_to_write_for(account, programme), request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        leg = Leg.objects.select_related("programme__unit").get(programme=programme, ordinal=said["leg"])
        try:
            write_reflection(leg, said["staff_no"], said["text"], said["consent"], by=account)
            told.success(request, _("Written down. The organiser reads it first."))
            return redirect("outcomes:reflections", key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "outcomes/write_down.html", frame(request, programme, here="reflections") | {"form": form})


@require_GET
def quotable(request: HttpRequest, key: str) -> HttpResponseBase:
    """What may be quoted, with a name only where that was allowed; a download is recorded."""
    programme = fetch_to_moderate(request, key)
    rows = quotes(programme)
    table = SheetTable(request, COLUMNS, rows, caption=_("Words that may be quoted"), empty=_("Nothing yet."), row_key="text")
    if request.GET.get("as") in ("xlsx", "csv", "tsv"):
        after = {"what": "quotes", "rows": table.total, "q": table.q}
        audit.record("download", programme, by=account_of(request), after=after, unit_path=programme.unit.path)
    return table.answer() or render(request, "outcomes/quotes.html", frame(request, programme, here="quotes") | {"table": table})
