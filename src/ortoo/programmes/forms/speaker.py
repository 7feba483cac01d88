"""What is typed of a tour's speakers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ortoo.people.models import Account, Person
from ortoo.people.queries import persons_visible_to
from ortoo.programmes.domain.speaker import SpeakerDraft
from ortoo.programmes.fields import SpansField, spans_text
from ortoo.programmes.forms.programme import bases
from ortoo.programmes.models import Programme, Speaker


class SpeakerForm(forms.Form):
    """One of our people by staff number, or a guest by name; when they cannot come, and who steps in then."""

    staff_no = forms.CharField(
        label=_("staff number"), max_length=20, required=False, help_text=_("For our own people; guests go by their name")
    )
    name = forms.CharField(label=_("name of a guest"), max_length=60, required=False)
    phone = forms.CharField(label=_("phone of a guest"), max_length=40, required=False)
    unit = forms.ChoiceField(label=_("comes from"), required=False)
    language = forms.CharField(label=_("languages"), max_length=40, required=False)
    blocked = SpansField(
        label=_("cannot come on"), required=False, help_text=_("Days with a comma between: 6月19日、6月25日—6月27日")
    )
    understudy = forms.ChoiceField(label=_("understudy"), required=False)
    remark = forms.CharField(label=_("remark"), max_length=400, required=False)

    def __init__(self, programme: Programme, account: Account, *args: Any, speaker: Speaker | None = None, **kwargs: Any) -> None:
        if speaker:
            kwargs["initial"] = _said(speaker)
        super().__init__(*args, **kwargs)
        self.account, self.speaker = account, speaker
        others = programme.speakers.select_related("person").exclude(pk=speaker.pk if speaker else 0)
        self.others = {str(each.pk): each for each in others}
        names: list[tuple[str, Any]] = [(pk, str(each)) for pk, each in self.others.items()]
        self.fields["understudy"].choices = [("", _("nobody")), *names]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("as in the directory")), *bases()]  # type: ignore[attr-defined]
        if programme.starts and programme.ends:
            self.fields["blocked"].between = (programme.starts, programme.ends)  # type: ignore[attr-defined]

    def clean_staff_no(self) -> Person | None:
        """The person that is meant: among those whom the account sees, or who is the speaker already."""
        number = self.cleaned_data["staff_no"]
        if not number:
            return None
        known = self.speaker.person if self.speaker else None
        if known and known.staff_no == number:
            return known
        person = persons_visible_to(self.account).filter(staff_no=number).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this staff number."))
        return person

    def clean(self) -> dict[str, Any]:
        """Somebody has to be meant, and only one."""
        said = super().clean() or {}
        if not self.errors and bool(said.get("staff_no")) == bool(said.get("name")):
            self.add_error("staff_no", _("Write either a staff number or the name of a guest."))
        return said

    def draft(self) -> SpeakerDraft:
        """The speaker as the verb wants it."""
        said = self.cleaned_data
        unit = int(said["unit"]) if said["unit"] else None
        return SpeakerDraft(
            said["staff_no"], said["name"], unit, said["phone"], said["language"], said["blocked"], said["remark"]
        )

    @property
    def chosen_understudy(self) -> Speaker | None:
        """Who steps in, None for nobody."""
        return self.others.get(self.cleaned_data["understudy"])


def _said(speaker: Speaker) -> dict[str, Any]:
    own = speaker.person and speaker.unit_id == speaker.person.unit_id
    return {
        "staff_no": speaker.person.staff_no if speaker.person else "",
        "name": speaker.name,
        "phone": speaker.phone,
        "unit": "" if own else str(speaker.unit_id or ""),
        "language": speaker.language,
        "blocked": spans_text(speaker.blocked_days),
        "understudy": str(speaker.understudy_id or ""),
        "remark": speaker.remark,
    }
