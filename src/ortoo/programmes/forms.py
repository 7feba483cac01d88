"""What organisers and hosts type: a programme, its legs, its duties, who runs it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from ortoo.people.models import Account, Role, Unit
from ortoo.people.queries import below, subtrees
from ortoo.programmes.domain.duty import DutyDraft
from ortoo.programmes.domain.leg import LegDraft
from ortoo.programmes.domain.role import GIVEN
from ortoo.programmes.models import Duty, Leg, Programme
from ortoo.programmes.queries import organised_by

MOST_LEGS = 60
MOST_DUTIES = 200
Choices = list[tuple[str, Any]]


def unit_choices(units: Sequence[tuple[int, str, int | None]]) -> Choices:
    """Units as (key, name, key of the higher unit), shown as 兴安盟 · 乌兰浩特市."""
    names = {pk: name for pk, name, _parent in units}
    return [(str(pk), f"{names[parent]} · {name}" if parent and parent in names else name) for pk, name, parent in units]


def bases() -> Choices:
    """Where a programme or a term can be held: every unit but the stations."""
    rows = Unit.objects.exclude(kind=Unit.Kind.STATION).values_list("pk", "name", "parent_id")
    return unit_choices(list(rows))


class ProgrammeForm(forms.Form):
    """What a programme says of itself."""

    title = forms.CharField(label=_("title"), max_length=80, help_text=_("For example: 2026 rotation, spring"))
    base = forms.ChoiceField(label=_("training base in"), required=False)
    contact = forms.CharField(
        label=_("who to ask"),
        max_length=200,
        required=False,
        help_text=_("Office and telephone, as participants see it"),
    )
    bring = forms.CharField(
        label=_("what to bring"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Participants read it on their own page"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].choices = [("", _("not settled yet")), *bases()]  # type: ignore[attr-defined]

    @property
    def chosen_base(self) -> Unit | None:
        """The unit chosen, None for none."""
        return Unit.objects.filter(pk=self.cleaned_data["base"]).first() if self.cleaned_data["base"] else None


class NewProgrammeForm(ProgrammeForm):
    """A new programme, with what it takes over from an earlier one."""

    unit = forms.ChoiceField(label=_("organised by"), help_text=_("Only people of this unit and below take part"))
    earlier = forms.ChoiceField(
        label=_("take over from"),
        required=False,
        help_text=_("Its list of duties, what to bring and who to ask; nobody's name"),
    )
    field_order = ["title", "unit", "base", "earlier", "contact", "bring"]

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Unit.objects.filter(below(subtrees(account, Role.Kind.ORGANISER))).exclude(kind=Unit.Kind.STATION)
        earlier = list(organised_by(account).values_list("key", "title")[:50])
        self.fields["unit"].choices = unit_choices(list(own.values_list("pk", "name", "parent_id")))  # type: ignore[attr-defined]
        self.fields["earlier"].choices = [("", _("nothing")), *earlier]  # type: ignore[attr-defined]
        if not earlier:
            del self.fields["earlier"]

    @property
    def chosen_unit(self) -> Unit:
        """The unit chosen."""
        return Unit.objects.get(pk=self.cleaned_data["unit"])


class DayInput(forms.DateInput):
    """A day, picked from a calendar where the browser has one, typed as 2026-03-20 where not."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LegForm(forms.Form):
    """One row of the terms."""

    ordinal = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=200, min_value=1)
    name = forms.CharField(label=_("name"), max_length=40)
    starts = forms.DateField(label=_("first day"), widget=DayInput())
    ends = forms.DateField(label=_("last day"), widget=DayInput())
    base = forms.ChoiceField(label=_("held in"), required=False)
    capacity = forms.IntegerField(label=_("capacity"), required=False, min_value=0, max_value=1_000_000)
    women_beds = forms.IntegerField(label=_("beds for women"), required=False, min_value=0, max_value=1_000_000)
    men_beds = forms.IntegerField(label=_("beds for men"), required=False, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "starts" in said and "ends" in said and said["ends"] < said["starts"]:
            self.add_error("ends", _("The last day is before the first day."))
        return said

    def draft(self) -> LegDraft:
        """The row as the verb wants it."""
        said = self.cleaned_data
        return LegDraft(
            said["name"],
            said["starts"],
            said["ends"],
            int(said["base"]) if said["base"] else None,
            said["capacity"],
            said["women_beds"],
            said["men_beds"],
        )


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


class RoleForm(forms.Form):
    """Who gets which role in one programme."""

    username = forms.CharField(label=_("sign-in name"), max_length=150)
    kind = forms.ChoiceField(label=_("role"), choices=[(kind.value, kind.label) for kind in GIVEN])

    def clean_username(self) -> Account:
        """The account that is meant."""
        account = Account.objects.filter(username=self.cleaned_data["username"]).first()
        if account is None:
            raise forms.ValidationError(_("There is no account with this sign-in name. Ask the administrator for one."))
        return account


LegForms = formset_factory(LegForm, extra=0, can_delete=True, max_num=MOST_LEGS, absolute_max=MOST_LEGS)
DutyForms = formset_factory(DutyForm, extra=0, can_delete=True, max_num=MOST_DUTIES, absolute_max=MOST_DUTIES)


def leg_rows(programme: Programme, legs: Sequence[Leg], data: Any = None) -> BaseFormSet[LegForm]:
    """The terms as rows; a programme without any starts with one blank row."""
    same = _("as the programme: %(base)s") % {"base": programme.base} if programme.base else _("not settled yet")
    fields = ("ordinal", "name", "starts", "ends", "capacity", "women_beds", "men_beds")
    initial: list[dict[str, Any]] = [
        {name: getattr(leg, name) for name in fields} | {"base": str(leg.base_id or "")} for leg in legs
    ]
    rows = LegForms(data, initial=initial, prefix="leg", form_kwargs={"choices": [("", same), *bases()]})
    rows.extra = 0 if initial else 1
    return rows


def duty_rows(drafts: Sequence[DutyDraft | Duty], data: Any = None) -> BaseFormSet[DutyForm]:
    """A list of duties as rows."""
    fields = ("title", "department", "days_before")
    initial = [{name: getattr(duty, name) for name in fields} for duty in drafts]
    rows = DutyForms(data, initial=initial, prefix="duty")
    rows.extra = 0 if initial else 1
    return rows


def with_more_rows(data: Any, prefix: str, more: int, most: int) -> Any:
    """The posted form with some blank rows added, so that nothing typed is lost."""
    data = data.copy()
    count = data.get(f"{prefix}-TOTAL_FORMS", "0")
    data[f"{prefix}-TOTAL_FORMS"] = str(min(most, (int(count) if count.isdecimal() and len(count) < 6 else 0) + more))
    return data
