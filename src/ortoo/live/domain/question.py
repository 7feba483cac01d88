"""What the moderator does with viewers' questions."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.live.domain.session import mark_changed
from ortoo.live.models import Question


class QuestionIsSo(Refused):
    sentence = _("The question is %(state)s already.")


@transaction.atomic
def move_question(question: Question, state: str, *, by: Actor) -> None:
    """Show, hide, choose for the screen or mark as answered; the one that was chosen before goes back among those shown."""
    # The session's row is locked, so that two moderators choose one after the other.
    type(question.session).objects.select_for_update().get(pk=question.session_id)
    question.refresh_from_db(fields=["state"])
    before = question.state
    if before == state:
        raise QuestionIsSo(state=question.get_state_display())
    if state == Question.State.CHOSEN:
        question.session.questions.filter(state=Question.State.CHOSEN).update(state=Question.State.SHOWN)
    question.state = state
    question.save(update_fields=["state"])
    mark_changed(question.session)
    leg = question.session.leg
    audit.record(
        "move_question", question, by=by, before={"state": before}, after={"state": state}, unit_path=leg.programme.unit.path
    )
