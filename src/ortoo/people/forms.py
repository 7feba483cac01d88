"""What people type: checked, and explained where it is wrong."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from ortoo.people.models import Person, Role, Unit


class SignInForm(AuthenticationForm):
    """Sign-in name and password."""

    username = forms.CharField(label=_("Sign-in name"), max_length=150, widget=forms.TextInput({"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"}), max_length=200
    )
    error_messages = {
        "invalid_login": _("Sign-in name or password is not right. After several wrong tries the account waits a while."),
        "inactive": _("This account has been shut. Ask your administrator."),
    }


class PasswordForm(forms.Form):
    """The present password and a new one, twice."""

    old = forms.CharField(
        label=_("Present password"), strip=False, max_length=200, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_("At least 10 characters, not a common word and not your name."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both new ones are the same."""
        said = super().clean() or {}
        if said.get("new") != said.get("again"):
            self.add_error("again", _("The two new passwords differ."))
        return said


class UnitCodeField(forms.CharField):
    """A unit by its code, or by its name where only one has it, among those that the account sees."""

    def __init__(self, units: Any, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.units = units

    def clean(self, value: Any) -> Unit | None:
        """The unit, or a sentence."""
        code = super().clean(value)
        if not code:
            return None
        unit = self.units.filter(code=code).first()
        if unit is None:
            named = list(self.units.filter(name=code)[:2])
            if len(named) > 1:
                raise forms.ValidationError(_("Several units are called %(name)s; write the code.") % {"name": code})
            unit = named[0] if named else None
        if unit is None:
            raise forms.ValidationError(_("There is no unit with the code %(code)s among yours.") % {"code": code})
        return unit  # type: ignore[no-any-return]


class PersonForm(forms.Form):
    """A person's fields."""

    name = forms.CharField(label=_("Name"), max_length=60)
    sex = forms.ChoiceField(label=_("Sex"), choices=Person.Sex)
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "tel"}))
    language = forms.CharField(label=_("Languages"), max_length=40, required=False)
    diet = forms.CharField(label=_("Diet"), max_length=40, required=False)
    notes = forms.CharField(label=_("Notes"), max_length=400, required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitCodeField(units, label=_("Unit code"))
        self.order_fields(["name", "sex", "unit", "post", "phone", "language", "diet", "notes"])


class UnitForm(forms.Form):
    """A unit added or changed by hand."""

    name = forms.CharField(label=_("Name"), max_length=80)
    lon = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)


class NewUnitForm(UnitForm):
    """A new unit below another."""

    code = forms.RegexField(r"^[0-9A-Za-z]{2,20}$", label=_("Unit code"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Unit.Kind)
    field_order = ["code", "name", "kind", "lon", "lat"]


class AccountForm(forms.Form):
    """A new account with its first role."""

    username = forms.RegexField(
        r"^[\w.@-]{2,150}$",
        label=_("Sign-in name"),
        error_messages={"invalid": _("Letters, digits and . @ - _ only, at least two.")},
    )
    title = forms.CharField(label=_("Shown as"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Role"), choices=Role.Kind)
    staff_no = forms.CharField(
        label=_("Staff number"),
        max_length=20,
        required=False,
        help_text=_("For somebody who takes part: their own staff number."),
    )

    def __init__(self, *args: Any, units: Any, kinds: list[str], persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = persons
        self.fields["kind"].choices = [(value, label) for value, label in Role.Kind.choices if value in kinds]  # type: ignore[attr-defined]
        self.fields["unit"] = UnitCodeField(
            units, label=_("Unit code"), required=False, help_text=_("The role holds for this unit and below.")
        )

    def clean(self) -> dict[str, Any]:
        """A participant is somebody, every other role but the administrator's holds for a unit; adds `person`."""
        said = super().clean() or {}
        kind, said["person"] = said.get("kind"), None
        if staff_no := said.get("staff_no"):
            said["person"] = self.persons.filter(staff_no=staff_no).first()
            if said["person"] is None:
                self.add_error("staff_no", _("There is no person with this staff number without an account among yours."))
        elif kind == Role.Kind.PARTICIPANT:
            self.add_error("staff_no", _("Say by the staff number who takes part."))
        if kind in (Role.Kind.ORGANISER, Role.Kind.CLERK, Role.Kind.HOST) and "unit" in said and said["unit"] is None:
            self.add_error("unit", _("This role needs a unit."))
        return said


class RoleForm(forms.Form):
    """One more role."""

    kind = forms.ChoiceField(label=_("Role"), choices=Role.Kind)

    def __init__(self, *args: Any, units: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(value, label) for value, label in Role.Kind.choices if value in kinds]  # type: ignore[attr-defined]
        self.fields["unit"] = UnitCodeField(units, label=_("Unit code"), required=False)


class TokenForm(forms.Form):
    """A key for a program."""

    title = forms.CharField(label=_("What it is for"), max_length=80)
    expires = forms.DateField(label=_("Valid until"), required=False, widget=forms.DateInput({"type": "date"}))


class AuditForm(forms.Form):
    """What to look for in the record of changes."""

    who = forms.CharField(label=_("Who"), required=False, max_length=150)
    verb = forms.CharField(label=_("What"), required=False, max_length=60)
    what = forms.CharField(label=_("Of what"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitCodeField(units, label=_("Unit code"), required=False)
