"""What is told on a tour, its script, its rehearsals, and who tells it at which stop: what they are."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.programmes.models.programme import Leg, Programme
from ortoo.programmes.models.speaker import Speaker


class Talk(models.Model):
    """What one speaker tells: whose story it is (`story`, and by name in `whose`), how long it is planned to take."""

    class Story(models.TextChoices):
        OWN = "own", _("their own")
        MENTOR = "mentor", _("their mentor's")
        COLLEAGUE = "colleague", _("a colleague's")
        COMRADE = "comrade", _("a comrade's")
        OTHER = "other", _("somebody else's")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="talks")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="talks", verbose_name=_("speaker"))
    title = models.CharField(_("title"), max_length=80)
    story = models.CharField(_("whose story"), max_length=10, choices=Story, default=Story.OWN)
    whose = models.CharField(_("of whom"), max_length=60, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1), MaxValueValidator(240)])
    language = models.CharField(_("languages"), max_length=40, blank=True)

    class Meta:
        db_table = "talk"
        ordering = ["programme_id", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "title"], name="talk_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def seconds(self) -> int:
        """How long it may take."""
        return 60 * self.minutes


class Script(models.Model):
    """One version of a talk's script; the newest counts, and it may be spoken once somebody has signed it off."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="scripts")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("script"), max_length=20_000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="scripts")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="scripts_signed"
    )

    class Meta:
        db_table = "script"
        ordering = ["talk_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["talk", "number"], name="script_number_once")]

    def __str__(self) -> str:
        return f"{self.talk} {self.number}"


class ScriptComment(models.Model):
    """What somebody says of a version."""

    script = models.ForeignKey(Script, on_delete=models.CASCADE, related_name="comments")
    text = models.CharField(_("comment"), max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="script_comments")

    class Meta:
        db_table = "script_comment"
        ordering = ["script_id", "id"]

    def __str__(self) -> str:
        return self.text


class Rehearsal(models.Model):
    """A talk tried out: how long it took, and what the coach says; `teller` may be the understudy."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="rehearsals")
    teller = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="rehearsals", verbose_name=_("who told it"))
    day = models.DateField(_("day"))
    seconds = models.PositiveIntegerField(_("time taken"), validators=[MinValueValidator(1)])
    coach = models.CharField(_("coach"), max_length=60, blank=True)
    notes = models.CharField(_("coaching notes"), max_length=1000, blank=True)

    class Meta:
        db_table = "rehearsal"
        ordering = ["talk_id", "-day", "-id"]

    def __str__(self) -> str:
        return f"{self.talk} {self.day}"


class Appearance(models.Model):
    """A talk in the running order of a stop; `teller` is its speaker or whoever steps in there."""

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="appearances")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="appearances")
    teller = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="appearances", verbose_name=_("told by"))
    position = models.PositiveSmallIntegerField(_("number"))
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)

    class Meta:
        db_table = "appearance"
        ordering = ["leg_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["leg", "talk"], name="appearance_once")]

    def __str__(self) -> str:
        return str(self.talk)

    @property
    def stood_in(self) -> bool:
        """Whether somebody else tells it here than its speaker."""
        return self.teller_id != self.talk.speaker_id
