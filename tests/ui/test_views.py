"""Language, long work, the base map, and the pages that say no."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from ortoo.kernel import clock
from ortoo.kernel.models import Job
from ortoo.people.models import Account
from ortoo.ui import style, views

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return Account.objects.create(username="officer", must_change_password=False)


def job_of(account: Account, **options: Any) -> Job:
    return Job.objects.create(kind="x", by_id=account.pk, by_name="officer", created=clock.now(), **options)


def asked(account: Account, path: str = "/", method: str = "get", htmx: bool = True, **data: str) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    request = getattr(RequestFactory(), method)(path, data, headers=headers)
    request.user = account
    return request


def test_language_is_kept_in_cookie_and_account(client: Client, account: Account) -> None:
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/language/", {"language": "en", "next": "/p/abc/"})
    assert (answer.status_code, answer["Location"]) == (302, "/p/abc/")
    assert answer.cookies["ortoo_language"].value == "en"
    account.refresh_from_db()
    assert account.language == "en"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_language_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    answer = client.post("/language/", {"language": "en", "next": elsewhere})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("code", ["", "xx", "de", "../en"])
def test_language_takes_only_its_own(client: Client, code: str) -> None:
    assert "ortoo_language" not in client.post("/language/", {"language": code}).cookies


def test_job_shows_its_bar_and_then_leads_on(account: Account) -> None:
    work = job_of(account, state="running", done=1, total=2)
    answer = views.job(asked(account, next="/p/"), work.pk)
    assert b"hx-get" in answer.content and "HX-Redirect" not in answer
    Job.objects.update(state="done")
    assert views.job(asked(account, next="/p/"), work.pk)["HX-Redirect"] == "/p/"


def test_job_of_somebody_else_is_not_there(account: Account) -> None:
    other = Account.objects.create(username="other")
    work = job_of(other, state="running")
    for view in (views.job, views.stop_job):
        with pytest.raises(Http404):
            view(asked(account, method="get" if view is views.job else "post"), work.pk)
    work.refresh_from_db()
    assert not work.stop_asked


@pytest.mark.parametrize(("state", "after"), [("running", "running"), ("waiting", "stopped")])
def test_stop_asks_the_work_to_stop(account: Account, state: str, after: str) -> None:
    work = job_of(account, state=state)
    assert views.stop_job(asked(account, method="post"), work.pk).status_code == 200
    work.refresh_from_db()
    assert (work.stop_asked, work.state) == (True, after)


def test_stop_without_script_leads_back(account: Account) -> None:
    work = job_of(account, state="running")
    answer = views.stop_job(asked(account, method="post", htmx=False, next="/p/"), work.pk)
    assert (answer.status_code, answer["Location"]) == (302, "/p/")


def map_of(client: Client) -> Any:
    answer: Any = client.get("/map.geojson")
    with closing(answer):
        return json.loads(b"".join(answer.streaming_content))


def test_map_can_be_replaced(client: Client, settings: Any, tmp_path: Path) -> None:
    assert len(map_of(client)["features"]) == 103
    settings.MAP_FILE = str(tmp_path / "own.geojson")
    Path(settings.MAP_FILE).write_text('{"features": []}')
    assert map_of(client) == {"features": []}


def test_unknown_address_says_what_to_do(client: Client) -> None:
    answer = client.get("/no-such-page/", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode() and "To the first page" in answer.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_nothing_of_the_request(name: str) -> None:
    with translation.override("en"):
        html = render_to_string(f"{name}.html")
    assert "<h1>" in html and "button-primary" in html


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("query", ["", "?wrong=1", "?rows=0", "?rows=1", "?q=试例&sort=-seats&page=2"])
def test_style_page_shows_every_component(account: Account, language: str, query: str) -> None:
    request = RequestFactory().get(f"/style/{query}")
    request.user = account
    with translation.override(language):
        answer: Any = style.page(request)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_wall_is_dark(account: Account) -> None:
    request = RequestFactory().get("/style/wall/")
    request.user = account
    assert b'data-theme="dark"' in style.wall(request).content
