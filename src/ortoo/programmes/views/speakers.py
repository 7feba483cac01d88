"""The speakers of a tour: organisers only, as their telephones and free days stand here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel.refused import Refused
from ortoo.programmes.domain import speaker as verbs
from ortoo.programmes.forms.speaker import SpeakerForm
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme, Speaker
from ortoo.programmes.queries import speakers_of
from ortoo.programmes.views.programme import account_of
from ortoo.programmes.views.stops import fetch_own_tour
from ortoo.ui import dates
from ortoo.ui.sheet_table import Column, SheetTable


@require_GET
def speakers(request: HttpRequest, key: str) -> HttpResponseBase:
    """Everybody who speaks, as a sheet."""
    programme = fetch_own_tour(request, key)
    table = SheetTable(
        request, _columns(programme), list(speakers_of(programme)), caption=_("Speakers"), empty=_("Nobody speaks yet.")
    )
    context = frame(request, programme, here="speakers") | {"table": table}
    return table.answer() or render(request, "programmes/speakers.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    """One more speaker."""
    programme = fetch_own_tour(request, key)
    form = SpeakerForm(programme, account_of(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            speaker = verbs.add_speaker(programme, form.draft(), by=account_of(request))
            verbs.name_understudy(speaker, form.chosen_understudy, by=account_of(request))
            return redirect("programmes:speakers", key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "programmes/speaker_form.html", frame(request, programme, here="speakers") | {"form": form})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What is known of a speaker, when they cannot come, who steps in."""
    programme = fetch_own_tour(request, key)
    speaker = _fetch(programme, pk)
    form = SpeakerForm(programme, account_of(request), request.POST or None, speaker=speaker)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_speaker(speaker, form.draft(), by=account_of(request))
            verbs.name_understudy(speaker, form.chosen_understudy, by=account_of(request))
            return redirect("programmes:speakers", key)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = frame(request, programme, here="speakers") | {"form": form, "speaker": speaker}
    return render(request, "programmes/speaker_form.html", context)


@require_POST
def remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take somebody off the tour."""
    programme = fetch_own_tour(request, key)
    try:
        verbs.remove_speaker(_fetch(programme, pk), by=account_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("programmes:speakers", key)


def _fetch(programme: Programme, pk: int) -> Speaker:
    speaker = get_object_or_404(speakers_of(programme), pk=pk)
    speaker.programme = programme
    return speaker


def _columns(programme: Programme) -> list[Column]:
    def at(speaker: Speaker) -> str:
        return reverse("programmes:speaker-change", args=[programme.key, speaker.pk])

    def blocked(speaker: Speaker) -> str:
        return "、".join(dates.span(first, last) for first, last in speaker.blocked_days)

    def talks(speaker: Speaker) -> str:
        return "、".join(talk.title for talk in speaker.talks.all())

    return [
        Column("name", _("name"), value=str, order=["name"], href=at, width="s"),
        Column("unit", _("comes from"), value=lambda speaker: speaker.unit.name if speaker.unit else "", order=[]),
        Column("talks", _("talks"), value=talks, order=[], width="l"),
        Column("language", _("languages"), width="s"),
        Column("blocked", _("cannot come on"), value=blocked, order=[], width="l"),
        Column("understudy", _("understudy"), value=lambda speaker: str(speaker.understudy or ""), order=[], width="s"),
        Column("remark", _("remark"), width="l"),
    ]
