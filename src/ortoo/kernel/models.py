"""What the kernel keeps: the record of every change, and long work with its progress."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One change: who, when, to what, before and after. Never edited, never deleted by the product."""

    at = models.DateTimeField(_("when"), db_index=True)
    by_id = models.BigIntegerField(null=True, db_index=True)
    by_name = models.CharField(_("who"), max_length=150)
    verb = models.CharField(_("what"), max_length=60, db_index=True)
    noun = models.CharField(_("of what"), max_length=60)
    noun_id = models.CharField(max_length=60)
    title = models.CharField(_("name"), max_length=200, blank=True)
    unit_path = models.CharField(max_length=200, blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        db_table = "audit_entry"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["noun", "noun_id"], name="audit_noun"),
            models.Index(fields=["unit_path"], name="audit_unit_path"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name} {self.verb} {self.title}"


class Job(models.Model):
    """Long work: what, how far, and whether somebody asked it to stop. The row outlives a restart."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    saying = models.CharField(max_length=300, blank=True)
    curve = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    stop_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    created = models.DateTimeField(db_index=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    worker = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "job"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (self.State.DONE, self.State.STOPPED, self.State.FAILED)

    @property
    def percent(self) -> int:
        """How far, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else (100 if self.over else 0)
