"""Quotas of units, requests for more, candidates, deadlines, sheets that came back: what they are."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ortoo.people.models import Person, Unit
from ortoo.programmes.models import Leg, Programme


class Quota(models.Model):
    """How many people a unit may send to a programme, or (with `leg`) to one of its terms.

    `given` is what the unit holds: `passed` of it went on to units below, `filled` is taken by its own candidates, the
    rest is `free`. `above` is the quota out of which it was given; the programme's own unit holds the total and has none.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="quotas")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="quotas", verbose_name=_("unit"))
    leg = models.ForeignKey(Leg, null=True, blank=True, on_delete=models.CASCADE, related_name="quotas", verbose_name=_("term"))
    above = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="below")
    given = models.PositiveIntegerField(_("quota"), default=0)
    passed = models.PositiveIntegerField(_("passed on"), default=0)
    filled = models.PositiveIntegerField(_("filled by own people"), default=0)

    class Meta:
        db_table = "quota"
        ordering = ["programme_id", "leg_id", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "unit", "leg"], name="quota_once_per_term"),
            models.UniqueConstraint(fields=["programme", "unit"], condition=Q(leg=None), name="quota_once"),
            models.CheckConstraint(condition=Q(given__gte=F("passed") + F("filled")), name="quota_never_exceeded"),
        ]

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def used(self) -> int:
        """How many of them are passed on or filled."""
        return self.passed + self.filled

    @property
    def free(self) -> int:
        """How many the unit still has in hand."""
        return self.given - self.used


class QuotaRequest(models.Model):
    """A unit asks for more; whoever gave its quota grants some or refuses, with words. One open request a quota."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    quota = models.ForeignKey(Quota, on_delete=models.CASCADE, related_name="requests")
    count = models.PositiveIntegerField(_("asked for more"))
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    granted = models.PositiveIntegerField(_("granted"), default=0)
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "quota_request"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["quota"], condition=Q(state="open"), name="quota_request_open_once")]

    def __str__(self) -> str:
        return f"{self.quota} +{self.count}"


class Candidate(models.Model):
    """A person whom a unit puts forward against its quota; once confirmed, a nomination.

    A candidate who was sent back takes no quota; `word` says why. `instead_of` is whom the person replaces; `said` is what
    an earlier nomination held (its fields by name), for the case that they are nominated again.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        CONFIRMED = "confirmed", _("confirmed")
        SENT_BACK = "sent_back", _("sent back")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="candidates")
    quota = models.ForeignKey(Quota, on_delete=models.CASCADE, related_name="candidates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidates")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    word = models.CharField(_("remark"), max_length=200, blank=True)
    instead_of = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)

    class Meta:
        db_table = "candidate"
        ordering = ["quota_id", "person_id"]
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="candidate_once")]
        indexes = [models.Index(fields=["quota", "state"], name="candidate_quota_state")]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def counts(self) -> bool:
        """Whether the person takes one of the unit's quota."""
        return self.state != self.State.SENT_BACK


class QuotaDeadline(models.Model):
    """Until when units put people forward and substitute them; an organiser may afterwards too. Empty: no end."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="quota_deadline")
    fill_until = models.DateTimeField(_("put forward until"), null=True, blank=True)
    substitute_until = models.DateTimeField(_("substitute until"), null=True, blank=True)

    class Meta:
        db_table = "quota_deadline"
        constraints = [
            models.CheckConstraint(
                condition=Q(substitute_until=None) | Q(fill_until=None) | Q(substitute_until__gte=F("fill_until")),
                name="quota_deadlines_in_order",
            )
        ]

    def __str__(self) -> str:
        return str(self.programme)


class QuotaSheet(models.Model):
    """A unit's sheet that came back: `said` holds what differs in it, `journal` what applying it changed.

    `said`: {"add": [staff number], "drop": […], "shares": {unit code: [before, after]}, "wrong": [[line, text, why]]}.
    """

    class Kind(models.TextChoices):
        CANDIDATES = "candidates", _("candidates")
        SHARES = "shares", _("quotas of units below")

    class State(models.TextChoices):
        READ = "read", _("read, not applied")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("undone")

    quota = models.ForeignKey(Quota, on_delete=models.CASCADE, related_name="sheets")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("file"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READ)
    said = models.JSONField(default=dict)
    journal = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150)

    class Meta:
        db_table = "quota_sheet"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
