"""Programmes, their legs, who runs them, and the duties on each leg: what they are."""

from datetime import date, timedelta
from typing import Literal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import clock
from ortoo.kernel.ids import new_key
from ortoo.people.models import Role, Unit


class Programme(models.Model):
    """A rotation or a tour. `unit` organises it and bounds whose people take part; a rotation is held at `base`."""

    class Kind(models.TextChoices):
        ROTATION = "rotation", _("rotation")
        TOUR = "tour", _("tour")

    class State(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open for returns")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ROTATION)
    title = models.CharField(_("title"), max_length=80)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("organised by"))
    base = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes_held",
        verbose_name=_("training base in"),
    )
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    contact = models.CharField(_("who to ask"), max_length=200, blank=True)
    bring = models.TextField(_("what to bring"), max_length=2000, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "programme"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class Leg(models.Model):
    """A term of a rotation or a stop of a tour: days both inclusive; capacity and beds in persons, empty = no limit."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="legs")
    ordinal = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(200)])
    name = models.CharField(_("name"), max_length=40)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    base = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="legs", verbose_name=_("held in")
    )
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    women_beds = models.PositiveIntegerField(_("beds for women"), null=True, blank=True)
    men_beds = models.PositiveIntegerField(_("beds for men"), null=True, blank=True)

    class Meta:
        db_table = "leg"
        ordering = ["programme_id", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ordinal"], name="leg_ordinal_once"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="leg_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> Literal["done", "running", "next"]:
        """`done`, `running` or `next`, by today's date."""
        today = clock.today()
        if self.ends < today:
            return "done"
        return "running" if self.starts <= today else "next"

    @property
    def days(self) -> int:
        """Length in days, first and last included."""
        return (self.ends - self.starts).days + 1


class ProgrammeRole(models.Model):
    """A role in one programme only: a host of the base, an organiser lent from elsewhere."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="roles")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="programme_roles")
    kind = models.CharField(_("role"), max_length=14, choices=Role.Kind)

    class Meta:
        db_table = "programme_role"
        ordering = ["programme_id", "kind"]
        constraints = [models.UniqueConstraint(fields=["programme", "account", "kind"], name="programme_role_once")]

    def __str__(self) -> str:
        return f"{self.account} {self.get_kind_display()}"


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


class Duty(models.Model):
    """One thing to be done for a leg; due `days_before` days before its first day (negative: after)."""

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="duties")
    title = models.CharField(_("what is to be done"), max_length=200)
    department = models.CharField(_("department"), max_length=80, blank=True)
    days_before = models.SmallIntegerField(_("days before the first day"), default=0)
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
    def due(self) -> date:
        """The day by which it is to be done."""
        return self.leg.starts - timedelta(days=self.days_before)

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_at is None and self.due < clock.today()
