"""Units, persons, accounts, roles and tokens: what they are."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """A node of the tree region > prefecture > county > station.

    `path` holds the codes from the root: /150000/150100/150102/.
    """

    class Kind(models.TextChoices):
        REGION = "region", _("region")
        PREFECTURE = "prefecture", _("prefecture")
        COUNTY = "county", _("county")
        STATION = "station", _("station")
        OFFICE = "office", _("office")

    code = models.CharField(_("unit code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("higher unit"),
    )
    path = models.CharField(max_length=200, unique=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)

    class Meta:
        db_table = "unit"
        ordering = ["path"]
        indexes = [models.Index(fields=["name"], name="unit_name")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(path__startswith="/") & models.Q(path__endswith="/"),
                name="unit_path_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def holds(self, path: str) -> bool:
        """Whether the unit at `path` is this unit or below it."""
        return path.startswith(self.path)


class Person(models.Model):
    """Somebody who takes part, teaches, speaks or clerks; with no more about them than that needs."""

    class Sex(models.TextChoices):
        WOMAN = "女", _("woman")
        MAN = "男", _("man")

    staff_no = models.CharField(_("staff number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="persons", verbose_name=_("unit"))
    post = models.CharField(_("post"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("languages"), max_length=40, blank=True)
    diet = models.CharField(_("diet"), max_length=40, blank=True)
    notes = models.CharField(_("notes"), max_length=400, blank=True)
    search = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        db_table = "person"
        ordering = ["staff_no"]
        indexes = [models.Index(fields=["unit", "staff_no"], name="person_unit_staff_no")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(staff_no=""), name="person_has_staff_no"),
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A sign-in. What it may do follows from its roles."""

    username = models.CharField(_("sign-in name"), max_length=150, unique=True)
    title = models.CharField(_("shown as"), max_length=80, blank=True)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="account")
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("has to choose a new password"), default=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "account"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.title or self.username


class Role(models.Model):
    """What an account is, and for which part of the tree."""

    class Kind(models.TextChoices):
        ORGANISER = "organiser", _("organiser")
        CLERK = "clerk", _("unit clerk")
        HOST = "host", _("host")
        PARTICIPANT = "participant", _("participant")
        ADMINISTRATOR = "administrator", _("administrator")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=14, choices=Kind)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="roles", verbose_name=_("unit"))

    class Meta:
        db_table = "role"
        ordering = ["account_id", "kind", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "unit"], name="role_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False) | models.Q(kind__in=["participant", "administrator"]),
                name="role_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit or ''}".strip()


class ApiToken(models.Model):
    """A key for programs, with its account's rights. Only the SHA-256 of the key is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    title = models.CharField(_("what it is for"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField()
    expires = models.DateTimeField(_("valid until"), null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "api_token"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
