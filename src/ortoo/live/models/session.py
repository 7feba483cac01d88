"""A stop's live session: what it is now, who was there, and how far the hub's book has been read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.ids import new_key
from ortoo.programmes.models import Appearance, Leg


class LiveSession(models.Model):
    """The live session of a stop; `key` and `link_number` make its links and its channel.

    `change` counts what was changed that viewers see, `told` up to which change they know it: what differs waits for
    the hub. `names_told` are the topics and counters that the hub holds on `channel_told`. `stage_seconds` is how long
    the talk on stage may take. `films`: picture and sound are wanted; `picture` is how they are: live, holding, empty for none.
    The last four numbers say what the lines are planned for (`domain.lines`).
    """

    leg = models.OneToOneField(Leg, on_delete=models.CASCADE, related_name="live_session", verbose_name=_("stop"))
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    link_number = models.PositiveSmallIntegerField(default=1, editable=False)
    opened = models.DateTimeField(_("opened"), null=True, blank=True)
    closed = models.DateTimeField(_("closed"), null=True, blank=True)
    on_stage = models.ForeignKey(Appearance, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stage_since = models.DateTimeField(null=True, blank=True)
    stage_seconds = models.PositiveIntegerField(default=0)
    films = models.BooleanField(_("picture and sound"), default=False)
    picture = models.CharField(max_length=10, blank=True, editable=False)
    viewers_expected = models.PositiveIntegerField(_("single viewers expected"), default=0)
    picture_kbit = models.PositiveIntegerField(_("picture and sound, kbit/s"), default=900)
    line_mbit = models.PositiveIntegerField(_("our line out, Mbit/s"), default=100)
    cache_mbit = models.PositiveIntegerField(_("line out of one cache, Mbit/s"), default=1000)
    notice = models.CharField(_("notice"), max_length=200, blank=True)
    change = models.PositiveBigIntegerField(default=1, editable=False)
    told = models.PositiveBigIntegerField(default=0, editable=False)
    names_told = models.JSONField(default=list, editable=False)
    channel_told = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        db_table = "stop_session"
        ordering = ["leg_id"]
        constraints = [
            models.UniqueConstraint(fields=["films"], condition=models.Q(films=True), name="stop_session_films_once"),
            models.CheckConstraint(
                condition=models.Q(closed=None) | models.Q(opened__isnull=False), name="live_session_opened_before_closed"
            ),
        ]

    def __str__(self) -> str:
        return str(self.leg)

    @property
    def channel(self) -> str:
        """The hub's name for it; a new link is a new channel."""
        return f"{self.key}-{self.link_number}"

    @property
    def is_open(self) -> bool:
        """Whether it runs now."""
        return self.opened is not None and self.closed is None

    @property
    def moment(self) -> str:
        """Whether it is before, during or after: at which of a site's counts of heads it stands."""
        return "after" if self.closed else "during" if self.opened else "before"


class Caption(models.Model):
    """One line of what was said on stage, as somebody typed it."""

    session = models.ForeignKey(LiveSession, on_delete=models.CASCADE, related_name="captions")
    text = models.CharField(_("line"), max_length=200)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)

    class Meta:
        db_table = "caption"
        ordering = ["session_id", "id"]

    def __str__(self) -> str:
        return self.text


class Device(models.Model):
    """A single viewer's browser that was there; not a head."""

    session = models.ForeignKey(LiveSession, on_delete=models.CASCADE, related_name="devices")
    name = models.CharField(max_length=64)
    first_seen = models.DateTimeField()

    class Meta:
        db_table = "stop_device"
        ordering = ["session_id", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="live_device_once")]

    def __str__(self) -> str:
        return self.name


class Reaction(models.Model):
    """How often viewers of a session sent one reaction."""

    session = models.ForeignKey(LiveSession, on_delete=models.CASCADE, related_name="reactions")
    name = models.CharField(max_length=16)
    times = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "reaction"
        ordering = ["session_id", "-times", "name"]
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="reaction_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.times}"


class HeardThrough(models.Model):
    """The number of the last row of a book of the hub whose content is in the house."""

    book = models.CharField(max_length=64, unique=True)
    row = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "heard_through"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.book} {self.row}"
