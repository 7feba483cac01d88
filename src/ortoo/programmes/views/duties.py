"""Duties: leg by leg, ticked off; the list that is copied to the legs; on paper."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.programmes.domain import duty as verbs
from ortoo.programmes.domain.duty import DutyDraft
from ortoo.programmes.domain.lesson import write_lesson
from ortoo.programmes.forms.duty import MOST_DUTIES, LegDutyForm, LessonForm, OwnerForm, TickForm, duty_rows
from ortoo.programmes.forms.programme import with_more_rows
from ortoo.programmes.frame import at_leg, frame
from ortoo.programmes.models import Duty, Leg, Lesson, Programme
from ortoo.programmes.permissions import may_host, may_host_leg, may_organise
from ortoo.programmes.queries import duties_of, legs_of
from ortoo.programmes.views.programme import account_of, fetch, fetch_own

MOST_ROWS = 500
MOST_ON_PAPER = 3000


@require_GET
def duties(request: HttpRequest, key: str) -> HttpResponse:
    """The duties of one leg (`?leg=2`), at first the one that is running or comes next."""
    programme = _fetch_hosted(request, key)
    leg = leg_asked_for(request, programme)
    return render(request, "programmes/duties.html", _context(request, programme, leg, LessonForm()))


@require_POST
def lesson(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Write down what was learned at a stop; it stands on the next one's checklist."""
    programme = _fetch_hosted(request, key)
    leg = next((leg for leg in legs_of(programme) if leg.pk == pk), None)
    if leg is None or not programme.is_tour:
        raise Http404
    _demand_host(request, leg)
    form = LessonForm(request.POST)
    if form.is_valid():
        try:
            written = write_lesson(leg, form.draft(), by=account_of(request))
            messages.success(request, _carried(written))
            return _to_leg(programme, leg)
        except Refused as refusal:
            form.add_error("text", str(refusal))
    return render(request, "programmes/duties.html", _context(request, programme, leg, form), status=409)


