"""A tour's plan as a workbook on the tour's own page: dropped, looked at, applied, undone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.intake.domain import tour_file as verbs
from ortoo.intake.domain.tour_steps import NOUNS, Step, day_of, steps
from ortoo.intake.forms import TourFileForm
from ortoo.intake.models import TourFile
from ortoo.intake.reading.messages import CHOICE_SENTENCES, language_index, say
from ortoo.intake.reading.problem import NOTE
from ortoo.intake.reading.problem import Problem as Found
from ortoo.intake.views.fetching import account_of
from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.people.models import Unit
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Leg, Programme, Talk
from ortoo.programmes.permissions import may_organise
from ortoo.programmes.queries import visible_to
from ortoo.ui import dates

MOST_SHOWN = 500
NAMES: dict[str, str | Promise] = {
    "stop": gettext_lazy("Stops"),
    "hall": gettext_lazy("Halls"),
    "speaker": gettext_lazy("Speakers"),
    "understudy": gettext_lazy("Understudies"),
    "talk": gettext_lazy("Talks"),
    "delegation": gettext_lazy("Delegations"),
}
FIELDS: dict[str, str | Promise] = {
    "county": gettext_lazy("county"), "mark": gettext_lazy("place on the route"), "seats": gettext_lazy("seats"),
    "free": gettext_lazy("free on"), "name": gettext_lazy("name"), "language": gettext_lazy("languages"),
    "blocked": gettext_lazy("cannot come on"), "remark": gettext_lazy("remark"), "understudy": gettext_lazy("understudy"),
    "speaker": gettext_lazy("speaker"), "minutes": gettext_lazy("minutes"), "story": gettext_lazy("whose story"),
    "whose": gettext_lazy("about"), "kind": gettext_lazy("class"), "asked": gettext_lazy("seats asked for"),
    "priority": gettext_lazy("priority"), "wheelchairs": gettext_lazy("of these in wheelchairs"),
    "companions": gettext_lazy("companions of these"),
    "contact": gettext_lazy("contact"), "phone": gettext_lazy("phone"),
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """The steps of one noun: what is new or changes, shown; how many are new, changed, the same."""

    name: str
    rows: Sequence[tuple[Step, list[tuple[str, str, str]]]]
    new: int
    changed: int
    same: int


@dataclass(frozen=True)
class Doubt:
    """A problem as it is read: where, what stands there, what is wrong, what can be done."""

    found: Found
    sentence: str
    choices: str
    stops: bool


@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, key: str) -> HttpResponse:
    """Drop a plan; the plans that came so far."""
    tour = _tour(request, key)
    form = TourFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["plan"]
        made = verbs.receive(tour, file.name, file.read(), by=account_of(request))
        return redirect("intake:tour-file", key, made.number)
    context = {"form": form, "files": tour.tour_files.defer("journal")[:100]}
    return render(request, "intake/tour_files.html", frame(request, tour, here="tour-file") | context)


@require_GET
def file(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What a plan says: problems first, then what is new and what changes field by field."""
    found = _file(request, key, number)
    plan = verbs.read(found)
    todo = steps(found.programme, plan) if found.state != TourFile.State.APPLIED else [_step(line) for line in found.journal]
    units = _names(todo)
    changing = sum(step.kind != "same" for step in todo)
    doubts = list(_doubts(plan.problems, plan.stopping))
    context = {
        "file": found, "groups": [_group(noun, todo, units) for noun in NOUNS if any(step.noun == noun for step in todo)],
        "stopping": len(plan.stopping), "doubts": doubts[:MOST_SHOWN], "doubt_count": len(doubts), "changing": changing,
        "fingerprint": verbs.fingerprint(todo),
        "may_apply": found.state != TourFile.State.APPLIED and changing > 0 and not plan.stopping,
    }  # fmt: skip
    return render(request, "intake/tour_file.html", frame(request, found.programme, here="tour-file") | context)


@require_POST
def apply(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Do what the preview said."""
    found = _file(request, key, number)
    looked_at = request.POST.get("fingerprint", "")
    return _done(request, found, lambda: _applied(verbs.apply(found, looked_at, by=account_of(request))))


@require_POST
def undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take it back."""
    found = _file(request, key, number)

    def verb() -> str:
        verbs.undo(found, by=account_of(request))
        return _("The tour is as it was before.")

    return _done(request, found, verb)


def _applied(count: int) -> str:
    return ngettext("%(count)s change is applied.", "%(count)s changes are applied.", count) % {"count": count}


def _done(request: HttpRequest, found: TourFile, verb: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, verb())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("intake:tour-file", found.programme.key, found.number)


def _tour(request: HttpRequest, key: str) -> Programme:
    tour = get_object_or_404(visible_to(account_of(request)).select_related("unit"), key=key)
    if not tour.is_tour:
        raise Http404
    if not may_organise(account_of(request), tour):
        raise NotAllowed
    return tour


def _file(request: HttpRequest, key: str, number: int) -> TourFile:
    tour = _tour(request, key)
    found = get_object_or_404(tour.tour_files, number=number)
    found.programme = tour
    return found


def _step(line: dict[str, Any]) -> Step:
    return Step(line["noun"], (line["key"][0], line["key"][1]), line["before"], line["after"])


def _group(noun: str, todo: Sequence[Step], units: Mapping[str, str]) -> Group:
    own = [step for step in todo if step.noun == noun]
    kinds = [step.kind for step in own]
    shown = [(step, list(_fields(step, units))) for step in own if step.kind != "same"][:MOST_SHOWN]
    return Group(str(NAMES[noun]), shown, kinds.count("new"), kinds.count("changed"), kinds.count("same"))


def _names(todo: Sequence[Step]) -> dict[str, str]:
    """Names of the counties by code."""
    codes = {fields["county"] for step in todo for fields in (step.before or {}, step.after) if fields.get("county")}
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))


def _fields(step: Step, units: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name, before, after in step.differs:
        if step.before is not None or after:
            yield str(FIELDS[name]), _shown(name, before, units), _shown(name, after, units)


def _shown(name: str, value: Any, units: Mapping[str, str]) -> str:
    """A field's value as it is read."""
    if name in ("free", "blocked"):
        return "、".join(dates.day(day_of(day)) for day in value or ())
    if name == "county" and value in units:
        return f"{units[value]} {value}"
    if name == "mark" and value:
        return str(Leg.Mark(value).label)
    if name == "story" and value:
        return str(Talk.Story(value).label)
    return "" if value in (None, "") else str(value)


def _doubts(problems: Sequence[Found], stopping: Sequence[Found]) -> Iterator[Doubt]:
    language = (get_language() or "zh")[:2]
    which = language_index(language)
    for found in sorted(problems, key=lambda each: (each not in stopping, each.severity == NOTE)):
        choices = "; ".join(CHOICE_SENTENCES[choice][which] for choice in found.choices)
        yield Doubt(found, say(found, language), choices, found in stopping)
