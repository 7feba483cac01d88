"""What is typed of quotas: totals, deadlines, numbers for the units below, words for an answer."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from ortoo.participation.domain.quota import Share
from ortoo.participation.quotas.models import Quota, QuotaDeadline, QuotaRequest
from ortoo.participation.quotas.queries import units_to_share
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg, Programme
from ortoo.programmes.queries import legs_of

MOST = 99_999
MINUTES = "%Y-%m-%dT%H:%M"


class MomentInput(forms.DateTimeInput):
    """A day and a time of day, picked where the browser can, typed as 2026-03-20T18:00 where not."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=MINUTES)


class TotalForm(forms.Form):
    """How many people the programme, or one of its terms, has to give."""

    leg = forms.ChoiceField(label=_("term"), required=False)
    count = forms.IntegerField(label=_("total"), min_value=0, max_value=MOST)

    def __init__(self, programme: Programme, *args: Any, total: int | None = None, **kwargs: Any) -> None:
        legs = legs_of(programme)
        capacities = [leg.capacity for leg in legs]
        if total is None and capacities and None not in capacities:
            total = sum(capacities)  # type: ignore[arg-type]
        kwargs["initial"] = {"count": total}
        super().__init__(*args, **kwargs)
        self.legs = {str(leg.ordinal): leg for leg in legs}
        choices = [("", _("any term")), *((ordinal, leg.name) for ordinal, leg in self.legs.items())]
        self.fields["leg"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen_leg(self) -> Leg | None:
        """The term, None for a quota that holds in any."""
        return self.legs.get(self.cleaned_data["leg"])


class DeadlineForm(forms.Form):
    """Until when people are put forward and substituted, in the programme's own zone."""

    fill_until = forms.DateTimeField(label=_("put forward until"), required=False, widget=MomentInput(), input_formats=[MINUTES])
    substitute_until = forms.DateTimeField(
        label=_("substitute until"), required=False, widget=MomentInput(), input_formats=[MINUTES]
    )

    def __init__(self, deadline: QuotaDeadline, *args: Any, **kwargs: Any) -> None:
        self.zone = ZoneInfo(deadline.programme.zone)
        said = {name: getattr(deadline, name) for name in ("fill_until", "substitute_until")}
        kwargs["initial"] = {
            name: value.astimezone(self.zone).replace(tzinfo=None) if value else None for name, value in said.items()
        }
        super().__init__(*args, **kwargs)

    def moment(self, name: str) -> datetime | None:
        """What was typed, as a moment in the programme's zone."""
        said: datetime | None = self.cleaned_data[name]
        return said.replace(tzinfo=self.zone) if said else None


class CountForm(forms.Form):
    """How many."""

    count = forms.IntegerField(label=_("how many"), min_value=1, max_value=MOST)


class AskForm(CountForm):
    """How many more, and why."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class AnswerForm(forms.Form):
    """How many of those asked for, and words for the unit."""

    count = forms.IntegerField(label=_("how many"), min_value=1, max_value=MOST, required=False)
    words = forms.CharField(label=_("answer"), max_length=200, required=False)

    def __init__(self, asked: QuotaRequest, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"], kwargs["prefix"] = {"count": asked.count}, f"r{asked.pk}"
        super().__init__(*args, **kwargs)


class WordsForm(forms.Form):
    """Why somebody is sent back."""

    words = forms.CharField(label=_("reason for sending back"), max_length=200, required=False)


def shares_in(quota: Quota, data: Any) -> dict[Unit, Share] | None:
    """The numbers typed as `share-<key>` with what was shown as `seen-<key>`; None when one is no number."""
    found: dict[Unit, Share] = {}
    for unit, _held in units_to_share(quota):
        said, seen = data.get(f"share-{unit.pk}", ""), data.get(f"seen-{unit.pk}", "")
        if not all(text.isascii() and text.isdecimal() and len(text) <= 5 for text in (said, seen)):
            return None
        if said != seen:
            found[unit] = Share(int(said), int(seen))
    return found
