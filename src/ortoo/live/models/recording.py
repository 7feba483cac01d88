"""What was recorded of a live session: one row for each connection of the hall's encoder; the files lie in the hub's folder."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.models import Job
from ortoo.live.models.session import LiveSession


class Recording(models.Model):
    """A file `name` in the folder of `channel`; `size` in bytes, `seconds` once it has been measured.

    `kept` ones are never removed by themselves. `shown`: whoever has the viewers' link may watch it; for that it becomes a file
    that browsers play, which `job` makes and `replay_size` tells, 0 before it is there.
    """

    session = models.ForeignKey(LiveSession, on_delete=models.CASCADE, related_name="recordings")
    channel = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    begun = models.DateTimeField(_("begun"))
    size = models.PositiveBigIntegerField(_("size"), default=0)
    seconds = models.PositiveIntegerField(_("length"), null=True, blank=True)
    kept = models.BooleanField(_("kept"), default=False)
    shown = models.BooleanField(_("shown to viewers"), default=False)
    replay_size = models.PositiveBigIntegerField(default=0)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "recording"
        ordering = ["session_id", "begun", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "channel", "name"], name="recording_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def replay_name(self) -> str:
        """The file that browsers play."""
        return self.name.replace("recording-", "replay-").replace(".ts", ".mp4")
