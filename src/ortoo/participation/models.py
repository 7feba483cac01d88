"""Who is nominated for a programme, and who has a place on which leg: what they are."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.people.models import Person
from ortoo.programmes.models import Leg, Programme


class Nomination(models.Model):
    """A person whom their unit sends, with what they asked for.

    `wish` is a leg's ordinal; `blocked` is [[first day, last day], …] as ISO dates, inclusive; `needs` is a list of
    modules' names; `source` names where it came from, such as `delivery:12`.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="nominations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nominations")
    wish = models.PositiveSmallIntegerField(_("asked for leg"), null=True, blank=True)
    blocked = models.JSONField(_("cannot come on"), default=list, blank=True)
    needs = models.JSONField(_("needs"), default=list, blank=True)
    attended = models.BooleanField(_("has attended before"), default=False)
    remark = models.CharField(_("remark"), max_length=400, blank=True)
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "nomination"
        ordering = ["programme_id", "person_id"]
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="nomination_once")]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def blocked_days(self) -> list[tuple[date, date]]:
        """The days on which the person cannot come, as pairs of first and last day."""
        return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.blocked]


class Place(models.Model):
    """A person's published place on a leg: one in a programme. `source` names the plan, such as `plan:7`."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="places")
    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="places")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="places")
    source = models.CharField(max_length=60, blank=True, db_index=True)
    given = models.DateTimeField()

    class Meta:
        db_table = "place"
        ordering = ["leg_id", "person_id"]
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="place_once_per_programme")]

    def __str__(self) -> str:
        return f"{self.person} {self.leg}"
