"""Who runs a programme."""

import pytest
from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.programmes.domain.role import AccountNotActive, RoleGivenAlready, RoleNotGiven, give_role, take_role
from ortoo.programmes.permissions import may_host, may_organise
from ortoo.programmes.queries import visible_to


def test_role_in_one_programme_opens_it_and_is_taken_back(stage: Stage) -> None:
    assert not may_organise(stage.clerk, stage.programme)
    role = give_role(stage.programme, stage.clerk, "organiser", by=SYSTEM)
    assert may_organise(stage.clerk, stage.programme)
    assert list(visible_to(stage.clerk)) == [stage.programme]
    take_role(role, by=SYSTEM)
    assert not may_organise(stage.clerk, stage.programme)


def test_host_of_the_base_signs_off_without_a_role(stage: Stage) -> None:
    assert may_host(stage.host, stage.programme)
    assert not may_organise(stage.host, stage.programme)
    assert not may_host(stage.clerk, stage.programme)


def test_role_is_given_once_and_only_some(stage: Stage) -> None:
    give_role(stage.programme, stage.clerk, "host", by=SYSTEM)
    with pytest.raises(RoleGivenAlready):
        give_role(stage.programme, stage.clerk, "host", by=SYSTEM)
    with pytest.raises(RoleNotGiven):
        give_role(stage.programme, stage.clerk, "administrator", by=SYSTEM)


def test_role_is_not_given_to_a_closed_account(stage: Stage) -> None:
    stage.clerk.is_active = False
    with pytest.raises(AccountNotActive):
        give_role(stage.programme, stage.clerk, "host", by=SYSTEM)
