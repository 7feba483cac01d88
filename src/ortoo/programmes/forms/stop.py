"""What is typed of a tour's stops and their halls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ortoo.programmes.domain.hall import HallDraft
from ortoo.programmes.domain.stop import StopDraft
from ortoo.programmes.fields import DaysField, RowsField, days_text, rows_text
from ortoo.programmes.forms.programme import DayInput, bases
from ortoo.programmes.models import Hall, Leg, Programme
from ortoo.ui import dates


class StopForm(forms.Form):
    """A stop: what it is called, where it is, whether the route begins or ends there."""

    name = forms.CharField(label=_("name"), max_length=40)
    base = forms.ChoiceField(label=_("city or county"), help_text=_("Distances are counted from its seat"))
    mark = forms.ChoiceField(label=_("place on the route"), choices=Leg.Mark.choices, required=False)

    def __init__(self, *args: Any, leg: Leg | None = None, **kwargs: Any) -> None:
        if leg:
            kwargs["initial"] = {"name": leg.name, "base": str(leg.base_id or ""), "mark": leg.mark}
        super().__init__(*args, **kwargs)
        self.fields["base"].choices = [("", _("choose")), *bases()]  # type: ignore[attr-defined]

    def draft(self) -> StopDraft:
        """The stop as the verb wants it."""
        said = self.cleaned_data
        return StopDraft(said["name"], int(said["base"]), said["mark"])


class SettleForm(forms.Form):
    """The day and the hall of a stop."""

    day = forms.DateField(label=_("day"), required=False, widget=DayInput())
    hall = forms.ChoiceField(label=_("hall"), required=False)

    def __init__(self, leg: Leg, *args: Any, **kwargs: Any) -> None:
        chosen = leg.hall
        kwargs["initial"] = {"day": leg.day, "hall": str(chosen.pk) if chosen else ""}
        super().__init__(*args, **kwargs)
        self.halls = {str(hall.pk): hall for hall in leg.halls.all()}
        choices = [("", _("not settled yet")), *((pk, _hall_text(hall)) for pk, hall in self.halls.items())]
        self.fields["hall"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen_hall(self) -> Hall | None:
        """The hall chosen, None for none."""
        return self.halls.get(self.cleaned_data["hall"])


class HallForm(forms.Form):
    """A hall that can be had."""

    name = forms.CharField(label=_("name"), max_length=80)
    seats = forms.IntegerField(label=_("seats"), min_value=1, max_value=100_000)
    free = DaysField(
        label=_("free on"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Days with a comma between: 6月19日、6月25日—6月27日"),
    )
    rows = RowsField(
        label=_("plan of the rows"),
        required=False,
        max_length=4000,
        help_text=_(
            "From the stage, a line each: seats between aisles, such as 8 14 8; for twenty rows like it: 8 14 8 × 20. Wheelchair "
            "places by their number in the row, from the left: 8 14 8 w 1—2 29—30"
        ),
    )
    remark = forms.CharField(label=_("remark"), max_length=400, required=False)

    def __init__(self, programme: Programme, *args: Any, hall: Hall | None = None, **kwargs: Any) -> None:
        if hall:
            said = {"name": hall.name, "seats": hall.seats, "remark": hall.remark}
            kwargs["initial"] = said | {"free": days_text(hall.free_days), "rows": rows_text(hall.rows, hall.wheelchair_places)}
        super().__init__(*args, **kwargs)
        if programme.starts and programme.ends:
            self.fields["free"].between = (programme.starts, programme.ends)  # type: ignore[attr-defined]

    def draft(self) -> HallDraft:
        """The hall as the verb wants it."""
        said = self.cleaned_data
        return HallDraft(
            said["name"], said["seats"], tuple(said["free"]), said["rows"].rows, said["remark"], said["rows"].wheelchairs
        )


def _hall_text(hall: Hall) -> str:
    days = "、".join(dates.day(day) for day in hall.free_days)
    return f"{hall.name} ({hall.seats}) {days}"
