"""Who is nominated, who has a place on which leg, which delegation has which seats, who came in at which door."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.ids import new_key
from ortoo.participation.dorm.models import Bed, DormRoom, Rooming, RoomStep, RoomWish  # noqa: F401
from ortoo.participation.quotas.models import Candidate, Quota, QuotaDeadline, QuotaRequest, QuotaSheet  # noqa: F401
from ortoo.people.models import Person, Unit
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


class Delegation(models.Model):
    """Who comes to a stop together: `asked` seats are wanted, `given` of them are theirs; what is lacking waits.

    `priority` 1 is served before 2. Of those asked for, `wheelchairs` come in a wheelchair, and `companions` sit beside one of them
    (at most one each). `unit` is whose clerks claim and fill the seats; without it the organiser does.
    """

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="delegations")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("class"), max_length=40, blank=True)
    asked = models.PositiveIntegerField(_("seats asked for"), default=0)
    priority = models.PositiveSmallIntegerField(_("priority"), default=3)
    wheelchairs = models.PositiveIntegerField(_("of these in wheelchairs"), default=0)
    companions = models.PositiveIntegerField(_("companions of these"), default=0)
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("unit")
    )
    given = models.PositiveIntegerField(_("seats given"), default=0)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="delegations_claimed"
    )

    class Meta:
        db_table = "delegation"
        ordering = ["leg_id", "priority", "id"]
        constraints = [
            models.UniqueConstraint(fields=["leg", "name"], name="delegation_once"),
            models.CheckConstraint(condition=models.Q(given__lte=models.F("asked")), name="delegation_given_within_asked"),
            models.CheckConstraint(
                condition=models.Q(wheelchairs__lte=models.F("asked") - models.F("companions")),
                name="delegation_wheelchairs_within",
            ),
            models.CheckConstraint(
                condition=models.Q(companions__lte=models.F("wheelchairs")), name="delegation_companion_has_wheelchair"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waiting(self) -> int:
        """How many seats it still waits for."""
        return self.asked - self.given


class Seat(models.Model):
    """One seat of a delegation, its `number`-th; `row` from the stage and `place` from the left once it lies in the hall.

    `need`: it is for somebody in a wheelchair and lies on a wheelchair place, or for who comes with them and lies beside one.
    `holder` is who sits there; `serial` counts the tickets of this seat: with another holder the old ticket is void.
    `printed` is the row and the place that its ticket showed when it was last printed ("12-7"); empty where it showed none.
    """

    class Need(models.TextChoices):
        NONE = "", ""
        WHEELCHAIR = "wheelchair", _("wheelchair place")
        COMPANION = "companion", _("wheelchair companion")

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="seats")
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveIntegerField(_("number"))
    row = models.PositiveSmallIntegerField(_("row"), null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    need = models.CharField(_("need"), max_length=10, choices=Need, blank=True)
    holder = models.CharField(_("name"), max_length=60, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    serial = models.PositiveSmallIntegerField(_("ticket"), default=1)
    printed = models.CharField(_("place on the ticket"), max_length=12, blank=True)

    class Meta:
        db_table = "seat"
        ordering = ["delegation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["delegation", "number"], name="seat_number_once"),
            models.UniqueConstraint(fields=["leg", "row", "place"], name="seat_taken_once"),
            models.CheckConstraint(
                condition=models.Q(row=None, place=None) | models.Q(row__isnull=False, place__isnull=False),
                name="seat_place_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} {self.number}"

    @property
    def at(self) -> str:
        """Row and place as `printed` keeps them; empty before the hall is laid out."""
        return f"{self.row}-{self.place}" if self.row else ""

    @property
    def printed_elsewhere(self) -> bool:
        """Whether its ticket, when last printed, showed another place than it has now."""
        return bool(self.printed) and self.printed != self.at


class Door(models.Model):
    """A door of a stop's hall. `key` and `link_number` make its secret link; a shut one opens nothing and takes nothing."""

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="doors", verbose_name=_("stop"))
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name of the door"), max_length=40)
    link_number = models.PositiveSmallIntegerField(default=1, editable=False)
    shut_at = models.DateTimeField(_("shut"), null=True, blank=True)
    last_heard = models.DateTimeField(_("last heard"), null=True, blank=True)

    class Meta:
        db_table = "door"
        ordering = ["leg_id", "id"]
        constraints = [models.UniqueConstraint(fields=["leg", "name"], name="door_once")]

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """One line of a door's log; lines are only ever added. Who is in is counted from distinct tickets, never from lines.

    `ticket` is the ticket's number without its signature, such as 1204-1; what is no ticket of ours stays in `code`.
    `door_clock` is the time as the door had it, `offset_ms` how far our clock was ahead when the line came, `happened` both
    together and never later than `received`. A line of kind undo takes back the line `undoes` of the same door.
    """

    class Kind(models.TextChoices):
        TICKET = "ticket", _("ticket")
        WALK_IN = "walk_in", _("without a ticket")
        UNDO = "undo", _("taken back")

    class Verdict(models.TextChoices):
        NONE = "", ""
        VALID = "valid", _("valid")
        REPLACED = "replaced", _("returned or replaced")
        OTHER = "other", _("for another stop")
        UNKNOWN = "unknown", _("not known")

    door = models.ForeignKey(Door, on_delete=models.RESTRICT, related_name="scans")
    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="scans")
    client_id = models.CharField(max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.SET_NULL, related_name="scans")
    ticket = models.CharField(_("ticket"), max_length=24, blank=True)
    picked = models.BooleanField(_("found by name"), default=False)
    code = models.CharField(_("code"), max_length=80, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    note = models.CharField(_("remark"), max_length=120, blank=True)
    undoes = models.CharField(max_length=40, blank=True)
    said = models.CharField(_("answer at the door"), max_length=10, blank=True)
    door_clock = models.DateTimeField(_("time at the door"))
    offset_ms = models.BigIntegerField(_("clock behind (ms)"), default=0)
    happened = models.DateTimeField(_("when"))
    received = models.DateTimeField(_("received"))

    class Meta:
        db_table = "scan"
        ordering = ["happened", "id"]
        indexes = [
            models.Index(fields=["leg", "ticket", "happened"], name="scan_ticket"),
            models.Index(fields=["leg", "received"], name="scan_received"),
            models.Index(fields=["door", "undoes"], name="scan_undoes"),
        ]
        constraints = [models.UniqueConstraint(fields=["door", "client_id"], name="scan_once")]

    def __str__(self) -> str:
        return self.ticket or self.name or self.code


class CalendarLink(models.Model):
    """The secret link by which an account's calendar program reads its days; `number` counts the links made.

    `reads` counts what was asked for since `minute`, so that a program that asks too often can be told.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_link")
    number = models.PositiveIntegerField(default=1)
    active = models.BooleanField(default=True)
    made = models.DateTimeField()
    minute = models.DateTimeField(null=True, blank=True)
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "calendar_link"
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.account)


class CalendarEntry(models.Model):
    """One entry as the calendar program last read it: what was `said`, how often that changed, whether it is off."""

    link = models.ForeignKey(CalendarLink, on_delete=models.CASCADE, related_name="entries")
    uid = models.CharField(max_length=120)
    said = models.JSONField()
    sequence = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField()
    cancelled = models.BooleanField(default=False)

    class Meta:
        db_table = "calendar_entry"
        ordering = ["link_id", "uid"]
        constraints = [models.UniqueConstraint(fields=["link", "uid"], name="calendar_entry_once")]

    def __str__(self) -> str:
        return self.uid
