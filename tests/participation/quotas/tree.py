"""A tree of quotas for tests: a total of ten, six for one prefecture, of which three for its county."""

from dataclasses import dataclass

from tests.programmes.stage import Stage, account

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.quota import Share, pass_on, set_total
from ortoo.participation.quotas.models import Quota
from ortoo.people.domain.person import PersonDraft, record_persons
from ortoo.people.models import Account, Person, Role
from ortoo.programmes.domain.programme import open_programme


@dataclass
class Tree:
    """The quotas, the clerk of the county, and its people in the order of their staff numbers."""

    stage: Stage
    total: Quota
    prefecture: Quota
    county: Quota
    county_clerk: Account
    people: list[Person]

    @property
    def quotas(self) -> list[Quota]:
        """From the top down, as they are now."""
        for quota in (self.total, self.prefecture, self.county):
            quota.refresh_from_db()
        return [self.total, self.prefecture, self.county]


def build_tree(stage: Stage) -> Tree:
    """Opens the programme if it isn't open, gives quotas, and adds four people to the county; only once."""
    programme = stage.programme
    if programme.quotas.exists():
        return _found(stage)
    if programme.state == "draft":
        open_programme(programme, by=SYSTEM)
    drafts = [PersonDraft(f"0009{n}", f"候选{n}", "女", stage.units["150101001"].pk, "教员") for n in range(4)]
    people = sorted(record_persons(drafts, by=SYSTEM).new, key=lambda person: person.staff_no)
    total = set_total(programme, None, 10, by=SYSTEM)
    pass_on(total, {stage.units["1501"]: Share(6)}, by=SYSTEM)
    prefecture = Quota.objects.get(unit=stage.units["1501"])
    pass_on(prefecture, {stage.units["150101"]: Share(3)}, by=SYSTEM)
    county = Quota.objects.get(unit=stage.units["150101"])
    clerk = account("county", Role.Kind.CLERK, stage.units["150101"])
    return Tree(stage, total, prefecture, county, clerk, people)


def _found(stage: Stage) -> Tree:
    quotas = {quota.unit.code: quota for quota in stage.programme.quotas.select_related("unit", "programme__unit")}
    people = list(Person.objects.filter(staff_no__startswith="0009").select_related("unit").order_by("staff_no"))
    clerk = Account.objects.get(username="county")
    return Tree(stage, quotas["15"], quotas["1501"], quotas["150101"], clerk, people)
