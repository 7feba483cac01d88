"""The arithmetic of a stop's lines, for its own numbers."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ortoo.live.domain.lines import SOUND_KBIT, TEXT_KBIT, Lines, plan_lines
from ortoo.live.forms import LinesForm
from ortoo.live.views.fetch import account_of, fetch_session


def form_of(lines: Lines) -> LinesForm:
    """The numbers as they are written."""
    return LinesForm(initial=asdict(lines.draft))


def sums(lines: Lines) -> list[tuple[str, str, str]]:
    """What is reckoned, how, and what comes out."""
    each, viewers, sound = rate(lines.each), f"{lines.draft.viewers_expected:,}", rate(SOUND_KBIT / 1000)
    caches = _("%(n)s caches") % {"n": f"{lines.caches:,}"}
    return [
        (_("If everybody watched alone"), f"{lines.people:,} × {each}", rate(lines.alone)),
        (_("A viewing site is one viewer, whoever sits in it"), f"({lines.sites:,} + {viewers}) × {each}", rate(lines.wanted)),
        (_("Single viewers on sound alone"), f"{lines.sites:,} × {each} + {viewers} × {sound}", rate(lines.sound)),
        (_("Stage, captions and questions"), f"{lines.streams:,} × {rate(TEXT_KBIT / 1000)}", rate(lines.text)),
        (_("Pictures that our line carries"), f"{rate(lines.draft.line_mbit)} ÷ {each}", f"{lines.carried:,}"),
        (_("Pictures beyond it"), f"{lines.streams:,} − {min(lines.streams, lines.carried):,}", f"{lines.beyond:,}"),
        (_("Caches for those"), f"{lines.beyond:,} ÷ ({rate(lines.draft.cache_mbit)} ÷ {each})", caches),
    ]


def rate(mbit: float) -> str:
    """0.9 Mbit/s, 36 Gbit/s, 2 kbit/s."""
    if mbit >= 1000:
        return f"{mbit / 1000:,.4g} Gbit/s"
    return f"{mbit:,.4g} Mbit/s" if mbit >= 0.1 or not mbit else f"{mbit * 1000:,.4g} kbit/s"


@require_POST
def plan(request: HttpRequest, key: str, ordinal: int) -> HttpResponse:
    """Other numbers."""
    session = fetch_session(request, key, ordinal)
    form = LinesForm(request.POST)
    if form.is_valid():
        plan_lines(session, form.draft(), by=account_of(request))
    else:
        messages.error(request, "; ".join(str(word) for words in form.errors.values() for word in words))
    answer = redirect("live:sites", key)
    answer["Location"] += f"?leg={ordinal}#lines"
    return answer
