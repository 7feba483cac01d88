"""Pages of quotas over HTTP: what each clerk sees and does, without JavaScript."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.participation.quotas.tree import Tree, build_tree
from tests.programmes.stage import Stage

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.participation.domain.candidate import propose, send_back
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.quota import Share, pass_on, set_deadlines
from ortoo.participation.models import Nomination
from ortoo.participation.quotas.models import Candidate, Quota, QuotaDeadline, QuotaRequest
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.domain.unit import UnitDraft, record_units
from ortoo.people.models import Account, Unit

PROPOSED = Candidate.State.PROPOSED


@pytest.fixture
def tree(stage: Stage) -> Tree:
    return build_tree(stage)


def enter(account: Account) -> Client:
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, tree: Tree, *args: Any) -> str:
    return reverse(f"participation:{name}", args=[tree.stage.programme.key, *args])


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def said(client: Client, url: str, data: dict[str, Any]) -> str:
    """The page after a form was sent."""
    answer = client.post(url, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_sees_the_tree_from_the_own_unit_down(tree: Tree) -> None:
    pages = {
        name: text(enter(account), at("quotas", tree))
        for name, account in tree.stage.everybody.items()
        if name in ("organiser", "clerk", "other_clerk")
    }
    county = text(enter(tree.county_clerk), at("quotas", tree))
    links = {quota: at("quota", tree, quota.pk) for quota in tree.quotas}
    seen = {name: [quota.unit.code for quota in tree.quotas if links[quota] in page] for name, page in pages.items()}
    assert seen == {"organiser": ["15", "1501"], "clerk": ["1501", "150101"], "other_clerk": []}
    assert (links[tree.prefecture] in county, links[tree.county] in county) == (False, True)
    below = text(enter(tree.stage.organiser), at("quota-branch", tree, tree.prefecture.pk))
    assert links[tree.county] in below


def test_organiser_sets_total_and_deadlines_in_the_zone_of_the_programme(tree: Tree) -> None:
    client = enter(tree.stage.organiser)
    client.post(at("quota-total", tree), {"leg": "2", "count": "7"})
    assert Quota.objects.get(leg__ordinal=2).given == 7
    client.post(at("quota-deadlines", tree), {"fill_until": "2026-03-20T18:00", "substitute_until": ""})
    found = QuotaDeadline.objects.get().fill_until
    assert found is not None
    assert found.isoformat() == "2026-03-20T10:00:00+00:00"
    assert "18:00" in text(client, at("quotas", tree))
    assert "不能早于" in said(
        client, at("quota-deadlines", tree), {"fill_until": "2026-03-20T18:00", "substitute_until": "2026-03-19T18:00"}
    )
    assert "整数" in said(client, at("quota-total", tree), {"leg": "", "count": "-3"})


def test_total_of_a_term_beyond_its_capacity_is_told_once_as_long_as_it_is_so(tree: Tree) -> None:
    client, page = enter(tree.stage.organiser), at("quotas", tree)
    note = "第二期：名额总数 3，该期只容纳 2 人。"
    assert note not in said(client, at("quota-total", tree), {"leg": "2", "count": "2"})
    after = said(client, at("quota-total", tree), {"leg": "2", "count": "3"})
    assert after.count(note) == 1 and text(client, page).count(note) == 1
    assert note not in text(enter(tree.stage.clerk), page)
    assert said(client, at("quota-total", tree), {"leg": "", "count": "12"}).count(note) == 1
    tree.stage.programme.legs.filter(ordinal=2).update(capacity=3)
    assert "该期只容纳" not in text(client, page)
    tree.stage.programme.legs.filter(ordinal=2).update(capacity=None)
    assert "该期只容纳" not in text(client, page)


def test_clerk_passes_on_gives_back_and_asks(tree: Tree) -> None:
    client, unit = enter(tree.stage.clerk), tree.county.unit
    shares = {f"share-{unit.pk}": "5", f"seen-{unit.pk}": "3"}
    client.post(at("quota-pass", tree, tree.prefecture.pk), shares)
    assert tree.quotas[2].given == 5
    assert "变为5个" in said(client, at("quota-pass", tree, tree.prefecture.pk), shares)
    assert "整数" in said(client, at("quota-pass", tree, tree.prefecture.pk), shares | {f"share-{unit.pk}": "五"})
    client.post(at("quota-return", tree, tree.prefecture.pk), {"count": "1"})
    assert [quota.given for quota in tree.quotas] == [10, 5, 5]
    client.post(at("quota-ask", tree, tree.prefecture.pk), {"ask-count": "2", "ask-reason": "新站"})
    asked = QuotaRequest.objects.get()
    assert at("quota-requests", tree) in text(enter(tree.stage.organiser), "/")
    client.post(at("quota-answer", tree, asked.pk), {"take_back": "1"})
    assert not QuotaRequest.objects.exists()


def test_unit_above_answers_with_words(tree: Tree) -> None:
    county, clerk = enter(tree.county_clerk), enter(tree.stage.clerk)
    county.post(at("quota-ask", tree, tree.county.pk), {"ask-count": "2", "ask-reason": "新站"})
    asked = QuotaRequest.objects.get()
    assert at("quota-requests", tree) in text(clerk, "/")
    assert "新站" in text(clerk, at("quota-requests", tree))
    assert county.post(at("quota-answer", tree, asked.pk), {f"r{asked.pk}-count": "2", "grant": "1"}).status_code == 403
    clerk.post(at("quota-answer", tree, asked.pk), {f"r{asked.pk}-count": "1", f"r{asked.pk}-words": "只有一个", "grant": "1"})
    assert tree.quotas[2].given == 4
    assert "只有一个" in text(county, at("quota", tree, tree.county.pk))


def test_county_proposes_prefecture_approves_organiser_confirms(tree: Tree) -> None:
    county, clerk, organiser = enter(tree.county_clerk), enter(tree.stage.clerk), enter(tree.stage.organiser)
    page = at("quota-people", tree, tree.county.pk)
    assert page in text(county, "/")
    assert ("候选0" in text(county, page), "候选1" in text(county, f"{page}?q=houxuan0")) == (True, False)
    county.post(at("quota-propose", tree, tree.county.pk), {"person": [tree.people[0].pk, tree.people[1].pk]})
    assert list(Candidate.objects.values_list("state", flat=True)) == ["proposed", "proposed"]
    assert at("quota-decide", tree) in text(clerk, "/")
    assert "候选0" not in text(enter(tree.stage.other_clerk), at("quota-decide", tree))
    both = [str(pk) for pk in Candidate.objects.values_list("pk", flat=True)]
    assert clerk.post(at("quota-decide", tree), {"rows": both, "do": "confirm"}).status_code == 403
    clerk.post(at("quota-decide", tree), {"rows": both, "do": "approve"})
    organiser.post(at("quota-decide", tree), {"rows": both[:1], "do": "confirm"})
    assert "请写明理由" in said(organiser, at("quota-decide", tree), {"rows": both[1:], "do": "send_back"})
    organiser.post(at("quota-decide", tree), {"rows": both[1:], "do": "send_back", "words": "刚参加过"})
    assert sorted(Candidate.objects.values_list("state", flat=True)) == ["confirmed", "sent_back"]
    assert list(Nomination.objects.values_list("person", flat=True)) == [tree.people[0].pk]
    assert "刚参加过" in text(county, page)


def test_page_in_front_of_the_clerk_gets_only_what_is_new(tree: Tree) -> None:
    client, page = enter(tree.county_clerk), at("quota-people", tree, tree.county.pk)
    add, one, other = at("quota-propose", tree, tree.county.pk), tree.people[0], tree.people[1]
    assert f'hx-post="{add}"' in text(client, page)
    answer = client.post(add, {"person": one.pk}, headers={"HX-Request": "true"})
    new, made = answer.content.decode(), Candidate.objects.get()
    assert (answer.status_code, f'id="candidate-{made.pk}"' in new, f'id="person-{one.pk}" hx-swap-oob="delete"' in new) == (
        200,
        True,
        True,
    )
    assert (str(other) in new, "<html" in new) == (False, False)
    whole = text(client, page)
    figures = whole[whole.index('<dl id="quota-figures"') : whole.index("</dl>")]
    assert figures.replace('class="figures"', 'class="figures" hx-swap-oob="true"') in new
    refused = client.post(add, {"person": [each.pk for each in tree.people]}, headers={"HX-Request": "true"}).content.decode()
    assert ("notice-error" in refused, "delete" in refused, Candidate.objects.count()) == (True, False, 1)
    nominate(tree.stage.programme, [NominationDraft(person) for person in tree.people[1:3]], by=SYSTEM)
    assert 'name="named"' in text(client, page)
    more = client.post(add, {"person": other.pk, "named": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert ('id="returned" hx-swap-oob="true"' in more, "有1人" in more) == (True, True)
    assert 'id="returned"' not in new
    send_back([made], "刚参加过", by=SYSTEM)
    assert "hx-post" not in text(client, page)


@pytest.mark.parametrize("count", [1, 3])
def test_act_of_a_clerk_asks_thirteen_queries_however_many_people(tree: Tree, count: int) -> None:
    client, add = enter(tree.county_clerk), at("quota-propose", tree, tree.county.pk)
    with CaptureQueriesContext(connection) as asked:
        client.post(add, {"person": [each.pk for each in tree.people[:count]]}, headers={"HX-Request": "true"})
    inserts = [query["sql"] for query in asked if query["sql"].startswith("INSERT")]
    assert (len(asked) <= 13, len(inserts), Candidate.objects.count()) == (True, 2, count)


@pytest.mark.parametrize(("name", "most"), [("quota", 12), ("quota-people", 10), ("quota-branch", 6)])
def test_pages_of_a_quota_read_what_they_show_at_once(tree: Tree, name: str, most: int) -> None:
    for account in (tree.stage.clerk, tree.stage.organiser):
        client = enter(account)
        with CaptureQueriesContext(connection) as asked:
            text(client, at(name, tree, tree.prefecture.pk))
        assert len(asked) <= most


def test_quota_given_by_the_organiser_needs_no_approval_between(tree: Tree) -> None:
    enter(tree.stage.clerk).post(at("quota-propose", tree, tree.prefecture.pk), {"person": [tree.people[0].pk]})
    assert Candidate.objects.get().state == "approved"


def test_people_of_returns_are_put_forward_together(tree: Tree) -> None:
    nominate(tree.stage.programme, [NominationDraft(person) for person in tree.people[:2]], by=SYSTEM)
    client = enter(tree.county_clerk)
    assert 'name="returned"' in text(client, at("quota-people", tree, tree.county.pk))
    client.post(at("quota-propose", tree, tree.county.pk), {"returned": "1"})
    assert Candidate.objects.count() == 2
    assert 'name="returned"' not in text(client, at("quota-people", tree, tree.county.pk))


def test_clerk_substitutes_and_withdraws_until_the_deadline(tree: Tree) -> None:
    made = propose(tree.county, tree.people[:2], standing=PROPOSED, by=SYSTEM)
    client = enter(tree.county_clerk)
    client.post(at("quota-withdraw", tree, tree.county.pk), {"candidate": made[1].pk})
    assert "已不在人选之列" in said(client, at("quota-withdraw", tree, tree.county.pk), {"candidate": made[1].pk})
    place = at("candidate-substitute", tree, made[0].pk)
    assert "候选3" in text(client, place)
    client.post(place, {"person": tree.people[3].pk})
    now = Candidate.objects.get()
    assert (now.person, now.instead_of) == (tree.people[3], tree.people[0])
    set_deadlines(tree.stage.programme, None, clock.now(), by=SYSTEM)
    late = client.post(at("candidate-substitute", tree, now.pk), {"person": tree.people[1].pk})
    assert (late.status_code, "替换和撤回已截止" in late.content.decode()) == (200, True)
    stranger = list(tree.stage.persons.values())[-1]
    assert client.post(at("candidate-substitute", tree, now.pk), {"person": stranger.pk}).status_code == 404


def test_substitute_is_offered_for_who_was_sent_back_and_not_by_themselves(tree: Tree) -> None:
    client = enter(tree.county_clerk)
    (made,) = propose(tree.county, tree.people[:1], standing=PROPOSED, by=SYSTEM)
    now = clock.now()
    set_deadlines(tree.stage.programme, now - timedelta(days=1), now + timedelta(days=3), by=SYSTEM)
    send_back([made], "刚参加过", by=SYSTEM)
    place = at("candidate-substitute", tree, made.pk)
    page = text(client, at("quota-people", tree, tree.county.pk))
    assert "刚参加过" in page and f'href="{place}"' in page
    choices = text(client, place)
    assert f'value="{tree.people[1].pk}"' in choices and f'value="{tree.people[0].pk}"' not in choices
    answer = client.post(place, {"person": tree.people[0].pk})
    assert "不能替换自己" in answer.content.decode() and Candidate.objects.get().state == "sent_back"
    client.post(place, {"person": tree.people[1].pk})
    assert Candidate.objects.get().person == tree.people[1]


def test_sheet_goes_out_and_comes_back_with_a_look_first(tree: Tree) -> None:
    client = enter(tree.county_clerk)
    answer = client.get(at("quota-candidates-file", tree, tree.county.pk))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "00091")
    cells[5].value = "是"
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("回.xlsx", out.getvalue())
    look = client.post(at("quota-sheet-read", tree, tree.county.pk), {"file": file}, follow=True)
    assert ("候选1" in look.content.decode(), Candidate.objects.exists()) == (True, False)
    page = look.redirect_chain[-1][0]
    client.post(page, {"apply": "1"})
    assert Candidate.objects.get().person == tree.people[1]
    client.post(page, {"undo": "1"})
    assert not Candidate.objects.exists()
    assert AuditEntry.objects.filter(verb="download", noun="quota", by_id=tree.county_clerk.pk).exists()
    assert 'name="apply"' in look.content.decode()
    other = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "00090")
    other[0].value, other[5].value = "77777", "是"
    book.save(out := io.BytesIO())
    file = SimpleUploadedFile("回.xlsx", out.getvalue())
    look = client.post(at("quota-sheet-read", tree, tree.county.pk), {"file": file}, follow=True)
    assert "77777" in look.content.decode() and 'name="apply"' not in look.content.decode()
    wrong = {"file": SimpleUploadedFile("x.csv", "工号\n1\n".encode())}
    assert "不是从本系统下载" in said(client, at("quota-sheet-read", tree, tree.county.pk), wrong)
    assert "4MB" in said(client, at("quota-sheet-read", tree, tree.county.pk), {})


def test_pages_ask_the_same_number_of_queries_for_more(tree: Tree, django_assert_max_num_queries: Any) -> None:
    pages = [at("quotas", tree), at("quota-decide", tree), at("quota-requests", tree), "/"]
    pages += [at(name, tree, tree.prefecture.pk) for name in ("quota", "quota-branch", "quota-people")]
    for account in (tree.stage.organiser, tree.stage.clerk):
        client = enter(account)
        few = {page: _queries(client, page) for page in pages}
        _grow(tree, account.username)
        for page in pages:
            with django_assert_max_num_queries(few[page] + 4 * (page == "/")):
                text(client, page)


def _queries(client: Client, page: str) -> int:
    text(client, page)
    with CaptureQueriesContext(connection) as asked:
        text(client, page)
    return len(asked)


def _grow(tree: Tree, name: str) -> None:
    """Three more counties, each with a quota, somebody put forward, and a request."""
    record_units([UnitDraft(f"1501{name[0]}{n}", f"新{name}{n}", "county", "1501") for n in range(3)], by=SYSTEM)
    units = list(Unit.objects.filter(name__startswith=f"新{name}"))
    drafts = [PersonDraft(f"{name[0]}{unit.pk}", f"人{unit.pk}", "男", unit.pk) for unit in units]
    people = {person.unit_id: person for person in record_persons(drafts, by=SYSTEM).new}
    pass_on(tree.total, {tree.prefecture.unit: Share(10)}, by=SYSTEM)
    held = sum(1 for _unit in units)
    assert held == 3
    pass_on(tree.quotas[1], {unit: Share(1) for unit in units}, by=SYSTEM)
    for quota in Quota.objects.filter(unit__in=units):
        propose(quota, [people[quota.unit_id]], standing=PROPOSED, by=SYSTEM)
        quota.requests.create(count=1, reason="新站", at=clock.now(), by_name="x")
