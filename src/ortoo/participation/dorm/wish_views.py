"""A participant's wishes for the night."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ortoo.kernel.refused import Refused
from ortoo.participation.domain.room_wish import say_wish
from ortoo.participation.dorm.forms import WishForm
from ortoo.participation.models import Place
from ortoo.participation.views import account_of


@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """What I say for the nights of my term; only my own."""
    account = account_of(request)
    own = Place.objects.select_related("leg", "programme__unit", "person", "room_wish__wanted__person")
    place = get_object_or_404(own, pk=pk, person_id=account.person_id or 0)
    said = getattr(place, "room_wish", None)
    initial = (
        {"snores": said.snores, "rhythm": said.rhythm, "wanted": str(said.wanted.person) if said.wanted else ""} if said else {}
    )
    form = WishForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            say_wish(place, **form.cleaned_data, by=account)
            messages.success(request, _("Your wishes are kept. Whoever gives the rooms sees them, nobody else."))
            return redirect("participation:mine")
        except Refused as refused:
            form.add_error("wanted", str(refused))
    return render(request, "participation/room_wish.html", {"form": form, "place": place})
