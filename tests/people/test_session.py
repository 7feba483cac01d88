"""Signing in and out, the lockout, the password."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.domain.account import choose_password, open_account, reset_password
from ortoo.people.models import Account

pytestmark = pytest.mark.django_db
OWN = "grass-and-sky-2023"


@pytest.fixture
def account() -> Account:
    made, _secret = open_account("clerk-1501", by=SYSTEM, password=OWN, must_change=False)
    return made


def sign_in(client: Client, password: str = OWN, username: str = "clerk-1501", **more: str) -> Any:
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_sign_in_leads_where_one_wanted_to_go(client: Client, account: Account) -> None:
    wanted = client.get("/people/?q=a&sort=name")
    assert wanted["Location"] == "/sign-in/?next=%2Fpeople%2F%3Fq%3Da%26sort%3Dname"
    assert 'value="/people/?q=a&amp;sort=name"' in client.get(wanted["Location"]).content.decode()
    assert sign_in(client, next="/people/?q=a&sort=name")["Location"] == "/people/?q=a&sort=name"


def test_sign_in_never_leads_away(client: Client, account: Account) -> None:
    assert sign_in(client, next="https://example.org/")["Location"] == "/"


def test_sign_in_after_a_lost_post_leads_home(client: Client, account: Account) -> None:
    assert client.post("/accounts/")["Location"] == "/sign-in/"


def test_wrong_password_is_told_without_saying_which_was_wrong(client: Client, account: Account) -> None:
    known, unknown = sign_in(client, "nonsense"), sign_in(client, "nonsense", "nobody-of-this-name")
    assert known.status_code == unknown.status_code == 400
    assert "_auth_user_id" not in client.session


def test_sign_in_is_recorded_and_speaks_the_accounts_language(client: Client, account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(language="en")
    answer = sign_in(client)
    assert answer.cookies["ortoo_language"].value == "en"
    assert AuditEntry.objects.get(verb="sign_in").by_id == account.pk
    assert '<html lang="en"' in client.get("/account/").content.decode()


def test_many_wrong_passwords_lock_the_name_at_this_address_for_a_while(client: Client, account: Account) -> None:
    for _try in range(5):
        answer = sign_in(client, "nonsense")
    assert answer.status_code == 429
    assert sign_in(client).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302


def test_lockout_of_one_name_leaves_others_in(client: Client, account: Account) -> None:
    open_account("clerk-1502", by=SYSTEM, password=OWN, must_change=False)
    for _try in range(5):
        sign_in(client, "nonsense")
    assert sign_in(client, username="clerk-1502").status_code == 302


def test_first_password_has_to_be_changed_before_anything_else(client: Client, account: Account) -> None:
    secret = reset_password(account, by=SYSTEM)
    assert sign_in(client).status_code == 400
    assert sign_in(client, secret).status_code == 302
    assert client.get("/")["Location"] == "/password/"
    said = {"old": secret, "new": "steppe-wind-and-snow", "again": "steppe-wind-and-snow"}
    assert client.post("/password/", said)["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", "steppe-wind-and-snow", "steppe-wind-and-snow"),
        (OWN, "short", "short"),
        (OWN, "clerk-1501x", "clerk-1501x"),
        (OWN, "password123", "password123"),
        (OWN, "steppe-wind-and-snow", "steppe-wind-and-rain"),
    ],
)
def test_password_that_will_not_do_is_explained(
    signed_in: Callable[[Account], Client], account: Account, old: str, new: str, again: str
) -> None:
    answer = signed_in(account).post("/password/", {"old": old, "new": new, "again": again})
    assert answer.status_code == 400
    account.refresh_from_db()
    assert account.check_password(OWN)


def test_changing_the_password_ends_other_sessions_but_not_this_one(
    signed_in: Callable[[Account], Client], account: Account
) -> None:
    here, elsewhere = signed_in(account), signed_in(account)
    here.post("/password/", {"old": OWN, "new": "steppe-wind-and-snow", "again": "steppe-wind-and-snow"})
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_passwords_stand_nowhere_in_the_record(client: Client, account: Account) -> None:
    secret = reset_password(account, by=SYSTEM)
    choose_password(account, secret, "steppe-wind-and-snow", by=account)
    kept = str(list(AuditEntry.objects.values_list("title", "before", "after")))
    assert secret not in kept
    assert "steppe" not in kept


def test_passwords_are_dear_to_guess(account: Account, settings: Any) -> None:
    _of_the_tests, *settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS
    choose_password(account, reset_password(account, by=SYSTEM), "steppe-wind-and-snow", by=account)
    assert Account.objects.get(pk=account.pk).password.startswith("argon2")


def test_sign_out_ends_the_session_and_needs_a_button(signed_in: Callable[[Account], Client], account: Account) -> None:
    client = signed_in(account)
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert client.get("/account/").status_code == 302


def test_shut_account_is_out_at_once(signed_in: Callable[[Account], Client], account: Account) -> None:
    client = signed_in(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert client.get("/account/").status_code == 302
    assert sign_in(client).status_code == 400


def test_part_of_an_open_page_is_not_answered_with_the_sign_in_page(client: Client) -> None:
    whole = client.get("/programmes/")
    part = client.get("/programmes/", headers={"HX-Request": "true"})
    assert (whole.status_code, part.status_code, part.content) == (302, 401, b"")
