"""What happens to a rotation's modules and hours, and to what people say they lack."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortoo.kernel import audit
from ortoo.kernel.actor import Actor
from ortoo.kernel.refused import Refused
from ortoo.learning.models import Curriculum, Module
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.models import Nomination
from ortoo.programmes.models import Programme


class ModuleTwice(Refused):
    sentence = _("%(module)s stands twice.")


class HoursTooFew(Refused):
    sentence = _("The modules' least hours are %(least)s together, more than the %(hours)s of a term.")


class NoSuchModule(Refused):
    sentence = _("%(module)s is no module of %(programme)s.")


class NeedsClosed(Refused):
    sentence = _("%(programme)s is closed; what people lack stays as it was said.")


@dataclass(frozen=True)
class ModuleDraft:
    """A module and the hours that it gets on every term in any case."""

    name: str
    least: int = 0


@transaction.atomic
def set_curriculum(programme: Programme, hours: int, modules: Sequence[ModuleDraft], *, by: Actor) -> bool:
    """Make these the programme's modules, in this order, and these the hours of a term. Returns whether anything differed."""
    _demand_sound(hours, modules)
    found = Curriculum.objects.filter(programme=programme).first() or Curriculum(programme=programme, hours=0)
    old = list(programme.modules.all())
    before = {"hours": found.hours, "modules": [asdict(ModuleDraft(each.name, each.least)) for each in old]}
    after = {"hours": hours, "modules": [asdict(module) for module in modules]}
    if before == after:
        return False
    found.hours = hours
    found.save()
    programme.modules.all().delete()
    rows = [Module(programme=programme, ordinal=n, name=module.name, least=module.least) for n, module in enumerate(modules, 1)]
    Module.objects.bulk_create(rows, batch_size=200)
    audit.record("set_curriculum", found, by=by, before=before, after=after, unit_path=programme.unit.path)
    return True


@transaction.atomic
def say_needs(nomination: Nomination, modules: Sequence[str], *, by: Actor) -> bool:
    """Say which modules somebody lacks; words of a return that are no module stay. Returns whether anything differed."""
    programme = nomination.programme
    if programme.state == Programme.State.CLOSED:
        raise NeedsClosed(programme=programme.title)
    known = list(programme.modules.values_list("name", flat=True))
    if strange := [name for name in modules if name not in known]:
        raise NoSuchModule(module=strange[0], programme=programme.title)
    others = [word for word in nomination.needs if word not in known]
    needs = [name for name in known if name in modules] + others
    if set(needs) == set(nomination.needs):
        return False
    draft = NominationDraft(nomination.person, nomination.wish, nomination.blocked, needs, nomination.attended, nomination.remark)
    nominate(programme, [draft], by=by)
    return True


def _demand_sound(hours: int, modules: Sequence[ModuleDraft]) -> None:
    names = [module.name for module in modules]
    for name in names:
        if names.count(name) > 1:
            raise ModuleTwice(module=name)
    if (least := sum(module.least for module in modules)) > hours:
        raise HoursTooFew(least=least, hours=hours)
