"""Who sees which quotas: asked programme by programme, and over all of them at once."""

import pytest
from tests.participation.quotas.tree import Tree, build_tree
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.quotas.models import Quota
from ortoo.participation.quotas.permissions import may_see_quotas
from ortoo.participation.quotas.queries import quotas_opened_by, quotas_visible_to
from ortoo.people.models import Account
from ortoo.programmes.domain.role import give_role, take_role
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import visible_to


@pytest.fixture
def tree(stage: Stage) -> Tree:
    return build_tree(stage)


def step_by_step(account: Account) -> set[int]:
    """The quotas of every rotation that the account opens and whose quotas it may see."""
    programmes = [each for each in visible_to(account) if not each.is_tour and may_see_quotas(account, each)]
    return {quota.pk for programme in programmes for quota in quotas_visible_to(account, programme)}


def at_once(account: Account) -> set[int]:
    return {quota.pk for quota in quotas_opened_by(account)}


@pytest.mark.parametrize("state", Programme.State.values)
def test_all_at_once_is_what_each_programme_shows(tree: Tree, state: str) -> None:
    Programme.objects.filter(pk=tree.stage.programme.pk).update(state=state)
    accounts = Account.objects.in_bulk([each.pk for each in [*tree.stage.everybody.values(), tree.county_clerk]])
    found = {account.username: at_once(account) for account in accounts.values()}
    assert found == {account.username: step_by_step(account) for account in accounts.values()}
    assert len(found["county"]) == (state != Programme.State.DRAFT)
    assert max(len(seen) for seen in found.values()) == Quota.objects.count() == 3


def test_organiser_lent_from_elsewhere_sees_all_until_the_role_is_taken_back(tree: Tree) -> None:
    account = tree.stage.other_clerk
    assert at_once(account) == set()
    role = give_role(tree.stage.programme, account, "organiser", by=SYSTEM)
    assert at_once(account) == step_by_step(account) == set(Quota.objects.values_list("pk", flat=True))
    take_role(role, by=SYSTEM)
    assert at_once(account) == step_by_step(account) == set()


def test_clerk_above_a_programme_of_a_unit_below_does_not_see_its_quotas(tree: Tree) -> None:
    """A programme is seen from its unit downwards."""
    Programme.objects.filter(pk=tree.stage.programme.pk).update(unit=tree.county.unit)
    clerk = Account.objects.get(pk=tree.stage.clerk.pk)
    assert at_once(clerk) == step_by_step(clerk) == set()
