"""What is typed about viewing sites: by the office, and at the sites themselves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ortoo.live.domain.head_count import MOST_HEADS, CountDraft
from ortoo.live.domain.hearing import LONGEST_NAME, LONGEST_QUESTION
from ortoo.live.domain.line_test import Measured
from ortoo.live.domain.lines import LinesDraft
from ortoo.live.domain.poll import MOST as MOST_CHOICES
from ortoo.live.domain.reach import MOST as MOST_REACHED
from ortoo.live.domain.reach import ReachDraft
from ortoo.live.domain.site import SiteDraft
from ortoo.live.models import Audience, HeadCount, LineTest, Provenance, ViewingSite
from ortoo.people.forms import UnitCodeField
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg
from ortoo_hub.saying import plain_text

SEEN = [
    ("", "—"),
    (LineTest.Verdict.GOOD, _("at once")),
    (LineTest.Verdict.WEAK, _("slowly, or in pieces")),
    (LineTest.Verdict.BAD, _("hardly at all")),
]
#: Under which reactions are sent and counted.
REACTIONS = ("clap", "heart", "rose", "thumb")
MOST_KEY = 2**53
CLIENT_ID = r"^[A-Za-z0-9-]{8,40}$"


class SiteForm(forms.Form):
    """A viewing site."""

    name = forms.CharField(label=_("name of the site"), max_length=80, help_text=_("For example: service hall, ground floor"))
    place = forms.CharField(label=_("where it is"), max_length=120, required=False)
    person_in_charge = forms.CharField(label=_("person in charge"), max_length=40)
    contact = forms.CharField(label=_("telephone"), max_length=40)
    screens = forms.IntegerField(label=_("screens"), min_value=1, max_value=500, initial=1)
    expected = forms.IntegerField(label=_("heads expected"), min_value=0, max_value=MOST_HEADS, initial=0)
    audience = forms.ChoiceField(label=_("who comes"), choices=Audience, initial=Audience.MIXED)

    def __init__(self, units: QuerySet[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitCodeField(units, label=_("unit, by name or code"))
        self.order_fields(["name", "unit"])

    def draft(self) -> SiteDraft:
        """The site as it was typed."""
        return SiteDraft(**self.cleaned_data)


class ClientIdForm(forms.Form):
    """What is sent from a site carries an id of the sender's, so that it may be sent twice."""

    client_id = forms.RegexField(CLIENT_ID, widget=forms.HiddenInput)


