"""Who speaks on a tour: what they are."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.people.models import Person, Unit
from ortoo.programmes.models.programme import Programme


class Speaker(models.Model):
    """Somebody of our own people (`person`), or a guest with a name of their own.

    `blocked` is [[first day, last day], …] as ISO dates, inclusive; `understudy` steps in on those days. `phone` is a
    guest's only: our own people have theirs in the directory.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="speaks", verbose_name=_("person")
    )
    name = models.CharField(_("name of a guest"), max_length=60, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="speakers", verbose_name=_("comes from")
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("languages"), max_length=40, blank=True)
    blocked = models.JSONField(_("cannot come on"), default=list, blank=True)
    understudy = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="stands_in_for", verbose_name=_("understudy")
    )
    remark = models.CharField(_("remark"), max_length=400, blank=True)

    class Meta:
        db_table = "speaker"
        ordering = ["programme_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "person"], name="speaker_once"),
            models.CheckConstraint(condition=models.Q(person__isnull=False) ^ ~models.Q(name=""), name="speaker_is_somebody"),
            models.CheckConstraint(condition=~models.Q(understudy=models.F("id")), name="speaker_not_own_understudy"),
        ]

    def __str__(self) -> str:
        return self.person.name if self.person else self.name

    @property
    def blocked_days(self) -> list[tuple[date, date]]:
        """The days on which they cannot come, as pairs of first and last day."""
        return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.blocked]

    def blocked_on(self, day: date | None) -> bool:
        """Whether they cannot come on that day; no day blocks nobody."""
        return day is not None and any(first <= day <= last for first, last in self.blocked_days)
