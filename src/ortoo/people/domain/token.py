"""What happens to the keys of programs."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.people.models import Account, ApiToken

PREFIX = "ortoo_"


@transaction.atomic
def make_token(account: Account, title: str, *, by: Actor, expires: datetime | None = None) -> tuple[ApiToken, str]:
    """Make a key with the account's rights; gives it once, only its digest is kept."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(account=account, title=title, digest=digest(secret), created=clock.now(), expires=expires)
    audit.record("make_token", token, by=by, after={"title": title, "expires": expires})
    return token, secret


@transaction.atomic
def end_token(token: ApiToken, *, by: Actor) -> None:
    """Make a key worthless."""
    audit.record("end_token", token, by=by, before={"title": token.title})
    token.delete()


def account_of(secret: str) -> Account | None:
    """The account that a key speaks for, unless it has ended; notes its use at most once a minute."""
    token = ApiToken.objects.select_related("account").filter(digest=digest(secret)).first()
    moment = clock.now()
    if token is None or (token.expires and token.expires <= moment) or not token.account.is_active:
        return None
    if token.last_used is None or moment - token.last_used > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(last_used=moment)
    return token.account


def digest(secret: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(secret.encode()).hexdigest()
