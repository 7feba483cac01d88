"""Rules, plans, who is where in them, and when they were published: what they are."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.ids import new_key
from ortoo.kernel.models import Job
from ortoo.people.models import Person
from ortoo.programmes.models import Leg, Programme


class Rules(models.Model):
    """A rotation's rules. `hard` and `cost` have the shape of the tables of rules.toml; capacity and beds stand with the legs.

    `version` counts the changes; `earlier` keeps the last twenty as [{version, hard, cost, at, by}].
    """

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="rules")
    hard = models.JSONField(default=dict)
    cost = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    earlier = models.JSONField(default=list)

    class Meta:
        db_table = "rules"

    def __str__(self) -> str:
        return f"{self.programme} {self.version}"


class Plan(models.Model):
    """One answer to who goes when: its cost, the proved bound, who found it, and the rules it was made by. `optimal` without a bound:
    none costs less in which those who stand against a rule by name keep their terms.

    `stamp` is another one whenever anybody's place in the plan changes, so that nothing is answered from an older state.
    `parent` is the plan that it began from; `asked` is what it was asked for beyond the programme's rules and terms, see
    `domain.asked`, and `before` what is changed by it: the rules {hard, cost} that `parent` was made by, and {ordinal: {field: value}} of the programme's terms.
    """

    class Origin(models.TextChoices):
        PLANNED = "planned", _("planned")
        WHAT_IF = "what_if", _("what if")
        AGAIN = "again", _("planned again")
        BY_HAND = "by_hand", _("changed by hand")

    class State(models.TextChoices):
        SOLVING = "solving", _("being planned")
        SOLVED = "solved", _("ready")
        INFEASIBLE = "infeasible", _("not possible")
        STOPPED = "stopped", _("stopped without a plan")
        FAILED = "failed", _("failed")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REPLACED = "replaced", _("replaced")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.SOLVING)
    seed = models.PositiveIntegerField(default=0)
    seconds_allowed = models.PositiveIntegerField(default=60)
    rules = models.JSONField(default=dict)
    cost = models.BigIntegerField(_("cost"), null=True, blank=True)
    bound = models.BigIntegerField(_("bound"), null=True, blank=True)
    optimal = models.BooleanField(_("proved best"), default=False)
    engine = models.CharField(max_length=20, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    collision = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    stamp = models.CharField(max_length=12, default=new_key, editable=False)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.PLANNED)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    asked = models.JSONField(default=dict)
    before = models.JSONField(default=dict)

    class Meta:
        db_table = "plan"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="plan_number_once"),
            models.UniqueConstraint(fields=["programme"], condition=models.Q(state="published"), name="plan_published_once"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"

    @property
    def left_out(self) -> int:
        """How many persons have no place in it."""
        return int(self.counts.get("people", 0)) - int(self.counts.get("placed", 0))

    @property
    def source(self) -> str:
        """The name under which its places are known."""
        return f"plan:{self.pk}"


class Basis(models.Model):
    """What a plan was made from: the solver's problem as JSON, compressed. Nominations and terms may change afterwards;
    the plan's reasons speak of what was known when it was made."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="basis")
    problem = models.BinaryField()

    class Meta:
        db_table = "plan_basis"

    def __str__(self) -> str:
        return str(self.plan)


class PlanPlace(models.Model):
    """Where a plan puts a person; without a leg it leaves them out; `reasons` is {language: sentence}."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="planned")
    leg = models.ForeignKey(Leg, null=True, blank=True, on_delete=models.CASCADE, related_name="planned")
    wish_met = models.BooleanField(null=True)
    reasons = models.JSONField(default=dict)

    class Meta:
        db_table = "plan_place"
        ordering = ["plan_id", "person_id"]
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="plan_place_once")]
        indexes = [models.Index(fields=["plan", "leg"], name="plan_place_leg")]

    def __str__(self) -> str:
        return f"{self.person} {self.leg or ''}"


class Exemption(models.Model):
    """That a person stands in a plan against a rule: which, as {language: sentence}, who allowed it and why."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="exemptions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    leg = models.ForeignKey(Leg, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    broken = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)

    class Meta:
        db_table = "plan_exemption"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.person} {self.reason}"


class Publication(models.Model):
    """That a plan was told to the units, and when it was withdrawn again or replaced. `replaces` is the plan published
    before it, where only the differences were told; `changed` how many people they concern; `days` the terms' first and last
    days as they were told, ordinal → [ISO text, ISO text]."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="publications")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150)
    places = models.PositiveIntegerField()
    replaces = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed = models.PositiveIntegerField(default=0)
    days = models.JSONField(default=dict)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "publication"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.plan} {self.at:%Y-%m-%d}"


class RoutePlan(models.Model):
    """A tour's route as it was adopted: `route` and `before` are [{leg, day, hall}], with names for the history.

    `asked` is what it was asked for; `km` and `bound` in kilometres by road. Once taken back it only tells what was.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="route_plans")
    number = models.PositiveIntegerField(_("number"))
    asked = models.JSONField(default=dict)
    route = models.JSONField(default=list)
    before = models.JSONField(default=list)
    km = models.FloatField(_("kilometres"))
    bound = models.FloatField()
    optimal = models.BooleanField(_("proved best"), default=False)
    changes = models.PositiveIntegerField()
    adopted = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    taken_back = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "route_plan"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="route_plan_number_once")]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"
