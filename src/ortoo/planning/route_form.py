"""What an organiser asks of a route: a row for each stop."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from ortoo.planning.adapters.route import HELD, Wishes
from ortoo.programmes.models import Leg


@dataclass(frozen=True)
class RouteRow:
    """A stop with its fields."""

    leg: Leg
    day: BoundField
    hall: BoundField
    without: BoundField


class RouteForm(forms.Form):
    """Day and hall of a stop may be fixed, halls may fall away; what is left empty is open."""

    keep = forms.BooleanField(label=_("Change as little as possible of what stands"), required=False)

    def __init__(self, data: Any, legs: Sequence[Leg]) -> None:
        super().__init__(data)
        self.legs = legs
        for leg in legs:
            halls = [(str(hall.pk), hall.name) for hall in leg.halls.all()]
            days = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[f"day_{leg.pk}"] = forms.DateField(label=_("Fixed day"), required=False, widget=days)
            self.fields[f"hall_{leg.pk}"] = forms.ChoiceField(
                label=_("Fixed hall"), required=False, choices=[("", _("any of them")), *halls]
            )
            self.fields[f"without_{leg.pk}"] = forms.MultipleChoiceField(
                label=_("Halls that cannot be had"), required=False, choices=halls, widget=forms.CheckboxSelectMultiple
            )

    def rows(self) -> Iterator[RouteRow]:
        """The stops that are still to come, with their fields."""
        for leg in self.legs:
            if leg.state not in HELD:
                yield RouteRow(leg, self[f"day_{leg.pk}"], self[f"hall_{leg.pk}"], self[f"without_{leg.pk}"])

    def wishes(self) -> Wishes:
        """What was asked for."""
        said = self.cleaned_data
        return Wishes(
            days={leg.pk: said[f"day_{leg.pk}"] for leg in self.legs if said[f"day_{leg.pk}"]},
            halls={leg.pk: int(said[f"hall_{leg.pk}"]) for leg in self.legs if said[f"hall_{leg.pk}"]},
            without=frozenset(int(hall) for leg in self.legs for hall in said[f"without_{leg.pk}"]),
            keep=said["keep"],
        )
