"""A unit's candidates: look for own people, put them forward, substitute, withdraw."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ortoo.kernel.refused import Refused
from ortoo.participation.delegations.views import account_of, tried
from ortoo.participation.domain import candidate as verbs
from ortoo.participation.domain.quota import deadline_of
from ortoo.participation.quotas.deadlines import told
from ortoo.participation.quotas.models import Candidate, Quota
from ortoo.participation.quotas.permissions import standing_of
from ortoo.participation.quotas.queries import candidates_of, candidates_visible_to, people_to_propose
from ortoo.participation.quotas.views import fetch_quota, fetch_rotation
from ortoo.people.models import Person
from ortoo.programmes.frame import frame

SHOWN = 50
MOST_AT_ONCE = 2000


@require_GET
def people(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Who is put forward, and the unit's other people to choose from (`?q=` looks for some)."""
    quota = fetch_quota(request, key, pk)
    words = request.GET.get("q", "").strip()[:60]
    found, candidates = list(people_to_propose(quota, words)[: SHOWN + 1]), candidates_of(quota)
    context = {
        "quota": quota,
        "candidates": candidates,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "words": words,
        "returned": people_to_propose(quota, returned=True).count(),
        "in_place": all(each.counts for each in candidates),
        "told": told(deadline_of(quota.programme)),
    }
    return render(request, "participation/quotas/people.html", frame(request, quota.programme, here="quotas") | context)


@require_POST
def propose(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Put the ticked people forward, or everybody whom a return nominated; htmx gets only what is new on the page."""
    quota, account = fetch_quota(request, key, pk), account_of(request)
    chosen = _chosen(request, quota)
    made: list[Candidate] = []
    standing = standing_of(account, quota) or Candidate.State.PROPOSED
    if not chosen:
        messages.error(request, _("Tick somebody first."))
    elif tried(request, lambda: made.extend(verbs.propose(quota, chosen, standing=standing, by=account))):
        said = ngettext("%(count)s person put forward.", "%(count)s people put forward.", len(chosen))
        messages.success(request, said % {"count": len(chosen)})
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("participation:quota-people", key, pk)
    returned = people_to_propose(quota, returned=True).count() if "named" in request.POST else None
    now = {"programme": quota.programme, "quota": made[0].quota if made else quota, "made": made, "returned": returned}
    return render(request, "participation/quotas/put_forward.html", now)


@require_POST
def withdraw(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take one candidate back."""
    quota, account = fetch_quota(request, key, pk), account_of(request)
    candidate = quota.candidates.select_related("person").filter(pk=_number(request.POST.get("candidate", ""))).first()
    standing = standing_of(account, quota) or Candidate.State.PROPOSED
    if candidate is None:
        messages.error(request, _("This person is no longer put forward."))
    elif tried(request, lambda: verbs.withdraw_candidates([candidate], standing=standing, by=account)):
        messages.success(request, _("%(name)s is withdrawn.") % {"name": candidate})
    return redirect("participation:quota-people", key, pk)


@require_http_methods(["GET", "POST"])
def substitute(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Choose who comes in somebody's place."""
    programme, account = fetch_rotation(request, key), account_of(request)
    candidate = get_object_or_404(candidates_visible_to(account, programme), pk=pk)
    quota = candidate.quota
    quota.programme = candidate.programme = programme
    words = request.GET.get("q", "").strip()[:60]
    if request.method == "POST":
        person = get_object_or_404(people_to_propose(quota), pk=_number(request.POST.get("person", "")))
        standing = standing_of(account, quota) or Candidate.State.PROPOSED
        try:
            verbs.substitute(candidate, person, standing=standing, by=account)
            messages.success(request, _("%(new)s comes instead of %(old)s.") % {"new": person, "old": candidate})
            return redirect("participation:quota-people", key, quota.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
    found = list(people_to_propose(quota, words).exclude(pk=candidate.person_id)[: SHOWN + 1])
    context = {"candidate": candidate, "quota": quota, "found": found[:SHOWN], "more": len(found) > SHOWN, "words": words}
    context["told"] = told(deadline_of(programme))
    return render(request, "participation/quotas/substitute.html", frame(request, programme, here="quotas") | context)


def _chosen(request: HttpRequest, quota: Quota) -> Sequence[Person]:
    if "returned" in request.POST:
        return list(people_to_propose(quota, returned=True)[:MOST_AT_ONCE])
    keys = [_number(text) for text in request.POST.getlist("person")[:MOST_AT_ONCE]]
    rows = Person.objects.filter(pk__in=keys, unit__path__startswith=quota.unit.path).select_related("unit")
    return list(rows.only("staff_no", "name", "unit__name", "unit__path"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
