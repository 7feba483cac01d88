"""The duties of each leg, the list that they are copied from, and what was learned: what they are."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import clock
from ortoo.programmes.models.programme import Leg, Programme


class DutyTemplate(models.Model):
    """One thing that every leg of a programme needs; copied to the legs as a `Duty`."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="duty_template")
    title = models.CharField(_("what is to be done"), max_length=200)
    department = models.CharField(_("department"), max_length=80, blank=True)
    days_before = models.SmallIntegerField(_("days before the first day"), default=0)

    class Meta:
        db_table = "duty_template"
        ordering = ["programme_id", "-days_before", "id"]
        constraints = [models.UniqueConstraint(fields=["programme", "title"], name="duty_template_once")]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """What was learned at a stop; `carried_to` is the stop whose checklist it was written into, None for none yet."""

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="lessons")
    text = models.CharField(_("what to do differently"), max_length=200)
    department = models.CharField(_("department"), max_length=80, blank=True)
    days_before = models.SmallIntegerField(_("days before the first day"), default=1)
    carried_to = models.ForeignKey(
        Leg, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons_carried", verbose_name=_("carried to")
    )
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="lessons")

    class Meta:
        db_table = "lesson"
        ordering = ["leg_id", "id"]
        constraints = [models.UniqueConstraint(fields=["leg", "text"], name="lesson_once")]

    def __str__(self) -> str:
        return self.text


class Duty(models.Model):
    """One thing to be done for a leg; due `days_before` days before its first day (negative: after).

    `owner` is who answers for it; `lesson` what was learned elsewhere and led to it.
    """

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="duties")
    title = models.CharField(_("what is to be done"), max_length=200)
    department = models.CharField(_("department"), max_length=80, blank=True)
    days_before = models.SmallIntegerField(_("days before the first day"), default=0)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="duties_owned",
        verbose_name=_("who answers for it"),
    )
    lesson = models.ForeignKey(Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="duties")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="duties_done"
    )
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        db_table = "duty"
        ordering = ["leg_id", "-days_before", "id"]
        constraints = [models.UniqueConstraint(fields=["leg", "title"], name="duty_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def due(self) -> date | None:
        """The day by which it is to be done; None while the leg has no day."""
        return self.leg.starts - timedelta(days=self.days_before) if self.leg.settled else None

    @property
    def relative(self) -> str:
        """Its day as counted from the first day of the leg: D−14, D, D+1."""
        return f"D{'−' if self.days_before > 0 else '+'}{abs(self.days_before)}" if self.days_before else "D"

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_at is None and self.due is not None and self.due < clock.today()
