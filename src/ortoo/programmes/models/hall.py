"""The halls in which a stop can be held: what they are."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.programmes.models.programme import Leg


class Hall(models.Model):
    """A hall that a stop's host offers: its seats and the days on which it is free; at most one is chosen.

    `free` is a list of ISO dates. `rows` is its plan from the stage backwards: for each row the seats of each part
    between two aisles, [[8, 14, 8], …]; empty while nobody has drawn it. `wheelchairs` are those of its places at which a
    wheelchair stands instead of a seat, as [row, place] from 1; they are counted in `rows` and in `seats`.
    """

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="halls")
    name = models.CharField(_("name"), max_length=80)
    seats = models.PositiveIntegerField(_("seats"))
    free = models.JSONField(_("free on"), default=list, blank=True)
    rows = models.JSONField(_("plan of the rows"), default=list, blank=True)
    wheelchairs = models.JSONField(_("wheelchair places"), default=list, blank=True)
    chosen = models.BooleanField(_("chosen"), default=False)
    remark = models.CharField(_("remark"), max_length=400, blank=True)

    class Meta:
        db_table = "hall"
        ordering = ["leg_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["leg", "name"], name="hall_once"),
            models.UniqueConstraint(fields=["leg"], condition=models.Q(chosen=True), name="hall_chosen_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def free_days(self) -> list[date]:
        """The days on which it is free, in order."""
        return sorted(date.fromisoformat(day) for day in self.free)

    @property
    def wheelchair_places(self) -> list[tuple[int, int]]:
        """(row, place) of every wheelchair place, row by row."""
        return sorted((row, place) for row, place in self.wheelchairs)

    def room_for(self, wheelchairs: int) -> int:
        """How many people have room when so many come in wheelchairs: a wheelchair place without a wheelchair stays free."""
        return self.seats - max(0, len(self.wheelchairs) - wheelchairs)

    def free_on(self, day: date) -> bool:
        """Whether it is free on that day."""
        return day.isoformat() in self.free
