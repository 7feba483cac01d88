"""Rules: files with clear errors, versions, undo, the page."""

import pytest
from django.test import Client

from ortoo.kernel.actor import SYSTEM
from ortoo.people.models import Account
from ortoo.planning.domain.rules import NoEarlierRules, change_rules, rules_of, take_rules, undo_rules
from ortoo.planning.rulesfile import BadRules, read_rules, write_rules
from ortoo.programmes.models import Programme
from ortoo.programmes.queries import legs_of

TERM = '[[term]]\nname = "一"\nstarts = 2023-03-20\nends = 2023-04-07\n'


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a = ", "1"),
        ("title = 'x'", "term"),
        (TERM + "[hard]\nbeds = 3", "hard.beds"),
        (TERM + "[hard]\ncapacity = -1", "hard.capacity"),
        (TERM + "[hard]\nquotas = 3", "hard.quotas"),
        (TERM + "[hard]\ncounty_away_share = 30", "hard.county_away_share"),
        (TERM + "[cost]\nuneven = true", "cost.uneven"),
        (TERM.replace("2023-04-07", "2023-03-01"), "term 1.ends"),
        (TERM.replace("2023-04-07", "'x'"), "term 1.ends"),
    ],
)
def test_read_says_where_it_is_wrong(text: str, where: str) -> None:
    with pytest.raises(BadRules) as caught:
        read_rules(text.encode())
    assert where in str(caught.value.params["where"])


def test_read_refuses_what_is_not_utf8() -> None:
    with pytest.raises(BadRules):
        read_rules("标题".encode("gb18030"))


def test_write_reads_back_the_same(rotation: Programme) -> None:
    rules = rules_of(rotation)
    again = read_rules(write_rules(rotation, legs_of(rotation), rules.hard, rules.cost))
    assert (again.hard["capacity"], again.hard["women_beds"], again.cost) == (224, 48, rules.cost)
    assert {k: v for k, v in again.hard.items() if k in rules.hard} == rules.hard
    assert [t.name for t in again.terms] == ["第一期", "第二期", "第三期", "第四期", "第五期"]


def test_take_twice_changes_nothing(rotation: Programme) -> None:
    before = rules_of(rotation).version
    take_rules(
        rotation,
        read_rules(write_rules(rotation, legs_of(rotation), rules_of(rotation).hard, rules_of(rotation).cost)),
        by=SYSTEM,
    )
    assert rules_of(rotation).version == before


def test_undo_goes_back(rotation: Programme) -> None:
    hard = rules_of(rotation).hard
    change_rules(rotation, {"station_away": 2}, {}, by=SYSTEM)
    undo_rules(rotation, by=SYSTEM)
    assert rules_of(rotation).hard == hard


def test_undo_refuses_without_an_earlier_version(rotation: Programme) -> None:
    with pytest.raises(NoEarlierRules):
        undo_rules(rotation, by=SYSTEM)


def test_page_saves_and_explains(rotation: Programme, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    address = f"/p/{rotation.key}/rules/"
    page = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "at most 30% of its nominees" in page
    said = {
        "county_away_share": "25",
        "station_away": "1",
        "blocked": "on",
        "left_out": "1000",
        "preference_missed": "",
        "uneven": "3",
    }
    assert client.post(address, said).status_code == 302
    rules = rules_of(rotation)
    assert (rules.hard, rules.cost) == (
        {"county_away_share": 0.25, "station_away": 1, "blocked": "overlap"},
        {"left_out": 1000, "uneven": 3},
    )


def test_page_takes_where_modules_are_taught_and_names_a_line_it_cannot_read(
    rotation: Programme, organiser: Account, client: Client
) -> None:
    client.force_login(organiser)
    address = f"/p/{rotation.key}/rules/"
    said = {"needs_elsewhere": "6", "needs_uneven": "2", "focus": "综合表达 2 4\n\n群众 工作，5"}
    assert client.post(address, said).status_code == 302
    cost = {"needs_uneven": 2, "needs_elsewhere": 6, "focus": {"综合表达": [2, 4], "群众 工作": [5]}}
    assert rules_of(rotation).cost == cost
    assert "综合表达 2 4" in client.get(address).content.decode()
    assert read_rules(client.get(f"{address}rules.toml").content).cost == cost
    for wrong in ("综合表达 2\n群众工作", "2 4", "综合表达 0"):
        answer = client.post(address, said | {"focus": wrong}, headers={"accept-language": "en"})
        assert answer.status_code == 400
        assert "Line" in answer.content.decode() and wrong in answer.content.decode()


def test_a_module_is_not_taught_on_a_term_that_is_not_there(rotation: Programme, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    answer = client.post(f"/p/{rotation.key}/rules/", {"needs_elsewhere": "2", "focus": "综合表达 2\n调查研究 9"})
    assert answer.status_code == 400 and "第2行：没有第9期。" in answer.content.decode()


@pytest.mark.parametrize("focus", ['"综合表达" = []', '"综合表达" = [0]', '"综合表达" = ["2"]', '"综合表达" = 2'])
def test_a_rules_file_names_the_module_whose_terms_cannot_be_read(focus: str) -> None:
    with pytest.raises(BadRules, match="综合表达"):
        read_rules(f"{TERM}[cost.focus]\n{focus}\n".encode())


def test_page_keeps_what_was_typed_when_wrong(rotation: Programme, organiser: Account, client: Client) -> None:
    client.force_login(organiser)
    answer = client.post(f"/p/{rotation.key}/rules/", {"county_away_share": "abc"})
    assert answer.status_code == 400 and "abc" in answer.content.decode()