@require_POST
def owner(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Say who answers for a duty."""
    programme = _fetch_hosted(request, key)
    duty = get_object_or_404(duties_of(programme), pk=pk)
    duty.leg.programme = programme
    _demand_host(request, duty.leg)
    form = OwnerForm(duty.leg, request.POST)
    if form.is_valid():
        verbs.name_owner(duty, form.owners.get(form.cleaned_data["owner"]), by=account_of(request))
    return _to_leg(programme, duty.leg, duty)


@require_POST
def tick(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Tick a duty off with a note, or take the tick back."""
    programme = _fetch_hosted(request, key)
    duty = get_object_or_404(duties_of(programme), pk=pk)
    duty.leg.programme = programme
    _demand_host(request, duty.leg)
    form = TickForm(request.POST)
    try:
        if "back" in request.POST:
            verbs.take_tick_back(duty, by=account_of(request))
        elif form.is_valid():
            verbs.tick_off(duty, form.cleaned_data["note"], by=account_of(request))
        else:
            messages.error(request, _("The note is too long: 400 characters at most."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_leg(programme, duty.leg, duty)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Add a duty to one leg only."""
    programme = fetch_own(request, key)
    form = LegDutyForm(legs_of(programme), request.POST or None, initial={"leg": request.GET.get("leg")})
    if request.method == "POST" and form.is_valid():
        leg = next(leg for leg in legs_of(programme) if str(leg.ordinal) == form.cleaned_data["leg"])
        try:
            return _to_leg(programme, leg, verbs.add_duty(leg, form.draft(), by=account_of(request)))
        except Refused as refusal:
            form.add_error("title", str(refusal))
    return render(request, "programmes/duty_add.html", frame(request, programme, here=_here(programme)) | {"form": form})


@require_POST
def remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Remove a duty from its leg."""
    programme = fetch_own(request, key)
    duty = get_object_or_404(duties_of(programme), pk=pk)
    try:
        verbs.remove_duty(duty, by=account_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_leg(programme, duty.leg)


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, key: str) -> HttpResponse:
    """The list for all legs: edit it, then see what copying would do."""
    programme = fetch_own(request, key)
    known = [DutyDraft(d.title, d.department, d.days_before) for d in programme.duty_template.all()]
    rows, status = duty_rows(known), 200
    if request.method == "POST" and "suggest" in request.POST:
        rows = duty_rows(verbs.suggested_for_stop() if programme.is_tour else verbs.suggested())
    elif request.method == "POST" and "more" in request.POST:
        rows = duty_rows(known, with_more_rows(request.POST, "duty", 3, MOST_DUTIES))
    elif request.method == "POST":
        rows = duty_rows(known, request.POST)
        if rows.is_valid():
            try:
                verbs.set_template(programme, _drafts(rows), by=account_of(request))
                return redirect("programmes:duty-copy", key)
            except Refused as refusal:
                messages.error(request, str(refusal))
                status = refusal.status
    context = {"rows": rows, "known": known}
    return render(request, "programmes/duty_list.html", frame(request, programme, here=_here(programme)) | context, status=status)


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """What copying the list to the legs would change; then do it."""
    programme = fetch_own(request, key)
    if request.method == "POST":
        copies = verbs.copy_template(programme, by=account_of(request))
        count = sum(len(copy.new) + len(copy.changed) for copy in copies)
        messages.success(request, ngettext("%(count)s duty written.", "%(count)s duties written.", count) % {"count": count})
        return redirect("programmes:duties", key)
    copies = verbs.compare_template(programme)
    context = {"copies": copies, "differs": any(copy.new or copy.changed for copy in copies)}
    return render(request, "programmes/duty_copy.html", frame(request, programme, here=_here(programme)) | context)


@require_GET
def on_paper(request: HttpRequest, key: str) -> HttpResponse:
    """All duties, leg by leg, to print and sign."""
    programme = _fetch_hosted(request, key)
    rows = list(duties_of(programme)[:MOST_ON_PAPER])
    by_leg = [(leg, list(group)) for leg, group in groupby(rows, key=lambda duty: duty.leg)]
    return render(request, "programmes/duties_paper.html", {"thing": programme, "by_leg": by_leg})


def _fetch_hosted(request: HttpRequest, key: str) -> Programme:
    programme = fetch(request, key)
    if not may_host(account_of(request), programme):
        raise NotAllowed
    return programme


def _demand_host(request: HttpRequest, leg: Leg) -> None:
    if not may_host_leg(account_of(request), leg):
        raise NotAllowed


def _here(programme: Programme) -> str:
    """The tab under which the duties stand: a tour has a checklist."""
    return "checklist" if programme.is_tour else "duties"


def _context(request: HttpRequest, programme: Programme, leg: Leg | None, form: LessonForm) -> dict[str, Any]:
    if leg:
        at_leg(request, leg)
    account = account_of(request)
    hosts = leg is not None and may_host_leg(account, leg)
    return frame(request, programme, here=_here(programme)) | {
        "leg": leg,
        "duties": duties_of(programme).filter(leg=leg)[:MOST_ROWS],
        "counts": _counts(programme),
        "may_organise": may_organise(account, programme),
        "may_host": hosts,
        "owners": OwnerForm(leg).owners.values() if leg and hosts else [],
        "lessons": leg.lessons.select_related("carried_to") if leg and programme.is_tour else [],
        "form": form if leg and hosts and programme.is_tour and leg.state != "next" else None,
    }


def _carried(lesson: Lesson) -> str:
    if lesson.carried_to is None:
        return _("The lesson is kept. There is no stop after this one.")
    return _("The lesson now stands on the checklist of %(stop)s.") % {"stop": lesson.carried_to.name}


def leg_asked_for(request: HttpRequest, programme: Programme) -> Leg | None:
    """The leg of `?leg=2`, at first the one that is running or comes next; None when there is none."""
    legs = legs_of(programme)
    asked = [leg for leg in legs if str(leg.ordinal) == request.GET.get("leg")]
    waiting = [leg for leg in legs if leg.state != "done"]
    return next(iter(asked or waiting or legs[-1:]), None)


def _counts(programme: Programme) -> list[dict[str, Any]]:
    """For each leg how many duties it has, how many are done and how many overdue; one query."""
    legs = legs_of(programme)
    counts = {leg.pk: {"leg": leg, "all": 0, "done": 0, "overdue": 0} for leg in legs}
    for leg_id, days_before, done_at in duties_of(programme).values_list("leg_id", "days_before", "done_at"):
        count: dict[str, Any] = counts[leg_id]
        count["all"] += 1
        count["done"] += done_at is not None
        count["overdue"] += Duty(leg=count["leg"], days_before=days_before, done_at=done_at).overdue
    return list(counts.values())


def _drafts(rows: object) -> list[DutyDraft]:
    forms = [form for form in rows if form.cleaned_data and not form.cleaned_data.get("DELETE")]  # type: ignore[attr-defined]
    return [form.draft() for form in forms]


def _to_leg(programme: Programme, leg: Leg, duty: Duty | None = None) -> HttpResponse:
    mark = f"#duty-{duty.pk}" if duty else ""
    answer = redirect("programmes:duties", programme.key)
    answer["Location"] += f"?leg={leg.ordinal}{mark}"
    return answer
