"""What organisers type: a programme, its legs, who runs it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from ortoo.people.models import Account, Role, Unit
from ortoo.people.queries import below, subtrees
from ortoo.programmes.domain.leg import LegDraft
from ortoo.programmes.domain.role import GIVEN
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import organised_by

MOST_LEGS = 60
Choices = list[tuple[str, Any]]


def unit_choices(units: Sequence[tuple[int, str, int | None]]) -> Choices:
    """Units as (key, name, key of the higher unit), shown as 兴安盟 · 乌兰浩特市."""
    names = {pk: name for pk, name, _parent in units}
    return [(str(pk), f"{names[parent]} · {name}" if parent and parent in names else name) for pk, name, parent in units]


def bases() -> Choices:
    """Where a programme or a term can be held: every unit but the stations."""
    rows = Unit.objects.exclude(kind=Unit.Kind.STATION).values_list("pk", "name", "parent_id")
    return unit_choices(list(rows))


class DayInput(forms.DateInput):
    """A day, picked from a calendar where the browser has one, typed as 2026-03-20 where not."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


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


class TourForm(ProgrammeForm):
    """What a tour says of itself: it has days between which it lies, and no base."""

    starts = forms.DateField(label=_("not before"), widget=DayInput())
    ends = forms.DateField(label=_("not after"), widget=DayInput())
    field_order = ["title", "starts", "ends", "contact", "bring"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["base"]

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        return _in_order(self)


class NewProgrammeForm(ProgrammeForm):
    """A new programme, with what it takes over from an earlier one."""

    kind = forms.ChoiceField(label=_("kind"), choices=Programme.Kind.choices, widget=forms.RadioSelect, initial="rotation")
    starts = forms.DateField(label=_("not before"), required=False, widget=DayInput(), help_text=_("For a tour"))
    ends = forms.DateField(label=_("not after"), required=False, widget=DayInput(), help_text=_("For a tour"))
    unit = forms.ChoiceField(label=_("organised by"), help_text=_("Only people of this unit and below take part"))
    earlier = forms.ChoiceField(
        label=_("take over from"),
        required=False,
        help_text=_("Its list of duties, what to bring and who to ask; nobody's name"),
    )
    field_order = ["kind", "title", "unit", "base", "starts", "ends", "earlier", "contact", "bring"]

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Unit.objects.filter(below(subtrees(account, Role.Kind.ORGANISER))).exclude(kind=Unit.Kind.STATION)
        earlier = list(organised_by(account).values_list("key", "title")[:50])
        self.fields["unit"].choices = unit_choices(list(own.values_list("pk", "name", "parent_id")))  # type: ignore[attr-defined]
        self.fields["earlier"].choices = [("", _("nothing")), *earlier]  # type: ignore[attr-defined]
        if not earlier:
            del self.fields["earlier"]

    def clean(self) -> dict[str, Any]:
        """A tour needs its days, in order."""
        said = self.cleaned_data
        for name in ("starts", "ends"):
            if said.get("kind") == Programme.Kind.TOUR and not said.get(name) and name not in self.errors:
                self.add_error(name, _("A tour needs this day."))
        return _in_order(self)

    @property
    def chosen_unit(self) -> Unit:
        """The unit chosen."""
        return Unit.objects.get(pk=self.cleaned_data["unit"])


def _in_order(form: forms.Form) -> dict[str, Any]:
    said = form.cleaned_data
    if said.get("starts") and said.get("ends") and said["ends"] < said["starts"]:
        form.add_error("ends", _("The last day is before the first day."))
    return said


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


def with_more_rows(data: Any, prefix: str, more: int, most: int) -> Any:
    """The posted form with some blank rows added, so that nothing typed is lost."""
    data = data.copy()
    count = data.get(f"{prefix}-TOTAL_FORMS", "0")
    data[f"{prefix}-TOTAL_FORMS"] = str(min(most, (int(count) if count.isdecimal() and len(count) < 6 else 0) + more))
    return data
