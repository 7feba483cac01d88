"""What is typed: a message by anybody, a reflection, who can be written to."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ortoo.outcomes.domain.message import MessageDraft
from ortoo.outcomes.models import LONGEST_MESSAGE, LONGEST_REFLECTION, Addressee, Reflection
from ortoo.people.models import Person


class MessageForm(forms.Form):
    """A message to the speakers of a stop."""

    client_id = forms.RegexField(r"^[A-Za-z0-9-]{8,40}$", widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("to whom"), required=False)
    text = forms.CharField(label=_("message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea({"rows": 6}))
    signed = forms.CharField(
        label=_("signed"), max_length=40, required=False, help_text=_("A name if you like; it may stay empty")
    )
    place = forms.CharField(label=_("where from"), max_length=60, required=False, help_text=_("Town or unit if you like"))
    may_quote = forms.BooleanField(label=_("It may be quoted as I have signed it"), required=False)

    def __init__(self, addressees: list[Addressee], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addressees = {each.key: each for each in addressees}
        self.fields["to"].choices = [("", _("all speakers")), *((each.key, each.name) for each in addressees)]  # type: ignore[attr-defined]
        if not addressees:
            del self.fields["to"]

    def draft(self) -> MessageDraft:
        """The message as it was typed."""
        said = self.cleaned_data
        to = self.addressees.get(said.get("to", ""))
        return MessageDraft(said["client_id"], said["text"], to, said["signed"], said["place"], said["may_quote"])


class ReflectionForm(forms.Form):
    """A reflection, and whether it may be quoted."""

    text = forms.CharField(label=_("reflection"), max_length=LONGEST_REFLECTION, widget=forms.Textarea({"rows": 8}))
    consent = forms.ChoiceField(label=_("May it be quoted?"), choices=Reflection.Consent, widget=forms.RadioSelect, initial="no")


class WrittenDownForm(ReflectionForm):
    """A reflection that somebody's clerk writes down for them."""

    leg = forms.ChoiceField(label=_("stop or term"))
    staff_no = forms.CharField(label=_("staff number"), max_length=20)
    field_order = ["leg", "staff_no", "text", "consent"]

    def __init__(self, legs: list[tuple[int, str]], people: QuerySet[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["leg"].choices = legs  # type: ignore[attr-defined]
        self.fields["consent"].help_text = _("Ask the person; what they did not say is “not to be quoted”.")

    def clean_staff_no(self) -> Person:
        """The person, among those for whom one may write."""
        person = self.people.filter(staff_no=self.cleaned_data["staff_no"]).first()
        if person is None:
            raise forms.ValidationError(_("Nobody of yours has this staff number."))
        return person


class AddresseeForm(forms.Form):
    """Somebody to whom one may write."""

    name = forms.CharField(label=_("shown as"), max_length=60)
    staff_no = forms.CharField(
        label=_("staff number"), max_length=20, required=False, help_text=_("Empty for a guest, who reads by a link of their own")
    )

    def __init__(self, people: QuerySet[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_staff_no(self) -> Person | None:
        """The person, among those that the account sees; None for a guest."""
        number = self.cleaned_data["staff_no"]
        person = self.people.filter(staff_no=number).first() if number else None
        if number and person is None:
            raise forms.ValidationError(_("Nobody of yours has this staff number."))
        return person
