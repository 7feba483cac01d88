"""What an organiser types about rules and plans."""

import re
from itertools import takewhile
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# While a rotation has no terms yet, rules may speak of any that a line can name.
ANY_TERM = 999
PRICES = ("left_out", "preference_missed", "uneven", "needs_uneven", "needs_elsewhere")


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
    quotas = forms.BooleanField(label=_("Keep to each unit's quota for a term"), required=False)
    left_out = forms.IntegerField(label=_("Price of leaving a person out"), required=False, min_value=0, max_value=1_000_000)
    preference_missed = forms.IntegerField(label=_("Price of a wish not met"), required=False, min_value=0, max_value=1_000_000)
    uneven = forms.IntegerField(label=_("Price of an uneven share"), required=False, min_value=0, max_value=1_000_000)

    needs_uneven = forms.IntegerField(label=_("Price of needs unevenly spread"), required=False, min_value=0, max_value=1_000_000)
    needs_elsewhere = forms.IntegerField(
        label=_("Price of a need that is mainly taught on other terms"), required=False, min_value=0, max_value=1_000_000
    )
    focus = forms.CharField(
        label=_("Where a module is mainly taught"),
        help_text=_("One module a line, then the numbers of its terms: “综合表达 2 4”."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, terms: int, **options: Any) -> None:
        """`terms`: how many there are."""
        super().__init__(*args, **options)
        self.terms = terms or ANY_TERM

    def clean_focus(self) -> dict[str, list[int]]:
        """Modules and their terms; a line that cannot be read is named."""
        focus: dict[str, list[int]] = {}
        for number, line in enumerate(self.cleaned_data["focus"].splitlines(), 1):
            words = re.split(r"[\s,，、]+", line.strip())
            terms = list(takewhile(lambda word: word.isdecimal() and len(word) <= 3, reversed(words)))
            module = " ".join(words[: len(words) - len(terms)])
            if line.strip() and not (module and terms and all(int(term) for term in terms)):
                raise forms.ValidationError(
                    _("Line %(line)s: a module and the numbers of its terms are needed.") % {"line": number}
                )
            if missing := [term for term in terms if int(term) > self.terms]:
                raise forms.ValidationError(_("Line %(line)s: there is no term %(term)s.") % {"line": number, "term": missing[0]})
            if module:
                focus[module] = sorted({int(term) for term in terms})
        return focus

    def tables(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The two tables of the rules."""
        said = self.cleaned_data
        hard: dict[str, Any] = {}
        if said["county_away_share"] is not None:
            hard["county_away_share"] = float(said["county_away_share"] / 100)
        hard |= {name: said[name] for name in ("station_away", "sole_charge_per_county") if said[name] is not None}
        if said["blocked"]:
            hard["blocked"] = "overlap"
        if said["quotas"]:
            hard["quotas"] = "term"
        cost = {name: said[name] for name in PRICES if said[name] is not None}
        if said["focus"]:
            cost["focus"] = said["focus"]
        return hard, cost

    @staticmethod
    def initial_of(hard: dict[str, Any], cost: dict[str, Any], terms: int = 0) -> dict[str, Any]:
        """The form's values for these rules; terms that are no longer there are left out of the focus."""
        kept = {module: [n for n in numbers if n <= (terms or ANY_TERM)] for module, numbers in cost.get("focus", {}).items()}
        focus = "\n".join(f"{module} {' '.join(map(str, numbers))}" for module, numbers in kept.items() if numbers)
        initial = {**hard, **cost, "blocked": "blocked" in hard, "quotas": "quotas" in hard, "focus": focus}
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
