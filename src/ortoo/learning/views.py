"""The gap by module, what a term should teach, and the short form in which somebody says what they lack."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.learning.domain.curriculum import say_needs, set_curriculum
from ortoo.learning.forms import CurriculumForm, NeedsForm, modules_text
from ortoo.learning.models import Module
from ortoo.learning.permissions import may_see_needs
from ortoo.learning.queries import Gap, gap_of, hours_of, modules_of, taught_on
from ortoo.participation.queries import nominations_visible_to
from ortoo.people.models import Account
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme
from ortoo.programmes.permissions import may_organise
from ortoo.programmes.queries import legs_of, visible_to
from ortoo.ui.heat_table import HeatCell, HeatRow, HeatTable

OTHERS_SHOWN = 30
OFFERED = 12


def account_of(request: HttpRequest) -> Account:
    """Who asks; the middleware lets nobody in without an account."""
    return request.user  # type: ignore[return-value]


def fetch_rotation(request: HttpRequest, key: str, *, own: bool = False) -> Programme:
    """The rotation whose needs the account may see, else 404 or 403; `own`: only for who organises it."""
    account = account_of(request)
    programme = get_object_or_404(visible_to(account).select_related("unit", "base"), key=key)
    if programme.is_tour:
        raise Http404
    if not may_see_needs(account, programme) or (own and not may_organise(account, programme)):
        raise NotAllowed
    return programme


@require_GET
def needs(request: HttpRequest, key: str) -> HttpResponse:
    """How many lack which module, in all and on each term; the organiser writes the modules here."""
    programme, account = fetch_rotation(request, key), account_of(request)
    gap, modules = gap_of(programme, account), modules_of(programme)
    names = {module.name for module in modules}
    others = [(word, count) for word, count in gap.everybody.lacking.most_common() if word not in names]
    own = may_organise(account, programme)
    context = {
        "gap": gap.everybody,
        "modules": modules,
        "hours": hours_of(programme),
        "heat": _heat(programme, modules, gap),
        "others": others[:OTHERS_SHOWN],
        "form": _form(programme, modules, others) if own else None,
    }
    return render(request, "learning/needs.html", frame(request, programme, here="needs") | context)


@require_POST
def curriculum(request: HttpRequest, key: str) -> HttpResponse:
    """The organiser writes modules and hours down."""
    programme = fetch_rotation(request, key, own=True)
    form = CurriculumForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("learning:needs", key)
    try:
        set_curriculum(programme, form.cleaned_data["hours"], form.cleaned_data["modules"], by=account_of(request))
        messages.success(request, _("Saved."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("learning:needs", key)


@require_GET
def term(request: HttpRequest, key: str, ordinal: int) -> HttpResponse:
    """What a term should teach: its hours by module, weighted by what its people lack."""
    programme = fetch_rotation(request, key)
    leg = next((leg for leg in legs_of(programme) if leg.ordinal == ordinal), None)
    if leg is None:
        raise Http404
    group, taught = taught_on(programme, leg)
    context = {"leg": leg, "group": group, "taught": taught, "hours": sum(each.hours for each in taught)}
    return render(request, "learning/term.html", frame(request, programme, here="needs") | context)


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, key: str, staff_no: str) -> HttpResponse:
    """The short form: somebody's own, or that of a clerk's or an organiser's people."""
    account = account_of(request)
    rows = nominations_visible_to(account).exclude(programme__state=Programme.State.DRAFT).select_related("programme__unit")
    nomination = get_object_or_404(rows, programme__key=key, person__staff_no=staff_no)
    modules = modules_of(nomination.programme)
    form = NeedsForm(modules, request.POST or None, initial={"needs": nomination.needs})
    mine = nomination.person_id == account.person_id
    back = reverse("participation:mine") if mine else reverse("participation:nominations", args=[key])
    if request.method == "POST":
        form = NeedsForm(modules, request.POST)
        try:
            if form.is_valid():
                say_needs(nomination, form.cleaned_data["needs"], by=account)
                messages.success(request, _("Saved."))
                return redirect(back)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"nomination": nomination, "modules": modules, "form": form, "mine": mine, "back": back}
    return render(request, "learning/say.html", context)


def _heat(programme: Programme, modules: list[Module], gap: Gap) -> HeatTable:
    legs = [leg for leg in legs_of(programme) if leg.ordinal in gap.terms]
    rows = [
        HeatRow(
            module.name,
            [HeatCell(gap.everybody.lacking[module.name], total=bool(legs))]
            + [
                HeatCell(gap.terms[leg.ordinal].lacking[module.name], reverse("learning:term", args=[programme.key, leg.ordinal]))
                for leg in legs
            ],
        )
        for module in modules
    ]
    return HeatTable(_("People who lack a module"), _("module"), [_("everybody"), *(leg.name for leg in legs)], rows)


def _form(programme: Programme, modules: list[Module], others: list[tuple[str, int]]) -> CurriculumForm:
    offered = modules_text(modules) or "\n".join(word for word, _count in others[:OFFERED])
    return CurriculumForm(initial={"hours": hours_of(programme) or None, "modules": offered})
