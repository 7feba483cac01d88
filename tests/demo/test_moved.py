"""The demo's files, moved: they must say the same things, later."""

import json
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

import ortoo.demo
from ortoo.demo.moved import Move, moved_file, moved_rules, moved_text
from ortoo.intake.reading.directory import read_directory
from ortoo.intake.reading.nominee import Term
from ortoo.intake.reading.person import Context
from ortoo.intake.reading.returns import merge_returns, read_returns

ROSTERS = Path(ortoo.demo.__file__).parent / "data" / "rosters"
TRUTH = json.loads((Path(__file__).parents[1] / "data" / "rosters" / "truth.json").read_text(encoding="utf-8"))
WEEKS = [0, 1, 26, 40, 190, 211]


def move_by(weeks: int) -> Move:
    days = timedelta(weeks=weeks)
    return Move(days, (date(2023, 3, 20) + days).year, date(2023, 3, 6) + days)


@pytest.mark.parametrize(
    ("said", "moved"),
    [
        ("6月1日—6月10日", "6月8日—6月17日"),
        ("6.1-6.10", "6.8-6.17"),
        ("3.23-4.21;5.23-5.25", "3.30-4.28;5.30-6.1"),
        ("2023/6/1-2023/6/10", "2023/6/8-2023/6/17"),
        ("2023-03-26至2023-04-08", "2023-04-02至2023-04-15"),
        ("5月14日到18日", "5月21日到25日"),
        ("5月20日到26日", "5月27日到6月2日"),
        ("6月31日-7月2日", "7月32日-7月9日"),
        ("15202376152", "15202376152"),
        ("沟通协调", "沟通协调"),
        ("2022年已参加过", "2022年已参加过"),
        ("填报日期:2023年3月6日", "填报日期:2023年3月13日"),
    ],
)
def test_text_is_moved_by_a_week_in_its_own_spelling(said: str, moved: str) -> None:
    assert moved_text(said, move_by(1)) == moved


def test_years_are_moved_with_the_programme() -> None:
    assert moved_text("2022年已参加过", move_by(190)) == "2025年已参加过"
    assert moved_text("2023-12-26", Move(timedelta(14), 2024, date(2024, 1, 1))) == "2024-01-09"


def test_rules_are_moved() -> None:
    text = (ROSTERS / "rules.toml").read_text(encoding="utf-8")
    assert "starts = 2023-03-27" in moved_rules(text, move_by(1))
    assert "capacity = 224" in moved_rules(text, move_by(1))


@pytest.mark.parametrize("weeks", WEEKS)
def test_moved_returns_name_the_same_people_days_and_problems(weeks: int) -> None:
    move = move_by(weeks)
    files = [(file.name, moved_file(file.name, file.read_bytes(), move)) for file in sorted((ROSTERS / "returns").iterdir())]
    directory = read_directory((ROSTERS / "units.xlsx").read_bytes(), "units.xlsx")
    rules = tomllib.loads(moved_rules((ROSTERS / "rules.toml").read_text(encoding="utf-8"), move))
    terms = tuple(Term(term["name"], term["starts"], term["ends"]) for term in rules["term"])
    merged = merge_returns(read_returns(files, Context(directory, terms)))
    days = {n.staff_no: [[str(first), str(last)] for first, last in n.blocked] for n in merged.nominees}
    expected = {
        person["staff_no"]: [[str(date.fromisoformat(day) + move.days) for day in span] for span in person["blocked"]]
        for person in TRUTH["people"]
    }
    assert days == expected
    held = [(p.file, p.row, p.kind) for p in merged.problems if p.severity == "hold"]
    assert sorted(held) == sorted((p["file"], p["row"], p["kind"]) for p in TRUTH["problems"])
