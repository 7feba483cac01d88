"""What an organiser types about rules and plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RulesForm(forms.Form):
    """The rules; a rule left empty is not applied. The share is in per cent."""

    county_away_share = forms.DecimalField(
        label=_("Share of a county away at once, %"), required=False, min_value=0.1, max_value=100, max_digits=4, decimal_places=1
    )
    station_away = forms.IntegerField(label=_("Of a station away at once"), required=False, min_value=0, max_value=10_000)
    sole_charge_per_county = forms.IntegerField(
        label=_("In sole charge, of a county away at once"), required=False, min_value=0, max_value=10_000
    )
    blocked = forms.BooleanField(label=_("Respect the days on which people cannot come"), required=False)
    left_out = forms.IntegerField(label=_("Price of leaving a person out"), required=False, min_value=0, max_value=1_000_000)
    preference_missed = forms.IntegerField(label=_("Price of a wish not met"), required=False, min_value=0, max_value=1_000_000)
    uneven = forms.IntegerField(label=_("Price of an uneven share"), required=False, min_value=0, max_value=1_000_000)

    def tables(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The two tables of the rules."""
        said = self.cleaned_data
        hard: dict[str, Any] = {}
        if said["county_away_share"] is not None:
            hard["county_away_share"] = float(said["county_away_share"] / 100)
        hard |= {name: said[name] for name in ("station_away", "sole_charge_per_county") if said[name] is not None}
        if said["blocked"]:
            hard["blocked"] = "overlap"
        cost = {name: said[name] for name in ("left_out", "preference_missed", "uneven") if said[name] is not None}
        return hard, cost

    @staticmethod
    def initial_of(hard: dict[str, Any], cost: dict[str, Any]) -> dict[str, Any]:
        """The form's values for these rules."""
        initial = {**hard, **cost, "blocked": "blocked" in hard}
        if "county_away_share" in hard:
            initial["county_away_share"] = round(hard["county_away_share"] * 100, 1)
        return initial


class RulesFileForm(forms.Form):
    """A rules file."""

    file = forms.FileField(label=_("Rules file (rules.toml)"))


class SolveForm(forms.Form):
    """How long planning may take; the seed makes the same plan again."""

    seconds = forms.IntegerField(label=_("At most so many seconds"), min_value=1, max_value=3600, initial=60)
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=2_000_000_000, initial=0)
