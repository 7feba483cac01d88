"""What the intake keeps: deliveries, their files and rows, problems and decisions, and how to take them back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ortoo.kernel.models import Job
from ortoo.people.models import Unit
from ortoo.programmes.models import Programme


class Delivery(models.Model):
    """One drop of files: returns for a programme, or (without a programme) directories of units.

    `unit` bounds what the files may say: the programme's unit, or the clerk's own. `fingerprint` is a digest of what the
    preview promised; applying anything else is refused. `job` is the last long work on it.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("read, not applied")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("not readable")

    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries")
    number = models.PositiveIntegerField(_("number"))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries")
    by_name = models.CharField(_("who"), max_length=150)
    received = models.DateTimeField(_("received"))
    settled = models.DateTimeField(_("applied or undone"), null=True, blank=True)
    settled_by = models.CharField(max_length=150, blank=True)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    counts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    word = models.CharField(max_length=400, blank=True)

    class Meta:
        db_table = "delivery"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="delivery_number_once"),
            models.UniqueConstraint(fields=["number"], condition=Q(programme__isnull=True), name="directory_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.programme or _('Units')} {self.number}"


class ReturnFile(models.Model):
    """One file as it came. Its bytes lie under `sha256` in the store and are never changed.

    `columns` is [{column, header, field, how}]; `ignored` is [{sheet, why}]; `given` is what somebody corrected about how to
    read it: {sheet, header_row, columns}. `error` says why nothing could be read.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    known_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="return_files")
    sheet = models.CharField(_("sheet"), max_length=120, blank=True)
    header_row = models.PositiveIntegerField(_("header row"), null=True, blank=True)
    columns = models.JSONField(default=list)
    ignored = models.JSONField(default=list)
    given = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "return_file"
        ordering = ["delivery_id", "name", "id"]

    def __str__(self) -> str:
        return self.name


class ReturnRow(models.Model):
    """One person as a file gives them. `said` holds the values; `changes` is {field: [before, after]}."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same")
        HELD = "held", _("held back")
        LEFT = "left", _("left out")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="rows")
    file = models.ForeignKey(ReturnFile, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(_("row"))
    state = models.CharField(_("state"), max_length=10, choices=State)
    staff_no = models.CharField(_("staff number"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)

    class Meta:
        db_table = "return_row"
        ordering = ["id"]
        indexes = [models.Index(fields=["delivery", "state", "id"], name="return_row_state")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.row} {self.name}"


class Decision(models.Model):
    """What somebody decided about one place in one file. Outlives every new reading of that file."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="decisions")
    place = models.CharField(max_length=400)
    choice = models.CharField(max_length=40)
    value = models.CharField(max_length=400, blank=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        db_table = "decision"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["delivery", "place"], name="decision_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.choice}"


class Problem(models.Model):
    """Something in a file that a person has to look at.

    `place` names it across readings: file, sheet, row, column, kind. `choices` are the keys of what can be done;
    `held` says that the row waits until somebody decides.
    """

    class Severity(models.TextChoices):
        HOLD = "hold", _("held back until decided")
        WARN = "warn", _("please check")
        NOTE = "note", _("for information")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="problems")
    file = models.ForeignKey(ReturnFile, null=True, blank=True, on_delete=models.CASCADE, related_name="problems")
    place = models.CharField(max_length=400)
    kind = models.CharField(_("kind"), max_length=40)
    severity = models.CharField(max_length=6, choices=Severity, default=Severity.HOLD)
    sheet = models.CharField(_("sheet"), max_length=120, blank=True)
    row = models.PositiveIntegerField(_("row"), null=True, blank=True)
    column = models.CharField(_("column"), max_length=4, blank=True)
    header = models.CharField(max_length=120, blank=True)
    read = models.CharField(_("read"), max_length=400, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    staff_no = models.CharField(_("staff number"), max_length=20, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    params = models.JSONField(default=dict)
    choices = models.JSONField(default=list)
    choice = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=400, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "problem"
        ordering = ["id"]
        indexes = [models.Index(fields=["delivery", "kind", "id"], name="problem_kind")]
        constraints = [models.UniqueConstraint(fields=["delivery", "place"], name="problem_once")]

    def __str__(self) -> str:
        return self.place


class UnitMapping(models.Model):
    """What a unit's column heads meant last time: {head: field}."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="mapping")
    columns = models.JSONField(default=dict)
    remembered = models.DateTimeField()

    class Meta:
        db_table = "unit_mapping"

    def __str__(self) -> str:
        return str(self.unit)


class ReturnedPerson(models.Model):
    """In which unit's return a nominated person stands: the last file that was applied with them in it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="returned")
    staff_no = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(ReturnFile, on_delete=models.CASCADE, related_name="returned")

    class Meta:
        db_table = "returned_person"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["programme", "staff_no"], name="returned_once")]

    def __str__(self) -> str:
        return self.staff_no


class AppliedChange(models.Model):
    """One line of the journal by which a delivery can be undone: what a field held before and after."""

    class Kind(models.TextChoices):
        ADD = "add", _("added")
        CHANGE = "change", _("changed")
        REMOVE = "remove", _("removed")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="journal")
    noun = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=6, choices=Kind)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    class Meta:
        db_table = "applied_change"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "noun", "key"], name="applied_once"),
            models.CheckConstraint(condition=~Q(key=""), name="applied_has_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.noun} {self.key}"


class TourFile(models.Model):
    """A tour's plan as a workbook that somebody dropped. Its bytes lie under `sha256` in the store and are never changed.

    `journal` is what was applied, in order: [{noun, key, before, after}, …], `before` null for what was new.
    """

    class State(models.TextChoices):
        READY = "ready", _("read, not applied")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("undone")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tour_files")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READY)
    journal = models.JSONField(default=list)
    by_name = models.CharField(_("who"), max_length=150)
    received = models.DateTimeField(_("received"))
    settled = models.DateTimeField(_("applied or undone"), null=True, blank=True)
    settled_by = models.CharField(max_length=150, blank=True)

    class Meta:
        db_table = "tour_file"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="tour_file_number_once")]

    def __str__(self) -> str:
        return self.name
