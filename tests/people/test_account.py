"""What happens to accounts, roles and keys, and who looks after which."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.programmes.stage import Stage

from ortoo.kernel import clock
from ortoo.kernel.actor import SYSTEM
from ortoo.kernel.models import AuditEntry
from ortoo.people.domain import account as accounts
from ortoo.people.domain.token import account_of, digest, end_token, make_token
from ortoo.people.models import Account, ApiToken, Role
from ortoo.people.queries import accounts_visible_to

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account], Client]


def test_open_account_refuses_a_name_that_is_taken(stage: Stage) -> None:
    with pytest.raises(accounts.NameTaken):
        accounts.open_account("clerk", by=SYSTEM)


def test_new_passwords_differ_and_have_no_letters_that_are_misread() -> None:
    made = {accounts.new_password() for _number in range(100)}
    assert len(made) == 100
    assert not set("".join(made)) & set("01ilo")


def test_last_administrator_stays(stage: Stage) -> None:
    role = stage.administrator.roles.get()
    with pytest.raises(accounts.LastAdministrator):
        accounts.take_role(role, by=SYSTEM)
    with pytest.raises(accounts.LastAdministrator):
        accounts.let_sign_in(stage.administrator, False, by=SYSTEM)
    accounts.give_role(stage.organiser, Role.Kind.ADMINISTRATOR, None, by=SYSTEM)
    accounts.take_role(role, by=SYSTEM)
    assert not stage.administrator.roles.exists()


def test_administrator_who_is_shut_does_not_count(stage: Stage) -> None:
    accounts.give_role(stage.organiser, Role.Kind.ADMINISTRATOR, None, by=SYSTEM)
    accounts.let_sign_in(stage.organiser, False, by=SYSTEM)
    with pytest.raises(accounts.LastAdministrator):
        accounts.let_sign_in(stage.administrator, False, by=SYSTEM)


def test_role_needs_its_unit_and_is_given_once(stage: Stage) -> None:
    with pytest.raises(accounts.RoleNeedsUnit):
        accounts.give_role(stage.clerk, Role.Kind.HOST, None, by=SYSTEM)
    accounts.give_role(stage.clerk, Role.Kind.CLERK, stage.units["1501"], by=SYSTEM)
    assert stage.clerk.roles.count() == 1
    assert not AuditEntry.objects.filter(verb="give_role").exists()


def test_organiser_looks_after_accounts_below_its_unit_only(stage: Stage) -> None:
    seen = set(accounts_visible_to(stage.organiser).values_list("username", flat=True))
    assert seen == {"clerk", "other", "host", "participant"}
    below, _secret = accounts.open_account("second", by=SYSTEM)
    accounts.give_role(below, Role.Kind.ORGANISER, stage.units["1502"], by=SYSTEM)
    assert set(accounts_visible_to(below).values_list("username", flat=True)) == {"other", "host"}
    accounts.give_role(stage.other_clerk, Role.Kind.CLERK, stage.units["1501"], by=SYSTEM)
    assert set(accounts_visible_to(below).values_list("username", flat=True)) == {"host"}


def test_organiser_cannot_make_organisers_or_administrators(stage: Stage, signed_in: SignedIn) -> None:
    for kind in ("organiser", "administrator"):
        said = {"username": f"new-{kind}", "kind": kind, "unit": "1501"}
        assert signed_in(stage.organiser).post("/accounts/", said).status_code == 400
    assert not Account.objects.filter(username__startswith="new-").exists()


def test_organiser_gives_roles_only_for_units_it_organises(stage: Stage, signed_in: SignedIn) -> None:
    second, _secret = accounts.open_account("second", by=SYSTEM, must_change=False)
    accounts.give_role(second, Role.Kind.ORGANISER, stage.units["1502"], by=SYSTEM)
    accounts.give_role(second, Role.Kind.CLERK, stage.units["1501"], by=SYSTEM)
    said = {"username": "new", "kind": "clerk", "unit": "1501"}
    assert signed_in(second).post("/accounts/", said).status_code == 400
    assert signed_in(second).post("/accounts/", said | {"unit": "1502"}).status_code == 200


def test_account_page_shows_the_first_password_once(stage: Stage, signed_in: SignedIn) -> None:
    answer = signed_in(stage.organiser).post("/accounts/", {"username": "new", "kind": "clerk", "unit": "1501"})
    secret = answer.context["secret"]
    made = Account.objects.get(username="new")
    assert secret in answer.content.decode()
    assert made.check_password(secret)
    assert made.must_change_password


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "participant"}, "staff_no"),
        ({"kind": "participant", "staff_no": "999999"}, "staff_no"),
        ({"kind": "clerk"}, "unit"),
        ({"kind": "clerk", "unit": "9999"}, "unit"),
        ({"kind": "clerk", "unit": "1501", "username": "clerk"}, "__all__"),
        ({"kind": "clerk", "unit": "1501", "username": "a b"}, "username"),
    ],
)
def test_account_that_cannot_be_is_explained_at_its_field(
    stage: Stage, signed_in: SignedIn, said: dict[str, str], field: str
) -> None:
    answer = signed_in(stage.organiser).post("/accounts/", {"username": "new", **said})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_clerks_of_all_counties_come_as_a_sheet_that_signs_in(stage: Stage, signed_in: SignedIn) -> None:
    accounts.open_account("u150201", by=SYSTEM)
    answer = signed_in(stage.organiser).post("/accounts/clerks/", {"kind": "county"})
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)[1:]
    assert [row[:3] for row in rows] == [("150101", "甲东区", "u150101"), ("150201", "乙西旗", "u150201-2")]
    made = Account.objects.get(username="u150101")
    assert made.check_password(rows[0][3])
    assert made.roles.get().unit == stage.units["150101"]
    assert AuditEntry.objects.get(verb="download").after == {"what": "first passwords", "accounts": 2}
    assert rows[0][3] not in str(list(AuditEntry.objects.values_list("after", flat=True)))


def test_clerks_that_exist_are_not_made_twice(stage: Stage) -> None:
    units = [stage.units["150101"], stage.units["1501"]]
    assert len(accounts.open_clerks(units, by=SYSTEM)) == 1
    assert accounts.open_clerks(units, by=SYSTEM) == []


def test_list_of_accounts_takes_as_many_queries_for_many(
    stage: Stage, signed_in: SignedIn, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    accounts.open_clerks(list(stage.units.values()), by=SYSTEM)
    client = signed_in(stage.organiser)
    with django_assert_max_num_queries(12):
        client.get("/accounts/")


def test_token_opens_until_it_ends(stage: Stage) -> None:
    token, secret = make_token(stage.clerk, "roster", by=stage.clerk)
    assert account_of(secret) == stage.clerk
    assert account_of("ortoo_wrong") is None
    assert token.digest == digest(secret) != secret
    end_token(token, by=stage.clerk)
    assert account_of(secret) is None


def test_token_expires_and_falls_with_its_account(stage: Stage) -> None:
    _token, short = make_token(stage.clerk, "a", by=stage.clerk, expires=clock.now() + timedelta(hours=1))
    with clock.held_at(clock.now() + timedelta(hours=2)):
        assert account_of(short) is None
    accounts.let_sign_in(stage.clerk, False, by=SYSTEM)
    assert account_of(short) is None


def test_token_notes_its_use_once_a_minute(stage: Stage, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    _token, secret = make_token(stage.clerk, "roster", by=stage.clerk)
    account_of(secret)
    first = ApiToken.objects.get().last_used
    with django_assert_num_queries(1):
        account_of(secret)
    with clock.held_at(clock.now() + timedelta(minutes=2)):
        account_of(secret)
    assert ApiToken.objects.get().last_used > first


def test_token_is_shown_once_and_recorded_without_its_secret(stage: Stage, signed_in: SignedIn) -> None:
    client = signed_in(stage.clerk)
    secret = client.post("/account/", {"title": "roster"}).context["secret"]
    assert secret not in client.get("/account/").content.decode()
    assert secret not in str(list(AuditEntry.objects.values_list("after", flat=True)))
    assert client.post(f"/account/tokens/{ApiToken.objects.get().pk}/stop/").status_code == 302
    assert account_of(secret) is None
