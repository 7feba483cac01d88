"""What outcomes are kept: messages to speakers, and written reflections; both are read by somebody before others see them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.ids import new_key
from ortoo.people.models import Person, Unit
from ortoo.programmes.models import Leg

LONGEST_MESSAGE = 1000
LONGEST_REFLECTION = 4000


class Moderated(models.Model):
    """A text that an organiser reads before others do."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be read")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("kept back")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)

    class Meta:
        abstract = True


class MessageDesk(models.Model):
    """Where anybody may write to the speakers of a stop: a link, while it is open."""

    leg = models.OneToOneField(Leg, on_delete=models.CASCADE, related_name="message_desk", verbose_name=_("stop"))
    key = models.CharField(max_length=12, unique=True, default=new_key)
    is_open = models.BooleanField(_("takes messages"), default=True)

    class Meta:
        db_table = "message_desk"
        ordering = ["leg_id"]

    def __str__(self) -> str:
        return str(self.leg)


class Addressee(models.Model):
    """Somebody at a stop to whom one may write. With a `person` they read on their own page, otherwise by a link of their own."""

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="addressees", verbose_name=_("stop"))
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    name = models.CharField(_("shown as"), max_length=60)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="addressed", verbose_name=_("person")
    )

    class Meta:
        db_table = "addressee"
        ordering = ["leg_id", "id"]
        constraints = [models.UniqueConstraint(fields=["leg", "name"], name="addressee_once")]

    def __str__(self) -> str:
        return self.name


class SpeakerMessage(Moderated):
    """A message to one speaker of a stop, or (without addressee) to all of them. Text, never markup.

    `browser` and `origin` (a digest of the address) only bound how much one sender writes; after an hour they are emptied.
    """

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="messages", verbose_name=_("stop"))
    addressee = models.ForeignKey(
        Addressee, null=True, blank=True, on_delete=models.PROTECT, related_name="messages", verbose_name=_("to whom")
    )
    text = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    signed = models.CharField(_("signed"), max_length=40, blank=True)
    place = models.CharField(_("where from"), max_length=60, blank=True)
    may_quote = models.BooleanField(_("may be quoted"), default=False)
    client_id = models.CharField(max_length=40)
    sent = models.DateTimeField(_("sent"))
    browser = models.CharField(max_length=24, blank=True)
    origin = models.CharField(max_length=24, blank=True)

    class Meta:
        db_table = "speaker_message"
        ordering = ["-id"]
        indexes = [models.Index(fields=["leg", "state"], name="message_leg_state")]
        constraints = [models.UniqueConstraint(fields=["leg", "client_id"], name="message_once")]

    def __str__(self) -> str:
        return f"{self.leg} {self.pk}"


class Reflection(Moderated):
    """What somebody of a unit wrote about a stop or term, and whether it may be quoted."""

    class Consent(models.TextChoices):
        NO = "no", _("not to be quoted")
        UNNAMED = "unnamed", _("may be quoted without my name")
        NAMED = "named", _("may be quoted with my name")

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="reflections", verbose_name=_("stop or term"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reflections", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reflections", verbose_name=_("unit"))
    text = models.TextField(_("reflection"), max_length=LONGEST_REFLECTION)
    consent = models.CharField(_("consent"), max_length=10, choices=Consent, default=Consent.NO)
    written = models.DateTimeField(_("written"))
    written_by = models.CharField(_("written down by"), max_length=150)
    by_self = models.BooleanField(default=False)

    class Meta:
        db_table = "reflection"
        ordering = ["-id"]
        indexes = [models.Index(fields=["leg", "state"], name="reflection_leg_state")]
        constraints = [models.UniqueConstraint(fields=["leg", "person"], name="reflection_once")]

    def __str__(self) -> str:
        return f"{self.leg} {self.person}"

    @property
    def may_quote(self) -> bool:
        """Whether its author agreed to be quoted at all."""
        return self.consent != self.Consent.NO

    @property
    def whose(self) -> str:
        """Unit and name where the author agreed to be named, else empty."""
        return f"{self.unit.name} {self.person.name}" if self.consent == self.Consent.NAMED else ""
