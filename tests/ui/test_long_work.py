"""Long work on its page: for who started it and for whom its app lets see it."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from ortoo.kernel import jobs
from ortoo.kernel.models import Job
from ortoo.people.models import Account
from ortoo.ui import long_work
from ortoo.ui.long_work import LongWork


@pytest.fixture
def counting() -> Iterator[None]:
    """A kind of work that only counts."""
    jobs.kind("test.count")(lambda progress: {"counted": 3})
    yield
    jobs.type_of.pop("test.count")
    long_work._kinds.pop("test.count", None)


def account(name: str) -> Account:
    return Account.objects.create(username=name, must_change_password=False)


def enter(who: Account) -> Client:
    client = Client()
    client.force_login(who, "django.contrib.auth.backends.ModelBackend")
    return client


def test_job_page_is_for_its_starter_and_whom_the_app_lets(db: None, counting: None) -> None:
    starter, organiser, stranger = account("starter"), account("organiser"), account("stranger")
    job = jobs.start("test.count", by=starter)
    page = reverse("ui:job", args=[job.pk])
    assert [enter(who).get(page).status_code for who in (starter, organiser, stranger)] == [200, 404, 404]
    long_work.register("test.count", LongWork("Counting", may=lambda who, job: who.username == "organiser"))
    assert [enter(who).get(page).status_code for who in (starter, organiser, stranger)] == [200, 200, 404]
    assert "Counting" in enter(starter).get(page).content.decode()


def test_stop_is_asked_by_whom_may_see(db: None, counting: None) -> None:
    starter, stranger = account("starter"), account("stranger")
    job = jobs.start("test.count", by=starter)
    stop = reverse("ui:job-stop", args=[job.pk])
    assert enter(stranger).post(stop).status_code == 404
    assert Job.objects.get(pk=job.pk).state == Job.State.WAITING
    assert enter(starter).post(stop)["Location"] == reverse("ui:job", args=[job.pk])
    assert Job.objects.get(pk=job.pk).state == Job.State.STOPPED


def test_finished_work_leads_to_its_page(db: None, counting: None) -> None:
    starter = account("starter")
    job = jobs.run(jobs.start("test.count", by=starter).pk)
    page = reverse("ui:job", args=[job.pk])
    assert "HX-Redirect" not in enter(starter).get(page, headers={"HX-Request": "true"})
    long_work.register("test.count", LongWork("Counting", page=lambda job: "/mine/"))
    assert enter(starter).get(page, headers={"HX-Request": "true"})["HX-Redirect"] == "/mine/"


def test_running_work_is_asked_again_every_second(db: None, counting: None) -> None:
    starter = account("starter")
    job = jobs.start("test.count", by=starter)
    page = enter(starter).get(reverse("ui:job", args=[job.pk])).content.decode()
    assert "every 1s" in page
    assert '<noscript><meta http-equiv="refresh"' in page
