"""What is typed: a rotation's modules with their hours, and what somebody lacks."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ortoo.learning.domain.curriculum import ModuleDraft
from ortoo.learning.models import Module

MOST_HOURS = 400
MOST_MODULES = 60
LINE = re.compile(r"(?P<name>[^,，\t]{1,40}?)\s*(?:[,，\t]\s*(?P<least>\d{1,3}))?")


class CurriculumForm(forms.Form):
    """Hours of a term, and the modules, a line each."""

    hours = forms.IntegerField(label=_("lesson hours of a term"), min_value=1, max_value=MOST_HOURS)
    modules = forms.CharField(
        label=_("modules"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("One a line; its least hours after a comma"),
    )

    def clean_modules(self) -> list[ModuleDraft]:
        """A draft for each line that says something."""
        lines = [line.strip() for line in self.cleaned_data["modules"].splitlines() if line.strip()]
        said = [LINE.fullmatch(line) for line in lines[:MOST_MODULES]]
        for line, match in zip(lines, said, strict=False):
            if match is None:
                raise forms.ValidationError(_("“%(line)s” is not a module with its hours."), params={"line": line[:40]})
        return [ModuleDraft(match["name"], int(match["least"] or 0)) for match in said if match]


class NeedsForm(forms.Form):
    """The modules that somebody lacks."""

    needs = forms.MultipleChoiceField(label=_("I lack"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, modules: Sequence[Module], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = [(module.name, module.name) for module in modules]  # type: ignore[attr-defined]


def modules_text(modules: Sequence[Module]) -> str:
    """Modules as somebody would type them."""
    return "\n".join(f"{module.name},{module.least}" if module.least else module.name for module in modules)
