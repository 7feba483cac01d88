"""The modules of a rotation and the hours of a term that they share: what they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ortoo.programmes.models import Programme


class Curriculum(models.Model):
    """How many lesson hours each term of a rotation has to share out among its modules."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="curriculum")
    hours = models.PositiveSmallIntegerField(_("lesson hours of a term"))

    class Meta:
        db_table = "curriculum"

    def __str__(self) -> str:
        return str(self.programme)


class Module(models.Model):
    """Something that is taught. `least` hours it gets on every term; people name it as what they lack (`Nomination.needs`)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="modules")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(_("module"), max_length=40)
    least = models.PositiveSmallIntegerField(_("least hours"), default=0)

    class Meta:
        db_table = "module"
        ordering = ["programme_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="module_once")]

    def __str__(self) -> str:
        return self.name
