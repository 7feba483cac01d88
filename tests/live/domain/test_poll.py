"""Polls and questions, as the moderator turns them."""

import pytest
from django.utils import timezone

from ortoo.kernel.actor import SYSTEM
from ortoo.live.domain import poll as verbs
from ortoo.live.domain.question import QuestionIsSo, move_question
from ortoo.live.models import LiveSession, PollAnswer, Question
from ortoo.live.queries import results_of

pytestmark = pytest.mark.django_db


def ask(session: LiveSession, text: str = "怎么做到的?") -> Question:
    return Question.objects.create(session=session, device="d-1", client_id=text, text=text, asked=timezone.now())


def test_poll_wants_a_text_and_two_to_eight_different_choices(session: LiveSession) -> None:
    for text, choices in (("", ["一", "二"]), ("问", ["一", "一", " "]), ("问", [str(n) for n in range(9)])):
        with pytest.raises(verbs.ChoicesMissing):
            verbs.make_poll(session, text, choices, by=SYSTEM)
    assert verbs.make_poll(session, "问", [" 一 ", "二", "二"], by=SYSTEM).choices == ["一", "二"]


def test_result_counts_by_choice(session: LiveSession) -> None:
    poll = verbs.make_poll(session, "问", ["一", "二", "三"], by=SYSTEM)
    PollAnswer.objects.bulk_create(PollAnswer(poll=poll, device=str(n), choice=2 * (n > 0)) for n in range(3))
    assert results_of([poll])[poll.pk] == [1, 0, 2]


def test_poll_turned_as_it_is_refused(session: LiveSession) -> None:
    poll = verbs.make_poll(session, "问", ["一", "二"], by=SYSTEM)
    verbs.open_poll(poll, by=SYSTEM)
    with pytest.raises(verbs.PollIsSo):
        verbs.open_poll(poll, by=SYSTEM)
    verbs.show_result(poll, by=SYSTEM)
    verbs.close_poll(poll, by=SYSTEM)
    poll.refresh_from_db()
    assert (poll.state, poll.shows_result) == ("closed", True)


def test_only_one_question_is_on_the_screen(session: LiveSession) -> None:
    first, second = ask(session, "一"), ask(session, "二")
    move_question(first, "chosen", by=SYSTEM)
    move_question(second, "chosen", by=SYSTEM)
    first.refresh_from_db()
    assert (first.state, second.state) == ("shown", "chosen")
    with pytest.raises(QuestionIsSo):
        move_question(second, "chosen", by=SYSTEM)
