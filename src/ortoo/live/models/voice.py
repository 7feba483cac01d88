"""What viewers say in a live session: questions and votes for them, answers to polls."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.live.models.session import LiveSession


class Question(models.Model):
    """A viewer's question; nobody sees it before somebody has shown it. `votes` is how many want it answered."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SHOWN = "shown", _("shown")
        CHOSEN = "chosen", _("on the screen")
        ANSWERED = "answered", _("answered")
        HIDDEN = "hidden", _("hidden")

    session = models.ForeignKey(LiveSession, on_delete=models.CASCADE, related_name="questions")
    device = models.CharField(max_length=64)
    client_id = models.CharField(max_length=64)
    text = models.CharField(_("question"), max_length=500)
    name = models.CharField(_("who asks"), max_length=40, blank=True)
    asked = models.DateTimeField(_("asked"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    votes = models.PositiveIntegerField(_("votes"), default=0)

    class Meta:
        db_table = "viewer_question"
        ordering = ["session_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "device", "client_id"], name="live_question_once"),
            models.UniqueConstraint(fields=["session"], condition=models.Q(state="chosen"), name="live_question_chosen_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_public(self) -> bool:
        """Whether viewers see it."""
        return self.state in PUBLIC


#: What viewers see.
PUBLIC = (Question.State.SHOWN, Question.State.CHOSEN, Question.State.ANSWERED)


class Vote(models.Model):
    """A device wants a question answered; once."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="voters")
    device = models.CharField(max_length=64)

    class Meta:
        db_table = "viewer_vote"
        ordering = ["question_id", "id"]
        constraints = [models.UniqueConstraint(fields=["question", "device"], name="live_vote_once")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.device}"


class Poll(models.Model):
    """Something that all are asked; `choices` is a list of 2 to 8 short texts."""

    class State(models.TextChoices):
        DRAFT = "draft", _("not asked yet")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    session = models.ForeignKey(LiveSession, on_delete=models.CASCADE, related_name="polls")
    text = models.CharField(_("what is asked"), max_length=200)
    choices = models.JSONField(_("choices"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    shows_result = models.BooleanField(_("result shown"), default=False)

    class Meta:
        db_table = "poll"
        ordering = ["session_id", "id"]

    def __str__(self) -> str:
        return self.text


class PollAnswer(models.Model):
    """What one device answers, its last word; `choice` counts from 0."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="answers")
    device = models.CharField(max_length=64)
    choice = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "poll_answer"
        ordering = ["poll_id", "id"]
        constraints = [models.UniqueConstraint(fields=["poll", "device"], name="poll_answer_once")]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.choice}"
