"""What viewing sites are and what comes from them; the ledger of reach."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.ids import new_key
from ortoo.people.models import Unit
from ortoo.programmes.models import Leg


class Audience(models.TextChoices):
    """Who is reached; `mixed` where nobody told them apart."""

    STAFF = "staff", _("staff")
    AUXILIARY = "auxiliary", _("auxiliaries")
    CADET = "cadet", _("cadets")
    RECRUIT = "recruit", _("recruits")
    GUEST = "guest", _("guests")
    PUBLIC = "public", _("the public")
    WALK_IN = "walk_in", _("walk-ins")
    MIXED = "mixed", _("not told apart")


class ViewingSite(models.Model):
    """A room with screens where people watch a stop together; one person in charge reports through a secret link.

    `key` and `link_number` make the link; `last_heard` is when its page last said anything.
    """

    class Screen(models.TextChoices):
        OFF = "off", _("not on yet")
        ON = "on", _("on screen")
        TROUBLE = "trouble", _("in trouble")
        OVER = "over", _("over")

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="viewing_sites", verbose_name=_("stop"))
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name of the site"), max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="viewing_sites", verbose_name=_("unit"))
    place = models.CharField(_("where it is"), max_length=120, blank=True)
    person_in_charge = models.CharField(_("person in charge"), max_length=40)
    contact = models.CharField(_("telephone"), max_length=40)
    screens = models.PositiveSmallIntegerField(_("screens"), default=1)
    expected = models.PositiveIntegerField(_("heads expected"), default=0)
    audience = models.CharField(_("who comes"), max_length=10, choices=Audience, default=Audience.MIXED)
    link_number = models.PositiveSmallIntegerField(default=1, editable=False)
    last_heard = models.DateTimeField(_("last heard"), null=True, blank=True)
    screen = models.CharField(_("screen"), max_length=10, choices=Screen, default=Screen.OFF)
    screen_note = models.CharField(_("what is wrong"), max_length=200, blank=True)

    class Meta:
        db_table = "viewing_site"
        ordering = ["leg_id", "unit__path", "name"]
        constraints = [
            models.UniqueConstraint(fields=["leg", "unit", "name"], name="viewing_site_once"),
            models.CheckConstraint(condition=models.Q(screens__gte=1), name="viewing_site_has_screen"),
        ]

    def __str__(self) -> str:
        return self.name


class LineTest(models.Model):
    """One test of a site's line: round trip in milliseconds, speed in kbit/s, or what the person in charge saw."""

    class Verdict(models.TextChoices):
        GOOD = "good", _("good")
        WEAK = "weak", _("weak")
        BAD = "bad", _("bad")

    site = models.ForeignKey(ViewingSite, on_delete=models.CASCADE, related_name="line_tests")
    client_id = models.CharField(max_length=40)
    taken = models.DateTimeField(_("when"))
    latency_ms = models.PositiveIntegerField(_("round trip (ms)"), null=True, blank=True)
    lost = models.PositiveSmallIntegerField(_("without answer"), null=True, blank=True)
    tried = models.PositiveSmallIntegerField(_("tries"), null=True, blank=True)
    kbit_s = models.PositiveIntegerField(_("speed (kbit/s)"), null=True, blank=True)
    seen = models.CharField(_("how it looked"), max_length=10, choices=Verdict, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)

    class Meta:
        db_table = "line_test"
        ordering = ["site_id", "-taken", "-id"]
        constraints = [models.UniqueConstraint(fields=["site", "client_id"], name="line_test_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.get_verdict_display()}"


class HeadCount(models.Model):
    """One count of heads at a site. Of each moment the newest that isn't struck counts; moments are never added up."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before the start")
        DURING = "during", _("during")
        AFTER = "after", _("after the end")

    site = models.ForeignKey(ViewingSite, on_delete=models.CASCADE, related_name="head_counts")
    client_id = models.CharField(max_length=40)
    moment = models.CharField(_("moment"), max_length=10, choices=Moment)
    heads = models.PositiveIntegerField(_("heads"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    counted = models.DateTimeField(_("counted at"))
    received = models.DateTimeField(_("received"))
    by_name = models.CharField(_("who"), max_length=150)
    struck = models.DateTimeField(_("struck out"), null=True, blank=True)
    struck_why = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        db_table = "head_count"
        ordering = ["site_id", "counted", "id"]
        constraints = [models.UniqueConstraint(fields=["site", "client_id"], name="head_count_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.get_moment_display()} {self.heads}"


class SitePhotograph(models.Model):
    """A photograph from a site, made anew by us without what cameras write into it; `may_show`: those on it agreed."""

    site = models.ForeignKey(ViewingSite, on_delete=models.CASCADE, related_name="photographs")
    client_id = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(_("what it shows"), max_length=200, blank=True)
    may_show = models.BooleanField(_("may be shown"), default=False)
    received = models.DateTimeField(_("received"))

    class Meta:
        db_table = "site_photograph"
        ordering = ["site_id", "id"]
        constraints = [models.UniqueConstraint(fields=["site", "client_id"], name="site_photograph_once")]

    def __str__(self) -> str:
        return self.caption or f"{self.site} {self.pk}"


class Provenance(models.TextChoices):
    """Where a figure comes from. Devices are not heads, and what is estimated nobody counted."""

    SCANNED = "scanned", _("scanned at a door")
    REPORTED = "reported", _("reported by a site")
    DEVICES = "devices", _("single viewers' devices")
    ESTIMATED = "estimated", _("estimated")


class ReachEntry(models.Model):
    """One figure of the ledger: how many of whom, at which stop, and how that is known.

    A figure that is fed from elsewhere has a `reference` ("site:…"); the newest of a reference stands, the one before it is
    taken back and says by which it was replaced. Nothing is ever changed in place or deleted.
    """

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="reach", verbose_name=_("stop"))
    provenance = models.CharField(_("how it is known"), max_length=10, choices=Provenance)
    audience = models.CharField(_("group of people"), max_length=10, choices=Audience, default=Audience.MIXED)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="reach", verbose_name=_("unit"))
    number = models.PositiveIntegerField(_("how many"))
    source = models.CharField(_("source"), max_length=200)
    reference = models.CharField(max_length=60, blank=True)
    site = models.ForeignKey(ViewingSite, null=True, blank=True, on_delete=models.RESTRICT, related_name="reach")
    entered = models.DateTimeField(_("entered"))
    entered_by = models.CharField(_("who"), max_length=150)
    taken_back = models.DateTimeField(_("taken back"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=200, blank=True)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces")

    class Meta:
        db_table = "reach_entry"
        ordering = ["leg_id", "id"]
        indexes = [models.Index(fields=["leg", "provenance"], name="reach_leg_provenance")]
        constraints = [
            models.UniqueConstraint(
                fields=["leg", "reference"],
                condition=models.Q(taken_back=None) & ~models.Q(reference=""),
                name="reach_reference_stands_once",
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="reach_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_provenance_display()} {self.number}"
