"""The talks of a tour: organisers see all, speakers their own; scripts, comments, sign-off, rehearsals."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel.refused import NotAllowed, Refused
from ortoo.programmes.domain import rehearsal as rehearsals
from ortoo.programmes.domain import script as scripts
from ortoo.programmes.domain import talk as verbs
from ortoo.programmes.forms.talk import CommentForm, RehearsalForm, ScriptForm, TalkForm
from ortoo.programmes.frame import frame
from ortoo.programmes.models import Programme, Talk
from ortoo.programmes.permissions import may_organise, may_see_talks
from ortoo.programmes.queries import speaker_of, talks_in_list, talks_of
from ortoo.programmes.views.programme import account_of
from ortoo.programmes.views.stops import fetch_own_tour, fetch_tour


@require_GET
def talks(request: HttpRequest, key: str) -> HttpResponse:
    """Every talk that the account sees: who, how long, how far its script and its rehearsals are."""
    programme, own = _fetch(request, key)
    speaker = None if own else speaker_of(account_of(request), programme)
    rows = talks_in_list(programme, speaker)
    context = {"talks": rows, "may_organise": own, "minutes": sum(talk.minutes for talk in rows)}
    return render(request, "programmes/talks.html", frame(request, programme, here="talks") | context)


@require_GET
def talk(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One talk: its newest script to read and to write on, older versions, comments, rehearsals."""
    programme, own = _fetch(request, key)
    thing = _talk(request, programme, pk)
    versions = list(thing.scripts.select_related("written_by", "signed_by").prefetch_related("comments__by"))
    newest = versions[0] if versions else None
    context = {
        "talk": thing,
        "newest": newest,
        "older": versions[1:],
        "rehearsals": thing.rehearsals.select_related("teller__person"),
        "stops": thing.appearances.select_related("leg", "teller__person", "talk").order_by("leg__ordinal"),
        "may_organise": own,
        "script_form": ScriptForm(initial={"text": newest.text if newest else ""}),
        "comment_form": CommentForm(prefix="comment"),
        "rehearsal_form": RehearsalForm(thing, prefix="rehearsal") if own else None,
    }
    return render(request, "programmes/talk.html", frame(request, programme, here="talks") | context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    """One more talk."""
    programme = fetch_own_tour(request, key)
    form = TalkForm(programme, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.add_talk(programme, form.draft(), by=account_of(request))
            return redirect("programmes:talk", key, made.pk)
        except Refused as refusal:
            form.add_error("title", str(refusal))
    return render(request, "programmes/talk_form.html", frame(request, programme, here="talks") | {"form": form})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What a talk is called, who tells it, how long it may take."""
    programme = fetch_own_tour(request, key)
    thing = _talk(request, programme, pk)
    form = TalkForm(programme, request.POST or None, talk=thing)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_talk(thing, form.draft(), by=account_of(request))
            return redirect("programmes:talk", key, pk)
        except Refused as refusal:
            form.add_error("title", str(refusal))
    context = frame(request, programme, here="talks") | {"form": form, "talk": thing}
    return render(request, "programmes/talk_form.html", context)


@require_POST
def remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a talk off the tour."""
    programme = fetch_own_tour(request, key)
    thing = _talk(request, programme, pk)
    done = _try(request, lambda: verbs.remove_talk(thing, by=account_of(request)))
    return redirect("programmes:talks", key) if done else redirect("programmes:talk", key, pk)


@require_POST
def write(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A new version of the script."""
    programme, _own = _fetch(request, key)
    thing, form = _talk(request, programme, pk), ScriptForm(request.POST)
    if _sound(request, form):
        _try(request, lambda: scripts.write_version(thing, form.cleaned_data["text"], by=account_of(request)))
    return redirect("programmes:talk", key, pk)


@require_POST
def comment(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """A comment on a version."""
    programme, _own = _fetch(request, key)
    thing, form = _talk(request, programme, pk), CommentForm(request.POST, prefix="comment")
    script = get_object_or_404(thing.scripts.all(), number=number)
    script.talk = thing
    if _sound(request, form):
        scripts.say_of_version(script, form.cleaned_data["text"], by=account_of(request))
    return redirect("programmes:talk", key, pk)


@require_POST
def sign(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    """Sign a version off, or take that back."""
    programme = fetch_own_tour(request, key)
    thing = _talk(request, programme, pk)
    script = get_object_or_404(thing.scripts.all(), number=number)
    script.talk = thing
    verb = scripts.take_sign_off_back if "back" in request.POST else scripts.sign_off
    _try(request, lambda: verb(script, by=account_of(request)))
    return redirect("programmes:talk", key, pk)


@require_POST
def rehearse(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Write a rehearsal down."""
    programme = fetch_own_tour(request, key)
    thing = _talk(request, programme, pk)
    form = RehearsalForm(thing, request.POST, prefix="rehearsal")
    if _sound(request, form):
        _try(request, lambda: rehearsals.record_rehearsal(thing, form.draft(), by=account_of(request)))
    return redirect("programmes:talk", key, pk)


@require_POST
def unrehearse(request: HttpRequest, key: str, pk: int, rehearsal_pk: int) -> HttpResponse:
    """Remove a rehearsal that was written down by mistake."""
    programme = fetch_own_tour(request, key)
    thing = _talk(request, programme, pk)
    rehearsal = get_object_or_404(thing.rehearsals.all(), pk=rehearsal_pk)
    rehearsal.talk = thing
    rehearsals.remove_rehearsal(rehearsal, by=account_of(request))
    return redirect("programmes:talk", key, pk)


def _fetch(request: HttpRequest, key: str) -> tuple[Programme, bool]:
    """The tour, for its organisers and speakers, and whether the account organises it."""
    programme, account = fetch_tour(request, key), account_of(request)
    if not may_see_talks(account, programme):
        raise NotAllowed
    return programme, may_organise(account, programme)


def _talk(request: HttpRequest, programme: Programme, pk: int) -> Talk:
    """A talk that the account sees, else 404."""
    account = account_of(request)
    speaker = None if may_organise(account, programme) else speaker_of(account, programme)
    talk = get_object_or_404(talks_of(programme, speaker), pk=pk)
    talk.programme = programme
    return talk


def _sound(request: HttpRequest, form: forms.Form) -> bool:
    """Whether what was typed can be kept; what is wrong with it is said on the page."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}: {' '.join(map(str, errors))}")
    return form.is_valid()


def _try(request: HttpRequest, verb: Callable[[], object]) -> bool:
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True
