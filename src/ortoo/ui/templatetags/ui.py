"""The components as template tags; docs/apps/ui.md shows each with its parameters."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import lucide
from django import template
from django.forms import BoundField, Form
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from ortoo.ui import dates, navigation, route
from ortoo.ui.charts import Chart, cost_curve
from ortoo.ui.heat_table import HeatTable
from ortoo.ui.route import Station
from ortoo.ui.sheet_table import SheetTable
from ortoo.ui.waiting import Waiting

register = template.Library()

NOTICE_ICONS = {"info": "info", "success": "circle-check", "warning": "triangle-alert", "error": "octagon-alert"}


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """A lucide icon as inline SVG; without a label it is decoration and hidden from screen readers."""
    return _drawn(str(name), size, str(label))


@lru_cache(maxsize=1000)
def _drawn(name: str, size: int, label: str) -> SafeString:
    attributes: dict[str, object] = {"class": "icon", "focusable": "false"}
    attributes |= {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    svg = lucide._render_icon(name, size, **attributes)
    return mark_safe(re.sub(r">\s+<", "><", svg))


@register.inclusion_tag("ui/parts/route_line.html")
def route_line(stations: Sequence[Station], label: str = "") -> dict[str, Any]:
    """A programme as a line with its legs as stations."""
    return {"stations": stations, "label": label}


@register.inclusion_tag("ui/parts/programme_head.html", takes_context=True)
def programme_head(context: Context, programme: Any, verb: str = "", page: str = "") -> dict[str, Any]:
    """Title, route line and verb row of a programme (an object with `title` and `key`)."""
    request = context["request"]
    return {
        "programme": programme,
        "stations": route.stations(request, programme),
        "verbs": navigation.verbs(request, programme, verb, page),
    }


@register.inclusion_tag("ui/parts/capacity_bar.html")
def capacity_bar(used: int, limit: int | None, label: str = "", href: str = "") -> dict[str, Any]:
    """How full something is. Over its limit the bar is marked as harm; without a limit it only counts."""
    share = 100 * used / limit if limit else (100 if used and limit == 0 else 0)
    return {
        "used": used,
        "limit": limit,
        "label": label,
        "href": href,
        "percent": f"{min(share, 100):.1f}",
        "over": limit is not None and used > limit,
        "full": limit is not None and used == limit,
    }


@register.inclusion_tag("ui/parts/notice.html")
def notice(kind: str, text: str, href: str = "", action: str = "") -> dict[str, Any]:
    """A sentence that has to be seen: `info`, `success`, `warning` or `error`, with at most one link."""
    kind = kind if kind in NOTICE_ICONS else "info"
    return {"kind": kind, "icon": NOTICE_ICONS[kind], "text": text, "href": href, "action": action}


@register.simple_block_tag
def noticed(content: str, kind: str = "info") -> SafeString:
    """A notice around markup: `{% noticed "warning" %}…{% endnoticed %}`."""
    kind = kind if kind in NOTICE_ICONS else "info"
    body = format_html('{}<div class="notice-body">{}</div>', icon(NOTICE_ICONS[kind]), content)
    return format_html('<div class="notice notice-{}" role="{}">{}</div>', kind, "alert" if kind == "error" else "note", body)


@register.inclusion_tag("ui/parts/empty_state.html")
def empty_state(title: str, text: str = "", href: str = "", action: str = "", icon: str = "inbox") -> dict[str, Any]:
    """What a list says when it has nothing: what it will hold, and the one thing to do."""
    return {"title": title, "text": text, "href": href, "action": action, "icon": icon}


@register.inclusion_tag("ui/parts/progress.html", takes_context=True)
def progress(context: Context, job: Any, next: str = "") -> dict[str, Any]:
    """The bar of long work (a `kernel.Job` of the reader), polled until it is over; then the page `next` is opened."""
    request = context["request"]
    return {"request": request, "job": job, "next": next or request.get_full_path()}


@register.inclusion_tag("ui/parts/figure.html")
def figure(label: str, value: object, href: str = "", note: str = "", tone: str = "") -> dict[str, Any]:
    """A figure that can be opened down to its rows; several stand in `<dl class="figures">`."""
    return {"label": label, "value": number(value), "href": href, "note": note, "tone": tone}


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """A form field with label, help and errors, tied together for screen readers."""
    return {"field": bound, "label": label, "type": getattr(bound.field.widget, "input_type", "")}


@register.inclusion_tag("ui/parts/form_fields.html")
def form_fields(form: Form) -> dict[str, Any]:
    """All fields of a form under a list of its errors."""
    return {"form": form}


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: Form) -> dict[str, Any]:
    """What is wrong in a form, each with a link to its field."""
    return {"form": form}


@register.inclusion_tag("ui/parts/button.html")
def button(
    label: str, kind: str = "plain", icon: str = "", href: str = "", name: str = "", value: str = "", confirm: str = ""
) -> dict[str, Any]:
    """A button (`primary`, `plain`, `quiet`, `harm`), or a link that looks like one when it has an `href`."""
    return {"label": label, "kind": kind, "icon": icon, "href": href, "name": name, "value": value, "confirm": confirm}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Context, page: Any) -> dict[str, Any]:
    """Links to the pages of a Django `Page`."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode()}


