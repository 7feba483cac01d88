"""What is typed of rooms: many at once, from a sheet, and a participant's wishes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ortoo.participation.domain.dorm_room import MOST_ROOMS, RoomDraft
from ortoo.participation.dorm.models import MOST_BEDS, RoomWish
from ortoo.participation.dorm.typed import generate
from ortoo.people.models import Person

EITHER = [("", _("either")), *Person.Sex.choices]


class GenerateForm(forms.Form):
    """So many rooms on each of so many floors."""

    building = forms.CharField(label=_("building"), max_length=20, required=False)
    first = forms.IntegerField(label=_("first floor"), min_value=0, max_value=60, initial=1)
    last = forms.IntegerField(label=_("last floor"), min_value=0, max_value=60, initial=3)
    rooms = forms.IntegerField(label=_("rooms on each floor"), min_value=1, max_value=200, initial=20)
    beds = forms.IntegerField(label=_("beds in each room"), min_value=1, max_value=MOST_BEDS, initial=2)
    sex = forms.ChoiceField(label=_("for"), choices=EITHER, required=False)

    def clean(self) -> dict[str, Any]:
        """The floors in order, and not more rooms than a base has."""
        data = super().clean() or {}
        first, last, rooms = (data.get(name) for name in ("first", "last", "rooms"))
        if first is not None and last is not None and rooms:
            if last < first:
                self.add_error("last", _("The last floor lies below the first."))
            elif (last - first + 1) * rooms > MOST_ROOMS:
                self.add_error("rooms", _("These are more rooms than a base has."))
        return data

    @property
    def drafts(self) -> list[RoomDraft]:
        """The rooms meant."""
        data = self.cleaned_data
        return generate(
            data["building"].strip(), range(data["first"], data["last"] + 1), data["rooms"], data["beds"], data["sex"]
        )


class TypedForm(forms.Form):
    """Rooms one line each, typed or pasted."""

    text = forms.CharField(
        label=_("rooms, one line each: building, floor, room, beds, for"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        max_length=200_000,
    )


class WishForm(forms.Form):
    """What a participant says for the night."""

    snores = forms.BooleanField(label=_("I snore"), required=False)
    rhythm = forms.ChoiceField(label=_("When I sleep"), choices=RoomWish.Rhythm.choices, required=False)
    wanted = forms.CharField(
        label=_("I would like to share with"),
        required=False,
        max_length=60,
        help_text=_("Name or staff number of somebody on the same term; it counts if both name each other."),
    )
