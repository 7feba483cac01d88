"""What is typed of delegations: who they are, how many seats, whose names."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ortoo.participation.delegations.sheet import BETWEEN, read_need
from ortoo.participation.domain.delegation import DelegationDraft
from ortoo.participation.domain.seat_names import Name
from ortoo.participation.models import Delegation, Seat
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg, Programme

MOST_SEATS = 20_000
MOST_NAMES = 2000
NEED_WORDS = {Seat.Need.WHEELCHAIR: _("wheelchair"), Seat.Need.COMPANION: _("companion")}
PLACE = re.compile(r"(\d{1,3})\s*[-—排 ]\s*(\d{1,4})\s*座?")
NUMBERED = re.compile(r"(?:(\d{1,5})[\s.、]+)?(.*)")


class DelegationForm(forms.Form):
    """A delegation: who comes, how many, how early it is served, who to ask."""

    name = forms.CharField(label=_("name"), max_length=80)
    kind = forms.CharField(label=_("class"), max_length=40, required=False, help_text=_("For example: office, family, public"))
    asked = forms.IntegerField(label=_("seats asked for"), min_value=0, max_value=MOST_SEATS)
    priority = forms.IntegerField(label=_("priority"), min_value=1, max_value=9, initial=3, help_text=_("1 is served before 2"))
    wheelchairs = forms.IntegerField(label=_("of these in wheelchairs"), min_value=0, max_value=MOST_SEATS, initial=0)
    companions = forms.IntegerField(
        label=_("companions of these"),
        min_value=0,
        max_value=MOST_SEATS,
        initial=0,
        required=False,
        help_text=_("They are among the seats asked for, and sit beside a wheelchair place"),
    )
    unit = forms.CharField(
        label=_("unit code"), max_length=20, required=False, help_text=_("Its clerks claim the seats and write the names")
    )
    contact = forms.CharField(label=_("contact"), max_length=60, required=False)
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)

    def __init__(self, programme: Programme, *args: Any, delegation: Delegation | None = None, **kwargs: Any) -> None:
        if delegation:
            names = ("name", "kind", "asked", "priority", "wheelchairs", "companions", "contact", "phone")
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
        return DelegationDraft(*who, unit, said["companions"] or 0)


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


class SwapForm(forms.Form):
    """One of the own seats, and the place that it takes: row and seat as 3-12, or 3排12座."""

    own = forms.CharField(label=_("own seat"), max_length=12, help_text=_("Row and seat, such as 3-12"))
    other = forms.CharField(label=_("against"), max_length=12)

    def clean_own(self) -> tuple[int, int]:
        """(row, seat)"""
        return _place(self.cleaned_data["own"])

    def clean_other(self) -> tuple[int, int]:
        """(row, seat)"""
        return _place(self.cleaned_data["other"])


def _place(text: str) -> tuple[int, int]:
    said = PLACE.fullmatch(text.strip())
    if said is None:
        raise forms.ValidationError(_("Write row and seat as 3-12."))
    return int(said[1]), int(said[2])


class NamesForm(forms.Form):
    """Names, a line each: the seat's number before it if one is meant, 轮椅 or 陪同 and a remark after it, a comma between."""

    names = forms.CharField(
        label=_("names"),
        max_length=120_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "One a line; a number before it means that seat, without one whoever has a seat keeps it. After a comma: the word "
            "wheelchair, or companion for who comes with one, then a remark."
        ),
    )

    def clean_names(self) -> list[Name]:
        """What each line says."""
        lines = [line.strip() for line in self.cleaned_data["names"].splitlines()]
        found = [_name(line) for line in lines if line][:MOST_NAMES]
        for name in found:
            if len(name.holder) > 60 or len(name.note) > 200:
                raise forms.ValidationError(
                    _("“%(name)s” is too long for a name or its remark."), params={"name": name.holder[:20]}
                )
        return [name for name in found if name.holder]


def names_text(names: Sequence[tuple[int | None, Name]]) -> str:
    """(number, name) as somebody would type it."""
    return "\n".join(_line(number, name) for number, name in names)


def names_on(seats: Sequence[Seat]) -> list[tuple[int | None, Name]]:
    """The names that stand on seats."""
    return [(seat.number, Name(seat.holder, seat.note, seat.number, seat.need)) for seat in seats if seat.holder]


def _line(number: int | None, name: Name) -> str:
    said = ",".join(part for part in (name.holder, str(NEED_WORDS.get(Seat.Need(name.need), "")), name.note) if part)
    return f"{number} {said}" if number else said


def _name(line: str) -> Name:
    number, text = NUMBERED.fullmatch(line).groups()  # type: ignore[union-attr]
    holder, *tail = (part.strip() for part in BETWEEN.split(text, maxsplit=1))
    need, note = read_need(tail[0] if tail else "")
    return Name(holder, note, int(number) if number else None, need)


def given_in(leg: Leg, data: Any) -> dict[Delegation, int] | None:
    """The numbers typed beside each delegation as `given-<key>`; None when one is no number."""
    found: dict[Delegation, int] = {}
    for delegation in leg.delegations.select_related("leg__programme__unit"):
        text = data.get(f"given-{delegation.pk}", "")
        if not text.isdecimal() or len(text) > 5:
            return None
        found[delegation] = int(text)
    return found
