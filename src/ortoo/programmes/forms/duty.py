"""What organisers and hosts type of duties and lessons."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from ortoo.programmes.domain.duty import DutyDraft
from ortoo.programmes.domain.lesson import LessonDraft
from ortoo.programmes.models import Duty, Leg
from ortoo.programmes.queries import hosts_of

MOST_DUTIES = 200
MOST_OWNERS = 200


class DutyForm(forms.Form):
    """One row of a list of duties."""

    title = forms.CharField(label=_("what is to be done"), max_length=200)
    department = forms.CharField(label=_("department"), max_length=80, required=False)
    days_before = forms.IntegerField(
        label=_("days before the first day"),
        min_value=-365,
        max_value=365,
        initial=0,
        help_text=_("After it: with a minus"),
    )

    def draft(self) -> DutyDraft:
        """The row as the verb wants it."""
        said = self.cleaned_data
        return DutyDraft(said["title"], said["department"], said["days_before"])


class LegDutyForm(DutyForm):
    """A duty for one leg only."""

    leg = forms.ChoiceField(label=_("term"))

    def __init__(self, legs: Sequence[Leg], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leg"].choices = [(str(leg.ordinal), leg.name) for leg in legs]  # type: ignore[attr-defined]


class TickForm(forms.Form):
    """The note with which a duty is ticked off."""

    note = forms.CharField(label=_("note"), max_length=400, required=False)


class OwnerForm(forms.Form):
    """Who answers for a duty."""

    owner = forms.ChoiceField(label=_("who answers for it"), required=False)

    def __init__(self, leg: Leg, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(account.pk): account for account in hosts_of(leg)[:MOST_OWNERS]}
        choices = [("", _("nobody yet")), *((pk, str(account)) for pk, account in self.owners.items())]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]


class LessonForm(forms.Form):
    """What was learned at a stop, as the next one's checklist will say it."""

    text = forms.CharField(
        label=_("what to do differently"),
        max_length=200,
        help_text=_("As an instruction; it stands on the next stop's checklist"),
    )
    department = forms.CharField(label=_("department"), max_length=80, required=False)
    days_before = forms.IntegerField(label=_("days before the day of the stop"), min_value=-30, max_value=365, initial=1)

    def draft(self) -> LessonDraft:
        """The lesson as the verb wants it."""
        said = self.cleaned_data
        return LessonDraft(said["text"], said["department"], said["days_before"])


DutyForms = formset_factory(DutyForm, extra=0, can_delete=True, max_num=MOST_DUTIES, absolute_max=MOST_DUTIES)


def duty_rows(drafts: Sequence[DutyDraft | Duty], data: Any = None) -> BaseFormSet[DutyForm]:
    """A list of duties as rows."""
    fields = ("title", "department", "days_before")
    initial = [{name: getattr(duty, name) for name in fields} for duty in drafts]
    rows = DutyForms(data, initial=initial, prefix="duty")
    rows.extra = 0 if initial else 1
    return rows
