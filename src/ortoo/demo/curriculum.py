"""The modules of the demo's rotations: what the returns say that people lack, most wanted first."""

from collections import Counter

from ortoo.demo.said import said
from ortoo.kernel.actor import Actor
from ortoo.learning.domain.curriculum import ModuleDraft, set_curriculum
from ortoo.programmes.models import Programme


def write_modules(programme: Programme, *, by: Actor) -> None:
    """Every need that is named becomes a module with the same least hours."""
    wanted = Counter(need for needs in programme.nominations.values_list("needs", flat=True) for need in needs)
    asked = said()["curriculum"]
    set_curriculum(programme, asked["hours"], [ModuleDraft(name, asked["least"]) for name, _n in wanted.most_common()], by=by)
