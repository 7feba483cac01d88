"""What happens to requests for a larger quota: asked, granted in full or in part, refused, taken back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit, clock
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.participation.domain.quota import NothingAbove, Share, demand_under_way, locked, pass_on
from ortoo.participation.quotas.models import Quota, QuotaRequest

State = QuotaRequest.State


class AskedAlready(Refused):
    sentence = _("%(unit)s has asked already and waits for an answer.")


class AnsweredAlready(Refused):
    sentence = _("This request is answered already.")


class NothingAsked(Refused):
    sentence = _("Say how many more, and why.")


class NeedsWords(Refused):
    sentence = _("Say why, so that the unit knows.")


@transaction.atomic
def ask_for_more(quota: Quota, count: int, reason: str, *, by: Actor) -> QuotaRequest:
    """Ask whoever gave the quota for `count` more."""
    demand_under_way(quota.programme)
    if quota.above_id is None:
        raise NothingAbove(unit=quota.unit)
    if count < 1 or not reason.strip():
        raise NothingAsked
    try:
        with transaction.atomic():
            asked = quota.requests.create(count=count, reason=reason.strip(), at=clock.now(), by_name=by.get_username())
    except IntegrityError as error:
        raise AskedAlready(unit=quota.unit) from error
    _note("ask_for_more", asked, {"count": count}, by)
    return asked


@transaction.atomic
def grant(asked: QuotaRequest, count: int, words: str, *, by: Actor) -> None:
    """Give as many of those asked for as is right, out of what the unit above has in hand."""
    quota = asked.quota
    asked = _open(asked)
    if not 0 < count <= asked.count:
        raise NothingAsked
    assert quota.above is not None, "only who has somebody above asks"
    locked([quota.above])
    pass_on(quota.above, {quota.unit: Share(locked([quota])[0].given + count)}, by=by)
    asked.granted = count
    _answer(asked, State.GRANTED, words, by)


@transaction.atomic
def refuse(asked: QuotaRequest, words: str, *, by: Actor) -> None:
    """Say no, and why."""
    if not words.strip():
        raise NeedsWords
    _answer(_open(asked), State.REFUSED, words, by)


@transaction.atomic
def take_request_back(asked: QuotaRequest, *, by: Actor) -> None:
    """The unit no longer asks."""
    asked = _open(asked)
    _note("take_request_back", asked, {"count": asked.count}, by)
    asked.delete()


def _open(asked: QuotaRequest) -> QuotaRequest:
    """The request as it is now, held until the transaction ends; refused once it is answered or gone."""
    rows = QuotaRequest.objects.select_for_update(of=("self",)).select_related("quota__unit", "quota__programme")
    found = rows.filter(pk=asked.pk, state=State.OPEN).first()
    if found is None:
        raise AnsweredAlready
    demand_under_way(found.quota.programme)
    return found


def _answer(asked: QuotaRequest, state: str, words: str, by: Actor) -> None:
    asked.state, asked.answer = state, words.strip()
    asked.answered, asked.answered_by = clock.now(), by.get_username()
    asked.save()
    verb = "grant_request" if state == State.GRANTED else "refuse_request"
    _note(verb, asked, {"granted": asked.granted, "answer": asked.answer}, by)


def _note(verb: str, asked: QuotaRequest, after: dict[str, object], by: Actor) -> None:
    audit.record(verb, asked, by=by, after=after, unit_path=asked.quota.unit.path)
