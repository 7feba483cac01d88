"""Programmes, their legs and who runs them: what they are."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import clock
from ortoo.kernel.ids import new_key
from ortoo.people.models import Role, Unit

if TYPE_CHECKING:
    from ortoo.programmes.models.hall import Hall


class Programme(models.Model):
    """A rotation or a tour. `unit` organises it and bounds whose people take part.

    A rotation is held at `base`; a tour lies between its days `starts` and `ends`, both inclusive.
    """

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
    starts = models.DateField(_("not before"), null=True, blank=True)
    ends = models.DateField(_("not after"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    contact = models.CharField(_("who to ask"), max_length=200, blank=True)
    bring = models.TextField(_("what to bring"), max_length=2000, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "programme"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="tour") | models.Q(starts__isnull=False, ends__gte=models.F("starts")),
                name="tour_has_days",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_tour(self) -> bool:
        """Whether its legs are stops."""
        return self.kind == self.Kind.TOUR


class Leg(models.Model):
    """A term of a rotation or a stop of a tour: days both inclusive; capacity and beds in persons, empty = no limit.

    A stop without a day yet is not `settled`; then `starts` and `ends` are those of its tour.
    """

    class Mark(models.TextChoices):
        NONE = "", _("anywhere")
        FIRST = "first", _("first stop")
        LAST = "last", _("last stop")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="legs")
    ordinal = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(200)])
    name = models.CharField(_("name"), max_length=40)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    settled = models.BooleanField(_("day settled"), default=True)
    mark = models.CharField(_("place on the route"), max_length=5, choices=Mark, default=Mark.NONE, blank=True)
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
            models.UniqueConstraint(
                fields=["programme", "mark"], condition=models.Q(mark__in=["first", "last"]), name="leg_mark_once"
            ),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="leg_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> Literal["done", "running", "next"]:
        """`done`, `running` or `next`, by today's date; what has no day yet is still to come."""
        if not self.settled:
            return "next"
        today = clock.today()
        if self.ends < today:
            return "done"
        return "running" if self.starts <= today else "next"

    @property
    def day(self) -> date | None:
        """The day of a stop, None while it is not settled."""
        return self.starts if self.settled else None

    @property
    def hall(self) -> "Hall | None":
        """The hall chosen for a stop; reads `halls`, so prefetch them for a list."""
        return next((hall for hall in self.halls.all() if hall.chosen), None)

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