class CountForm(ClientIdForm):
    """A count of heads; `counted` is when it was typed, if the line was down then."""

    moment = forms.ChoiceField(label=_("moment"), choices=HeadCount.Moment)
    heads = forms.IntegerField(
        label=_("heads"), min_value=0, max_value=MOST_HEADS, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    note = forms.CharField(label=_("note"), max_length=200, required=False)
    counted = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def draft(self) -> CountDraft:
        """The count as it was sent."""
        return CountDraft(**self.cleaned_data)


class TestForm(ClientIdForm):
    """A test of the line: what the page measured, or what somebody saw."""

    __test__ = False
    seen = forms.ChoiceField(label=_("How did this page come up?"), required=False, choices=SEEN)
    latency_ms = forms.IntegerField(required=False, min_value=0, max_value=600_000, widget=forms.HiddenInput)
    lost = forms.IntegerField(required=False, min_value=0, max_value=1000, widget=forms.HiddenInput)
    tried = forms.IntegerField(required=False, min_value=1, max_value=1000, widget=forms.HiddenInput)
    kbit_s = forms.IntegerField(required=False, min_value=0, max_value=100_000_000, widget=forms.HiddenInput)

    def measured(self) -> Measured | None:
        """What the page measured; None when it couldn't."""
        figures = [self.cleaned_data[name] for name in ("latency_ms", "lost", "tried", "kbit_s")]
        return None if None in figures else Measured(*figures)


class ScreenForm(forms.Form):
    """How the screen is."""

    screen = forms.ChoiceField(choices=ViewingSite.Screen)
    screen_note = forms.CharField(label=_("what is wrong"), max_length=200, required=False)


class ReachForm(forms.Form):
    """A figure for the ledger."""

    leg = forms.ChoiceField(label=_("stop"))
    provenance = forms.ChoiceField(label=_("how it is known"), choices=Provenance, initial=Provenance.ESTIMATED)
    number = forms.IntegerField(
        label=_("how many"), min_value=0, max_value=MOST_REACHED, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    source = forms.CharField(
        label=_("source"), max_length=200, help_text=_("Who counted or how: another person must be able to check it")
    )
    audience = forms.ChoiceField(label=_("group of people"), choices=Audience, initial=Audience.MIXED)

    def __init__(self, legs: Sequence[Leg], units: QuerySet[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legs = {str(leg.ordinal): leg for leg in legs}
        self.fields["leg"].choices = [(number, leg.name) for number, leg in self.legs.items()]  # type: ignore[attr-defined]
        self.fields["unit"] = UnitCodeField(units, label=_("unit, by name or code"), required=False)

    def leg_and_draft(self) -> tuple[Leg, ReachDraft]:
        """The stop chosen and the figure as it was typed."""
        said = dict(self.cleaned_data)
        return self.legs[said.pop("leg")], ReachDraft(**said)


class PhotographForm(ClientIdForm):
    """A photograph with what it shows."""

    photograph = forms.FileField(label=_("photograph"), widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}))
    caption = forms.CharField(label=_("what it shows"), max_length=200, required=False)
    may_show = forms.BooleanField(label=_("Those on it agreed that it may be shown"), required=False)


class LinesForm(forms.Form):
    """What the lines of a stop are planned for."""

    viewers_expected = forms.IntegerField(label=_("single viewers expected"), min_value=0, max_value=10_000_000)
    picture_kbit = forms.IntegerField(label=_("picture and sound, kbit/s"), min_value=50, max_value=50_000)
    line_mbit = forms.IntegerField(label=_("our line out, Mbit/s"), min_value=1, max_value=1_000_000)
    cache_mbit = forms.IntegerField(label=_("line out of one cache, Mbit/s"), min_value=1, max_value=1_000_000)

    def draft(self) -> LinesDraft:
        """The numbers as they were typed."""
        return LinesDraft(**self.cleaned_data)


class SayingForm(forms.Form):
    """What a viewer without scripts says; `id` is made by the page, so that the same thing sent twice is one.

    All forms of a page carry the same `id`; `place` tells apart what may be said beside each other.
    """

    kind = ""
    place: Sequence[str] = ()
    id = forms.RegexField(r"^[A-Za-z0-9_-]{1,32}$", widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """One that says nothing that is known is wrong."""
        if not self.kind:
            raise forms.ValidationError(_("This was not taken."))
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """As the hub takes it."""
        data = dict(self.cleaned_data)
        parts = [self.kind[0], data.pop("id"), *(data[name] for name in self.place)]
        return {"id": "-".join(map(str, parts)), "kind": self.kind, "data": self.data_of(data)}

    def data_of(self, said: dict[str, Any]) -> dict[str, Any]:
        """The hub's flat object."""
        return said


class QuestionForm(SayingForm):
    """A question; what the hub would refuse in it is taken out."""

    kind = "question"
    text = forms.CharField(max_length=LONGEST_QUESTION, error_messages={"required": _("Write your question first.")})
    name = forms.CharField(max_length=LONGEST_NAME, required=False)

    def clean_text(self) -> str:
        """Plain text."""
        return plain_text(self.cleaned_data["text"])

    def clean_name(self) -> str:
        """Plain text."""
        return plain_text(self.cleaned_data["name"])


class VoteForm(SayingForm):
    """A viewer wants a question answered, too."""

    kind = "vote"
    place = ("question",)
    question = forms.IntegerField(min_value=1, max_value=MOST_KEY)


class AnswerForm(SayingForm):
    """What a viewer answers to a poll."""

    kind = "answer"
    place = ("poll", "choice")
    poll = forms.IntegerField(min_value=1, max_value=MOST_KEY)
    choice = forms.IntegerField(min_value=0, max_value=MOST_CHOICES - 1)


class ReactionForm(SayingForm):
    """One reaction."""

    kind = "reaction"
    place = ("name",)
    name = forms.ChoiceField(choices=[(name, name) for name in REACTIONS])

    def data_of(self, said: dict[str, Any]) -> dict[str, Any]:
        """By name, once."""
        return {said["name"]: 1}


SAYING: dict[str, type[SayingForm]] = {form.kind: form for form in (QuestionForm, VoteForm, AnswerForm, ReactionForm)}
