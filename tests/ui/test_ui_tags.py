"""The components: what they say, and that they escape what people wrote."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from ortoo.kernel.models import Job
from ortoo.ui import navigation, route
from ortoo.ui.heat_table import HeatCell, HeatRow, HeatTable
from ortoo.ui.route import Station
from ortoo.ui.waiting import Waiting

HOSTILE = "<script>alert('\"&')</script>"


def draw(source: str, **context: Any) -> str:
    request = RequestFactory().get("/here/")
    with translation.override("en"):
        return Template(source).render(Context({"request": request, "bad": HOSTILE, **context}))


@pytest.mark.parametrize(
    "source",
    [
        '{% notice "info" bad bad bad %}',
        '{% notice bad "text" %}',
        "{% noticed bad %}{{ bad }}{% endnoticed %}",
        "{% empty_state bad bad bad bad %}",
        "{% capacity_bar 1 2 bad bad %}",
        "{% figure bad bad bad bad %}",
        "{% button bad bad href=bad %}",
        '{% button bad "primary" name=bad value=bad confirm=bad %}',
        "{% tag bad %}",
        '{% icon "check" 20 bad %}',
        "{% route_line stations bad %}",
        "{% waiting things %}",
        "{% heat_table heat %}",
        '{% progress job "/" %}',
        "{% form_fields form %}",
    ],
)
def test_components_escape_what_people_wrote(source: str) -> None:
    class Form(forms.Form):
        name = forms.IntegerField(label=HOSTILE, help_text="")

    html = draw(
        source,
        stations=[Station(HOSTILE, HOSTILE, HOSTILE)],
        things=[Waiting(HOSTILE, HOSTILE, None, HOSTILE, HOSTILE)],
        heat=HeatTable(HOSTILE, HOSTILE, [HOSTILE], [HeatRow(HOSTILE, [HeatCell(1, HOSTILE)], HOSTILE, HOSTILE)]),
        job=Job(pk=1, state="running", saying=HOSTILE),
        form=Form({"name": HOSTILE}),
    )
    assert "<script" not in html.replace('<script id="job', "")
    assert "alert" not in html or "&lt;script&gt;" in html or "%3Cscript" in html


def test_icon_is_hidden_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')
    assert 'role="img"' in draw('{% icon "check" 20 "Done" %}')


@pytest.mark.parametrize(
    ("used", "limit", "part"),
    [
        (0, 220, 'width="0.0%"'),
        (110, 220, 'width="50.0%"'),
        (220, 220, "is-full"),
        (221, 220, "is-over"),
        (1, 0, "is-over"),
        (0, 0, 'width="0.0%"'),
        (97, None, "97"),
    ],
)
def test_capacity_bar_says_how_full(used: int, limit: int | None, part: str) -> None:
    assert part in draw("{% capacity_bar used limit %}", used=used, limit=limit)


def test_capacity_bar_without_limit_draws_none() -> None:
    assert "<svg" not in draw("{% capacity_bar 97 None %}")


def test_figure_opens_where_it_can() -> None:
    assert '<a href="/rows/">1,101</a>' in draw('{% figure "People" 1101 "/rows/" %}')
    assert "<a" not in draw('{% figure "People" 1101 %}')


def test_route_line_says_states_in_words() -> None:
    html = draw("{% route_line s %}", s=[Station("1", state="done"), Station("2", "", "/2", "running", True), Station("3")])
    assert [word in html for word in ("already held", "running", "to come", 'aria-current="page"')] == [True] * 4


def test_progress_asks_again_until_it_is_over() -> None:
    running = draw('{% progress job "/p/" %}', job=Job(pk=4, state="running", done=1, total=4, saying="Reading"))
    assert 'hx-trigger="every 1s"' in running and "/jobs/4/?next=%2Fp%2F" in running and 'value="25"' in running
    assert "/jobs/4/stop/" in running
    over = draw('{% progress job "/p/" %}', job=Job(pk=4, state="failed", saying="Reading"))
    assert "hx-get" not in over and "It did not work." in over and "/stop/" not in over


def test_progress_that_was_asked_to_stop_offers_no_second_stop() -> None:
    html = draw('{% progress job "/" %}', job=Job(pk=4, state="running", stop_asked=True))
    assert "Stopping" in html and "/stop/" not in html


def test_progress_with_a_curve_has_its_table() -> None:
    html = draw('{% progress job "/" %}', job=Job(pk=4, state="running", curve=[[0.1, 9, 2], [0.2, 5, 3]]))
    assert 'id="job-curve-data"' in html and "Show as a table" in html


def test_waiting_says_when_nothing_waits() -> None:
    assert "Nothing waits for you" in draw("{% waiting things %}", things=[])


def test_waiting_marks_what_is_late() -> None:
    html = draw("{% waiting things %}", things=[Waiting("a", "", date(2000, 1, 3), "/a", "Open")])
    assert "overdue" in html and "Mon 3 January 2000" in html


def test_field_ties_help_and_errors_to_the_input() -> None:
    class Form(forms.Form):
        days = forms.IntegerField(help_text="Whole days")
        note = forms.CharField(required=False)
        kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)

    html = draw("{% form_fields form %}", form=Form({"days": "x", "note": ""}))
    assert 'aria-describedby="id_days_helptext id_days_error"' in html
    assert 'id="id_days_helptext"' in html and 'id="id_days_error"' in html and 'aria-invalid="true"' in html
    assert 'href="#id_days"' in html and html.count('class="optional"') == 1 and "<fieldset" in html


def test_heat_table_marks_what_is_over_its_limit() -> None:
    html = draw("{% heat_table h %}", h=HeatTable("c", "x", ["a"], [HeatRow("r", [HeatCell(5, "/5", 4), HeatCell(None)])]))
    assert "heat-over" in html and "over the limit of 4" in html and "None" not in html


def test_pager_keeps_the_other_parameters() -> None:
    from django.core.paginator import Paginator

    request = RequestFactory().get("/?q=a&page=2")
    html = draw("{% pager page %}", page=Paginator(range(30), 10).page(2), request=request)
    assert "?q=a&amp;page=1" in html and "?q=a&amp;page=3" in html and "Page 2 of 3" in html
    assert draw("{% pager page %}", page=Paginator([], 10).page(1)).strip() == ""


def test_programme_head_draws_title_line_and_verbs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route, "_stations_of", [lambda request, programme: [Station("Term 1")]])
    monkeypatch.setattr(navigation, "_pages", {})
    html = draw('{% programme_head programme "plan" %}', programme=SimpleNamespace(key="abc", title="Spring"))
    assert "Spring" in html and "Term 1" in html and all(verb in html for verb in ("Prepare", "Plan", "Run", "Outcomes"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 1101|number }}", "1,101"),
        ("{{ 1101|people }}", "1,101 people"),
        ("{{ 1|people }}", "1 person"),
        ("{{ none|people }}", "0 people"),
        ("{{ none|day }}", ""),
        ("{{ none|moment }}", ""),
        ("{{ first|span:none }}", "Mon 19 June 2000"),
    ],
)
def test_filters(source: str, expected: str) -> None:
    assert draw(source, none=None, first=date(2000, 6, 19)) == expected
