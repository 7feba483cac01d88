"""Who sees which nominations and places."""

from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.place import give_places
from ortoo.participation.queries import nominations_visible_to, places_visible_to, programmes_of_person
from ortoo.programmes.domain.role import give_role


def test_nobody_stands_twice_when_several_have_a_role(stage: Stage) -> None:
    persons = list(stage.persons.values())
    nominate(stage.programme, [NominationDraft(person) for person in persons], by=SYSTEM)
    leg = stage.programme.legs.first()
    assert leg
    give_places(stage.programme, [(person.pk, leg) for person in persons], source="plan:1", by=SYSTEM)
    for account in (stage.clerk, stage.host):
        for kind in ("organiser", "host"):
            give_role(stage.programme, account, kind, by=SYSTEM)
    for account in (stage.organiser, stage.clerk, stage.host):
        assert nominations_visible_to(account).count() == 3
        assert places_visible_to(account).count() == 3
    assert list(programmes_of_person(stage.participant)) == [stage.programme]


def test_host_of_one_programme_sees_its_places_only(stage: Stage) -> None:
    nominate(stage.programme, [NominationDraft(stage.persons["000101"])], by=SYSTEM)
    leg = stage.programme.legs.first()
    assert leg
    give_places(stage.programme, [(stage.persons["000101"].pk, leg)], source="plan:1", by=SYSTEM)
    give_role(stage.programme, stage.other_clerk, "host", by=SYSTEM)
    assert nominations_visible_to(stage.other_clerk).count() == 0
    assert places_visible_to(stage.other_clerk).count() == 1
