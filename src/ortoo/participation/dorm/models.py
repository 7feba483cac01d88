"""Rooms of a base, beds of a term, wishes, and every step that can be taken back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.models import Job
from ortoo.people.models import Person, Unit
from ortoo.programmes.models import Leg

MOST_BEDS = 4


class DormRoom(models.Model):
    """A room at a base with 1 to 4 beds, for women, for men, or (`sex` empty) for whoever comes into it first."""

    base = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dorm_rooms", verbose_name=_("base"))
    building = models.CharField(_("building"), max_length=20, blank=True)
    floor = models.SmallIntegerField(_("floor"), default=1)
    number = models.CharField(_("room"), max_length=12)
    beds = models.PositiveSmallIntegerField(_("beds"), default=2)
    sex = models.CharField(_("for"), max_length=1, choices=Person.Sex, blank=True)

    class Meta:
        db_table = "dorm_room"
        ordering = ["base_id", "building", "floor", "number"]
        constraints = [
            models.UniqueConstraint(fields=["base", "building", "number"], name="dorm_room_once"),
            models.CheckConstraint(condition=Q(beds__gte=1, beds__lte=MOST_BEDS), name="dorm_room_beds"),
        ]

    def __str__(self) -> str:
        return f"{self.building} {self.number}".strip()


class Rooming(models.Model):
    """How the rooms of a term are given: by which rule for colleagues, at what cost, whether told to the participants.

    `cost` and `bound` are the solver's, None after a change by hand, when only the judge speaks, and `bound` also where the
    solver was to move as few as can be: then `moved` says how many. What is proved holds only while `basis`, a digest of
    people, wishes, rooms and who is fixed, is still what it was.
    """

    class Colleagues(models.TextChoices):
        FREE = "free", _("does not matter")
        APART = "apart", _("apart")
        TOGETHER = "together", _("together")

    leg = models.OneToOneField(Leg, on_delete=models.CASCADE, related_name="rooming")
    colleagues = models.CharField(_("colleagues of one station"), max_length=8, choices=Colleagues, default=Colleagues.FREE)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    solving = models.BooleanField(default=False)
    cost = models.IntegerField(null=True, blank=True)
    bound = models.IntegerField(null=True, blank=True)
    optimal = models.BooleanField(default=False)
    seconds = models.FloatField(null=True, blank=True)
    moved = models.PositiveIntegerField(null=True, blank=True)
    basis = models.CharField(max_length=64, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "rooming"
        ordering = ["leg_id"]

    def __str__(self) -> str:
        return str(self.leg)


class Bed(models.Model):
    """Who sleeps in which bed of which room during a term. A `fixed` one stays when the rooms are given anew."""

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="beds")
    room = models.ForeignKey(DormRoom, on_delete=models.RESTRICT, related_name="taken")
    number = models.PositiveSmallIntegerField(_("bed"))
    place = models.OneToOneField("participation.Place", on_delete=models.CASCADE, related_name="bed")
    fixed = models.BooleanField(_("fixed"), default=False)

    class Meta:
        db_table = "bed"
        ordering = ["leg_id", "room_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["leg", "room", "number"], name="bed_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=MOST_BEDS), name="bed_number"),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.number}"


class RoomStep(models.Model):
    """How the beds of a term stood before a change: [[place, room, number, fixed], …]; taken back from the latest on."""

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="room_steps")
    verb = models.CharField(max_length=20)
    before = models.JSONField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)

    class Meta:
        db_table = "room_step"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.verb


class RoomWish(models.Model):
    """What a participant says of themselves for the night; forgotten once the term is over."""

    class Rhythm(models.TextChoices):
        NONE = "", _("neither")
        EARLY = "early", _("early to bed, early up")
        LATE = "late", _("late to bed")

    place = models.OneToOneField("participation.Place", on_delete=models.CASCADE, related_name="room_wish")
    snores = models.BooleanField(_("snores"), default=False)
    rhythm = models.CharField(_("rhythm"), max_length=5, choices=Rhythm, blank=True)
    wanted = models.ForeignKey("participation.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="wanted_by")

    class Meta:
        db_table = "room_wish"
        ordering = ["place_id"]
        constraints = [models.CheckConstraint(condition=~Q(wanted=F("place")), name="room_wish_not_oneself")]

    def __str__(self) -> str:
        return str(self.place)
