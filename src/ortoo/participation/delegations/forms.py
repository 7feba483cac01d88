"""What is typed of delegations: who they are, how many seats, whose names."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ortoo.participation.domain.delegation import DelegationDraft
from ortoo.participation.models import Delegation, Seat
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg, Programme

MOST_SEATS = 20_000
MOST_NAMES = 2000


class DelegationForm(forms.Form):
    """A delegation: who comes, how many, how early it is served, who to ask."""

    name = forms.CharField(label=_("name"), max_length=80)
    kind = forms.CharField(label=_("class"), max_length=40, required=False, help_text=_("For example: office, family, public"))
    asked = forms.IntegerField(label=_("seats asked for"), min_value=0, max_value=MOST_SEATS)
    priority = forms.IntegerField(label=_("priority"), min_value=1, max_value=9, initial=3, help_text=_("1 is served before 2"))
    wheelchairs = forms.IntegerField(label=_("of these in wheelchairs"), min_value=0, max_value=MOST_SEATS, initial=0)
    unit = forms.CharField(
        label=_("unit code"), max_length=20, required=False, help_text=_("Its clerks claim the seats and write the names")
    )
    contact = forms.CharField(label=_("contact"), max_length=60, required=False)
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)

    def __init__(self, programme: Programme, *args: Any, delegation: Delegation | None = None, **kwargs: Any) -> None:
        if delegation:
            names = ("name", "kind", "asked", "priority", "wheelchairs", "contact", "phone")
            said = {name: getattr(delegation, name) for name in names}
            kwargs["initial"] = said | {"unit": delegation.unit.code if delegation.unit else ""}
        super().__init__(*args, **kwargs)
        self.programme = programme

    def clean_unit(self) -> Unit | None:
        """The unit that is meant, below the one that organises the tour."""
        code = self.cleaned_data["unit"]
        unit = Unit.objects.filter(code=code, path__startswith=self.programme.unit.path).first() if code else None
        if code and unit is None:
            raise forms.ValidationError(_("No unit of this programme has this code."))
        return unit

    def draft(self) -> DelegationDraft:
        """The delegation as the verb wants it."""
        said = self.cleaned_data
        unit = said["unit"].pk if said["unit"] else None
        who = (said["name"], said["asked"], said["kind"], said["priority"], said["wheelchairs"], said["contact"], said["phone"])
        return DelegationDraft(*who, unit)


class CountForm(forms.Form):
    """A number of seats."""

    count = forms.IntegerField(label=_("seats"), min_value=0, max_value=MOST_SEATS)


class PassForm(forms.Form):
    """Seats that go to another delegation of the same stop."""

    count = forms.IntegerField(label=_("seats"), min_value=1, max_value=MOST_SEATS)
    taker = forms.ChoiceField(label=_("to"))

    def __init__(self, delegation: Delegation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = delegation.leg.delegations.exclude(pk=delegation.pk)
        self.others = {str(each.pk): each for each in others}
        self.fields["taker"].choices = [(pk, str(each)) for pk, each in self.others.items()]  # type: ignore[attr-defined]


class NamesForm(forms.Form):
    """Names, a line each, with a remark after a comma: as they are pasted from a sheet or typed."""

    names = forms.CharField(
        label=_("names"),
        max_length=120_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One a line, in the order of the seats; a remark after a comma or a tab"),
    )

    def clean_names(self) -> list[tuple[str, str]]:
        """(name, remark) for each line that says something."""
        lines = [line.strip() for line in self.cleaned_data["names"].splitlines()]
        found = [_name(line) for line in lines if line][:MOST_NAMES]
        for holder, note in found:
            if len(holder) > 60 or len(note) > 200:
                raise forms.ValidationError(_("“%(name)s” is too long for a name or its remark."), params={"name": holder[:20]})
        return found


def names_text(seats: Sequence[Seat]) -> str:
    """The names as somebody would type them; empty seats at the end are left out."""
    return "\n".join(f"{seat.holder},{seat.note}" if seat.note else seat.holder for seat in seats if seat.holder)


def given_in(leg: Leg, data: Any) -> dict[Delegation, int] | None:
    """The numbers typed beside each delegation as `given-<key>`; None when one is no number."""
    found: dict[Delegation, int] = {}
    for delegation in leg.delegations.select_related("leg__programme__unit"):
        text = data.get(f"given-{delegation.pk}", "")
        if not text.isdecimal() or len(text) > 5:
            return None
        found[delegation] = int(text)
    return found


def _name(line: str) -> tuple[str, str]:
    for mark in ("\t", ",", ","):
        if mark in line:
            holder, _mark, note = line.partition(mark)
            return holder.strip(), note.strip()
    return line, ""