@register.inclusion_tag("ui/parts/sheet.html")
def sheet(table: SheetTable) -> dict[str, Any]:
    """A `SheetTable`."""
    return {"table": table}


@register.simple_tag
def sheet_url(table: SheetTable, form: str) -> str:
    """The address of the table's download in this form."""
    return table.url(**{"as": form, "page": ""})


@register.simple_tag
def sheet_page(table: SheetTable, step: int) -> str:
    """The address of the page `step` further."""
    return table.url(page=str(table.page + step))


@register.inclusion_tag("ui/parts/heat_table.html")
def heat_table(heat: HeatTable) -> dict[str, Any]:
    """A `HeatTable`."""
    return {"heat": heat}


@register.inclusion_tag("ui/parts/chart.html")
def chart(chart: Chart, name: str = "chart") -> dict[str, Any]:
    """A `Chart` with its table one click away; `name` must be its own on the page."""
    return {"chart": chart, "name": name, "data_id": f"{name}-data"}


@register.simple_tag
def curve_chart(points: Sequence[Sequence[float]]) -> Chart:
    """The chart of a job's curve."""
    return cost_curve(points)


@register.inclusion_tag("ui/parts/waiting.html")
def waiting(things: Sequence[Waiting]) -> dict[str, Any]:
    """What waits for the reader."""
    return {"things": things}


@register.inclusion_tag("ui/parts/dropzone.html")
def dropzone(bound: BoundField, help: str = "") -> dict[str, Any]:
    """A file field on which many files can be dropped."""
    return {"field": bound, "help": help}


@register.simple_tag
def tag(text: str, tone: str = "plain") -> SafeString:
    """A word on a small plate: `plain`, `current`, `good` or `harm`."""
    return format_html('<span class="tag tag-{}">{}</span>', tone, text)


@register.filter
def day(value: date | None) -> str:
    """6月19日(周一)"""
    return dates.day(value) if value else ""


@register.filter
def span(first: date | None, last: date | None) -> str:
    """6月19日(周一)—30日(周五)"""
    return dates.span(first, last) if first and last else day(first or last)


@register.filter
def moment(value: datetime | None) -> str:
    """6月19日(周一) 14:05"""
    return dates.moment(value) if value else ""


@register.filter
def taken(seconds: int | None) -> str:
    """A time taken, in minutes and seconds: 10:45"""
    return "" if seconds is None else f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def number(value: object) -> str:
    """1,101"""
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


@register.filter
def people(value: int | None) -> str:
    """1,101 人 / 1,101 people"""
    count = value or 0
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": f"{count:,}"}
