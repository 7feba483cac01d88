"""What is typed of talks, scripts and rehearsals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import clock
from ortoo.programmes.domain.rehearsal import RehearsalDraft
from ortoo.programmes.domain.talk import TalkDraft
from ortoo.programmes.fields import TimeTakenField
from ortoo.programmes.forms.programme import Choices, DayInput
from ortoo.programmes.models import Programme, Talk


class TalkForm(forms.Form):
    """A talk: who tells it, whose story it is, how long it may take."""

    title = forms.CharField(label=_("title"), max_length=80)
    speaker = forms.ChoiceField(label=_("speaker"))
    story = forms.ChoiceField(label=_("whose story"), choices=Talk.Story.choices)
    whose = forms.CharField(
        label=_("of whom"), max_length=60, required=False, help_text=_("The name, if they have agreed to be named")
    )
    minutes = forms.IntegerField(label=_("minutes"), min_value=1, max_value=240)
    language = forms.CharField(label=_("languages"), max_length=40, required=False)

    def __init__(self, programme: Programme, *args: Any, talk: Talk | None = None, **kwargs: Any) -> None:
        if talk:
            names = ("title", "story", "whose", "minutes", "language")
            kwargs["initial"] = {name: getattr(talk, name) for name in names} | {"speaker": str(talk.speaker_id)}
        super().__init__(*args, **kwargs)
        self.fields["speaker"].choices = tellers(programme)  # type: ignore[attr-defined]

    def draft(self) -> TalkDraft:
        """The talk as the verb wants it."""
        said = self.cleaned_data
        speaker = int(said["speaker"])
        return TalkDraft(said["title"], speaker, said["minutes"], said["story"], said["whose"], said["language"])


class ScriptForm(forms.Form):
    """A new version of a script; the text of the newest stands there to go on from."""

    text = forms.CharField(label=_("script"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 16}), strip=True)


class CommentForm(forms.Form):
    """A comment on a version."""

    text = forms.CharField(label=_("comment"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class RehearsalForm(forms.Form):
    """A rehearsal that was held."""

    teller = forms.ChoiceField(label=_("who told it"))
    day = forms.DateField(label=_("day"), widget=DayInput())
    seconds = TimeTakenField(label=_("time taken"), max_length=12, help_text=_("Minutes and seconds, such as 10:45"))
    coach = forms.CharField(label=_("coach"), max_length=60, required=False)
    notes = forms.CharField(label=_("coaching notes"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, talk: Talk, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"teller": str(talk.speaker_id), "day": clock.today()}
        super().__init__(*args, **kwargs)
        self.fields["teller"].choices = tellers(talk.programme)  # type: ignore[attr-defined]

    def draft(self) -> RehearsalDraft:
        """The rehearsal as the verb wants it."""
        said = self.cleaned_data
        return RehearsalDraft(int(said["teller"]), said["day"], said["seconds"], said["coach"], said["notes"])


def tellers(programme: Programme) -> Choices:
    """The tour's speakers as choices."""
    return [(str(each.pk), str(each)) for each in programme.speakers.select_related("person")]
