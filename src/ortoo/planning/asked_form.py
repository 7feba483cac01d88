"""What an organiser types for a what-if or for planning again: terms, pins, who falls away."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ortoo.planning.domain.asked import Asked, difference
from ortoo.programmes.models import Leg

LIMITS = (
    ("capacity", gettext_lazy("Capacity")),
    ("women_beds", gettext_lazy("Beds for women")),
    ("men_beds", gettext_lazy("Beds for men")),
)
DAYS = (("starts", gettext_lazy("First day")), ("ends", gettext_lazy("Last day")))
ONE_A_LINE = forms.Textarea(attrs={"rows": 3})


class AskedForm(forms.Form):
    """The terms as they are, to be changed for this plan only; pins as lines "staff number term"."""

    pins = forms.CharField(
        label=gettext_lazy("Fixed people"), required=False, max_length=20_000, widget=ONE_A_LINE,
        help_text=gettext_lazy("One a line: staff number, then the number of the term."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, legs: Sequence[Leg], looser: Sequence[tuple[str, Mapping[str, Any]]] = (), **options: Any
    ) -> None:
        """`looser`: what is loosened in the plan that this one begins from, each with its sentence."""
        super().__init__(*args, **options)
        self.legs, self.loosened = legs, [each for _sentence, each in looser]
        if looser:
            self.fields["looser"] = forms.MultipleChoiceField(
                label=_("Loosened limits"),
                required=False,
                initial=[str(number) for number in range(len(looser))],
                choices=[(str(number), sentence) for number, (sentence, _each) in enumerate(looser)],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("They stay loosened where there is a tick."),
            )
        for leg in legs:
            for name, label in DAYS:
                self.fields[f"{name}_{leg.ordinal}"] = forms.DateField(
                    label=f"{leg.name} · {label}",
                    initial=getattr(leg, name),
                    widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
                )
            for name, label in LIMITS:
                self.fields[f"{name}_{leg.ordinal}"] = forms.IntegerField(
                    label=f"{leg.name} · {label}", initial=getattr(leg, name), required=False, min_value=0, max_value=1_000_000
                )

    @property
    def term_rows(self) -> list[tuple[Leg, list[BoundField]]]:
        """A line of the table for each term."""
        names = [name for name, _label in (*DAYS, *LIMITS)]
        return [(leg, [self[f"{name}_{leg.ordinal}"] for name in names]) for leg in self.legs]

    @property
    def heads(self) -> list[Any]:
        """The table's heads."""
        return [label for _name, label in (*DAYS, *LIMITS)]

    def clean_pins(self) -> dict[str, int]:
        """Staff number → ordinal."""
        known, found = {leg.ordinal for leg in self.legs}, {}
        for line in self.cleaned_data["pins"].splitlines():
            words = re.split(r"[\s,，;；]+", line.strip())
            if words == [""]:
                continue
            if len(words) != 2 or not words[1].isdigit() or int(words[1]) not in known:
                raise forms.ValidationError(
                    _("“%(line)s” is not a staff number and the number of a term.") % {"line": line.strip()[:60]}
                )
            found[words[0]] = int(words[1])
        return found

    def clean(self) -> dict[str, Any]:
        """A term ends after it begins."""
        said = super().clean() or {}
        for leg in self.legs:
            starts, ends = said.get(f"starts_{leg.ordinal}"), said.get(f"ends_{leg.ordinal}")
            if starts and ends and ends < starts:
                self.add_error(f"ends_{leg.ordinal}", _("It lies before the first day."))
        return said

    def asked(self) -> Asked:
        """What differs from the terms as they are."""
        terms = {}
        for leg in self.legs:
            wanted = {name: self.cleaned_data[f"{name}_{leg.ordinal}"] for name, _label in (*DAYS, *LIMITS)}
            if changed := difference(leg, wanted):
                terms[str(leg.ordinal)] = changed
        looser = [self.loosened[int(number)] for number in self.cleaned_data.get("looser", ())]
        return Asked(terms=terms, pins=self.cleaned_data["pins"], gone=self.cleaned_data.get("gone", ()), looser=looser)


class AgainForm(AskedForm):
    """After publication: who falls away; a term with a capacity of 0 is cancelled."""

    gone = forms.CharField(
        label=gettext_lazy("Who falls away"), required=False, max_length=20_000, widget=ONE_A_LINE,
        help_text=gettext_lazy("One staff number a line. When the new plan is published their nominations are taken back."),
    )  # fmt: skip
    field_order = ("gone", "pins")

    def clean_gone(self) -> tuple[str, ...]:
        """Staff numbers."""
        return (
            tuple(dict.fromkeys(re.split(r"[\s,，;；]+", self.cleaned_data["gone"].strip())))
            if self.cleaned_data["gone"].strip()
            else ()
        )
