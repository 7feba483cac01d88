"""Who sees which nominations and places."""

from tests.programmes.stage import Stage

from ortoo.kernel.actor import SYSTEM
from ortoo.participation.domain.nomination import NominationDraft, nominate
from ortoo.participation.domain.place import give_places
from ortoo.participation.queries import my_terms, nominations_visible_to, places_visible_to, programmes_of_person
from ortoo.programmes.domain.programme import open_programme, start_programme
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


def test_term_that_runs_comes_before_a_newer_programme_without_a_plan(stage: Stage) -> None:
    open_programme(stage.programme, by=SYSTEM)
    leg = stage.programme.legs.get(ordinal=2)
    give_places(stage.programme, [(stage.persons["000101"].pk, leg)], source="plan:1", by=SYSTEM)
    newer = start_programme("下一轮", unit=stage.units["15"], base=None, by=SYSTEM)
    newer.state = "open"
    newer.save()
    nominate(newer, [NominationDraft(stage.persons["000101"])], by=SYSTEM)
    assert [term.programme.title for term in my_terms(stage.participant)] == ["示例轮训", "下一轮"]
