"""Pages of programmes over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.programmes.stage import Stage, in_days

from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Account
from ortoo.programmes.domain.duty import DutyDraft, copy_template, set_template
from ortoo.programmes.domain.leg import LegDraft, set_legs
from ortoo.programmes.domain.programme import open_programme, start_programme
from ortoo.programmes.domain.role import give_role
from ortoo.programmes.models import Duty, Leg, Programme, ProgrammeRole

Enter = Callable[[Account], Client]


@pytest.fixture
def enter() -> Enter:
    """A browser in which the account is signed in."""

    def signed_in(account: Account) -> Client:
        client = Client()
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def opened(stage: Stage) -> Stage:
    set_template(stage.programme, [DutyDraft("查房", "后勤", 7), DutyDraft("订餐", "食堂", 2)], by=SYSTEM)
    copy_template(stage.programme, by=SYSTEM)
    open_programme(stage.programme, by=SYSTEM)
    return stage


def at(name: str, programme: Programme, *args: Any) -> str:
    return reverse(f"programmes:{name}", args=[programme.key, *args])


def legs_form(programme: Programme, **changes: str) -> dict[str, str]:
    legs = list(programme.legs.all())
    form = {"leg-TOTAL_FORMS": str(len(legs)), "leg-INITIAL_FORMS": str(len(legs))}
    for row, leg in enumerate(legs):
        said = {"ordinal": leg.ordinal, "name": leg.name, "starts": leg.starts, "ends": leg.ends, "capacity": 2, "base": ""}
        form |= {f"leg-{row}-{name}": str(value) for name, value in said.items()}
    return form | changes


READ = ["programme", "legs"]
HOSTS = ["duties", "duty-paper"]
OWN = ["change", "roles", "duty-add", "duty-list", "duty-copy"]


@pytest.mark.parametrize("name", READ + HOSTS + OWN)
def test_page_opens_for_whom_it_is(opened: Stage, enter: Enter, name: str) -> None:
    answers = {role: enter(one).get(at(name, opened.programme)).status_code for role, one in opened.everybody.items()}
    own = 200 if name in READ else 403
    assert answers == {
        "organiser": 200,
        "clerk": own,
        "other_clerk": own,
        "host": 200 if name in READ + HOSTS else 403,
        "participant": 404,
        "administrator": own,
    }


@pytest.mark.parametrize("name", ["move", "remove", "change", "legs", "roles", "duty-list", "duty-copy", "duty-add"])
def test_only_organisers_change(opened: Stage, enter: Enter, name: str) -> None:
    for role, one in opened.everybody.items():
        if role != "organiser":
            expected = 404 if role == "participant" else 403
            assert enter(one).post(at(name, opened.programme), {"move": "close"}).status_code == expected
    assert Programme.objects.get().state == "open"


def test_draft_is_seen_by_its_organisers_only(stage: Stage, enter: Enter) -> None:
    seen = {role: enter(one).get(at("programme", stage.programme)).status_code for role, one in stage.everybody.items()}
    assert [role for role, status in seen.items() if status == 200] == ["organiser", "administrator"]


def test_list_asks_the_same_number_of_queries_for_one_and_for_twenty(
    stage: Stage, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    client = enter(stage.organiser)
    for count in (0, 1, 20):
        for number in range(count):
            start_programme(f"轮训{number}", unit=stage.units["15"], base=None, by=SYSTEM)
        with django_assert_max_num_queries(8):
            assert client.get(reverse("programmes:list")).status_code == 200
    assert "page=2" in client.get(reverse("programmes:list")).content.decode()


def test_empty_list_says_what_it_will_hold(stage: Stage, enter: Enter) -> None:
    assert Programme.objects.get().state == "draft"
    assert enter(stage.participant).get(reverse("programmes:list")).status_code == 200


def test_programme_pages_ask_few_queries(opened: Stage, enter: Enter, django_assert_max_num_queries: Any) -> None:
    client = enter(opened.organiser)
    for name, most in (("programme", 26), ("legs", 12), ("duties", 14), ("duty-paper", 10), ("duty-copy", 14)):
        with django_assert_max_num_queries(most):
            client.get(at(name, opened.programme))


def test_new_programme_begins_and_takes_over(opened: Stage, enter: Enter) -> None:
    unit, base = opened.units["15"], opened.units["150201"]
    said = {"kind": "rotation", "title": "下一轮", "unit": unit.pk, "base": base.pk, "earlier": opened.programme.key}
    answer = enter(opened.organiser).post(reverse("programmes:new"), said)
    programme = Programme.objects.get(title="下一轮")
    assert answer["Location"] == at("legs", programme)
    assert (programme.unit, programme.base, programme.duty_template.count()) == (unit, base, 2)


def test_new_programme_stays_in_the_own_subtree(opened: Stage, enter: Enter) -> None:
    opened.organiser.roles.update(unit=opened.units["1501"])
    said = {"kind": "rotation", "title": "外", "unit": opened.units["15"].pk}
    answer = enter(opened.organiser).post(reverse("programmes:new"), said)
    assert answer.status_code == 200
    assert not Programme.objects.filter(title="外").exists()


def test_new_programme_is_not_for_clerks(opened: Stage, enter: Enter) -> None:
    assert enter(opened.clerk).get(reverse("programmes:new")).status_code == 403


def test_change_saves_and_keeps_what_was_typed_when_wrong(opened: Stage, enter: Enter) -> None:
    client = enter(opened.organiser)
    answer = client.post(at("change", opened.programme), {"title": "", "bring": "写到一半"})
    assert "写到一半" in answer.content.decode()
    client.post(at("change", opened.programme), {"title": "新名", "bring": "工作服"})
    assert Programme.objects.values_list("title", "bring").get() == ("新名", "工作服")


def test_move_opens_and_says_why_not(stage: Stage, enter: Enter) -> None:
    client = enter(stage.organiser)
    client.post(at("move", stage.programme), {"move": "open"})
    assert Programme.objects.get().state == "open"
    answer = client.post(at("move", stage.programme), {"move": "open"}, follow=True)
    assert "notice-error" in answer.content.decode()


def test_legs_are_saved_from_rows(opened: Stage, enter: Enter) -> None:
    first, last = in_days(60)
    more = {"leg-TOTAL_FORMS": "4", "leg-3-name": "第四期", "leg-3-starts": str(first), "leg-3-ends": str(last)}
    answer = enter(opened.organiser).post(at("legs", opened.programme), legs_form(opened.programme, **more))
    assert answer.status_code == 302
    assert Leg.objects.get(ordinal=4).starts == first


def test_more_rows_save_nothing_and_keep_what_was_typed(opened: Stage, enter: Enter) -> None:
    form = legs_form(opened.programme, more="1", **{"leg-0-name": "写到一半"})
    page = enter(opened.organiser).post(at("legs", opened.programme), form).content.decode()
    assert "写到一半" in page
    assert 'name="leg-3-name"' in page
    assert not Leg.objects.filter(name="写到一半").exists()


def test_wrong_day_is_said_at_the_row(opened: Stage, enter: Enter) -> None:
    form = legs_form(opened.programme, **{"leg-1-ends": "2001-01-01", "leg-0-name": "写到一半"})
    page = enter(opened.organiser).post(at("legs", opened.programme), form).content.decode()
    assert 'href="#id_leg-1-ends"' in page
    assert "写到一半" in page


def test_row_marked_to_go_is_removed(opened: Stage, enter: Enter) -> None:
    enter(opened.organiser).post(at("legs", opened.programme), legs_form(opened.programme, **{"leg-2-DELETE": "on"}))
    assert Leg.objects.count() == 2


def test_overlap_is_a_warning(opened: Stage, enter: Enter) -> None:
    set_legs(opened.programme, [LegDraft("甲", *in_days(0)), LegDraft("乙", *in_days(5))], by=SYSTEM)
    assert "notice-warning" in enter(opened.organiser).get(at("legs", opened.programme)).content.decode()


def test_role_is_given_and_taken_over_http(opened: Stage, enter: Enter) -> None:
    client = enter(opened.organiser)
    page = client.post(at("roles", opened.programme), {"username": "nobody", "kind": "host"}).content.decode()
    assert "notice-error" in page
    client.post(at("roles", opened.programme), {"username": "clerk", "kind": "host"})
    role = ProgrammeRole.objects.get(account=opened.clerk)
    page = client.post(at("roles", opened.programme), {"username": "clerk", "kind": "host"}).content.decode()
    assert "notice-error" in page
    client.post(at("role-take", opened.programme, role.pk))
    assert not ProgrammeRole.objects.exists()


def test_role_of_another_programme_is_not_taken(opened: Stage, enter: Enter) -> None:
    other = start_programme("别的", unit=opened.units["15"], base=None, by=SYSTEM)
    role = give_role(other, opened.clerk, "host", by=SYSTEM)
    assert enter(opened.organiser).post(at("role-take", opened.programme, role.pk)).status_code == 404


def test_host_ticks_off_and_back(opened: Stage, enter: Enter) -> None:
    duty, client = Duty.objects.first(), enter(opened.host)
    assert duty
    answer = client.post(at("duty-tick", opened.programme, duty.pk), {"note": "好"})
    assert answer["Location"].endswith(f"?leg=1#duty-{duty.pk}")
    duty.refresh_from_db()
    assert (duty.done_by, duty.note) == (opened.host, "好")
    client.post(at("duty-tick", opened.programme, duty.pk), {"back": "1"})
    duty.refresh_from_db()
    assert duty.done_at is None


def test_clerk_ticks_nothing_off(opened: Stage, enter: Enter) -> None:
    duty = Duty.objects.first()
    assert duty
    assert enter(opened.clerk).post(at("duty-tick", opened.programme, duty.pk)).status_code == 403
    assert enter(opened.host).post(at("duty-remove", opened.programme, duty.pk)).status_code == 403


def test_duty_list_is_written_shown_and_copied(stage: Stage, enter: Enter) -> None:
    client = enter(stage.organiser)
    page = client.post(at("duty-list", stage.programme), {"suggest": "1"}).content.decode()
    assert 'name="duty-9-title"' in page
    form = {"duty-TOTAL_FORMS": "2", "duty-INITIAL_FORMS": "0"}
    form |= {"duty-0-title": "查房", "duty-0-days_before": "7", "duty-1-title": "订餐", "duty-1-days_before": "-2"}
    assert client.post(at("duty-list", stage.programme), form)["Location"] == at("duty-copy", stage.programme)
    assert "查房" in client.get(at("duty-copy", stage.programme)).content.decode()
    client.post(at("duty-copy", stage.programme))
    assert Duty.objects.count() == 6


def test_duty_for_one_term_is_added_and_removed(opened: Stage, enter: Enter) -> None:
    client = enter(opened.organiser)
    said = {"leg": "2", "title": "接站", "department": "", "days_before": "0"}
    client.post(at("duty-add", opened.programme), said)
    duty = Duty.objects.get(title="接站")
    assert duty.leg.ordinal == 2
    assert "notice-error" in client.post(at("duty-add", opened.programme), said).content.decode()
    client.post(at("duty-remove", opened.programme, duty.pk))
    assert not Duty.objects.filter(title="接站").exists()


def test_programme_in_preparation_is_removed_from_its_page(stage: Stage, enter: Enter) -> None:
    assert enter(stage.organiser).post(at("remove", stage.programme))["Location"] == reverse("programmes:list")
    assert not Programme.objects.exists()


def test_home_shows_what_waits_with_one_button_each(opened: Stage, enter: Enter, django_assert_max_num_queries: Any) -> None:
    client = enter(opened.host)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("ui:home")).content.decode()
    assert at("duties", opened.programme) + "?leg=1" in page
    assert "is-late" in page
    assert at("duties", opened.programme) not in enter(opened.clerk).get(reverse("ui:home")).content.decode()


def test_home_tells_the_organiser_to_go_on_with_a_draft(stage: Stage, enter: Enter) -> None:
    assert at("programme", stage.programme) in enter(stage.organiser).get(reverse("ui:home")).content.decode()
    set_legs(stage.programme, [], by=SYSTEM)
    assert at("legs", stage.programme) in enter(stage.organiser).get(reverse("ui:home")).content.decode()
