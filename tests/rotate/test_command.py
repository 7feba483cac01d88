"""The one-shot command on the twelve returns, on bad input and on rules that collide."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from ortoo.rotate.command import BAD_INPUT, INFEASIBLE, PLANNED, main

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
RETURNS = sorted((ROSTERS / "returns").iterdir())


def run(
    out: Path, *more: str, units: Path = ROSTERS / "units.xlsx", rules: Path = ROSTERS / "rules.toml", returns=RETURNS
) -> int:
    return main(["--units", str(units), "--rules", str(rules), "--out", str(out), *more, *map(str, returns)])


def test_rotate_plans_the_twelve_returns_and_proves_it(tmp_path: Path) -> None:
    assert run(tmp_path, "--lang", "zh") == PLANNED
    said = json.loads((tmp_path / "plan.json").read_text())
    assert said["optimal"] is True and said["cost"] == said["bound"]
    rows = list(csv.DictReader((tmp_path / "plan.csv").read_text(encoding="utf-8").splitlines()))
    truth = {person["staff_no"] for person in json.loads((ROSTERS / "truth.json").read_text())["people"]}
    assert {row["staff_no"] for row in rows} == truth
    assert {row["term"] for row in rows} == {"1", "2", "3", "4", "5", ""}
    assert sum(row["term"] == "" for row in rows) == said["counts"]["left_out"]


def test_rotate_writes_every_list_and_every_reason(tmp_path: Path) -> None:
    run(tmp_path, "--lang", "zh")
    left = [
        row["staff_no"]
        for row in csv.DictReader((tmp_path / "plan.csv").read_text(encoding="utf-8").splitlines())
        if not row["term"]
    ]
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames[:6] == ["概况", "第一期", "第二期", "第三期", "第四期", "第五期"]
    assert len(book.sheetnames) == 1 + 5 + 12 + 1
    reasons = list(book["未安排"].iter_rows(min_row=2, values_only=True))
    assert sorted(row[0] for row in reasons) == sorted(left) and all(row[8] for row in reasons)
    problems = list(openpyxl.load_workbook(tmp_path / "problems.xlsx")["待定"].iter_rows(min_row=2, values_only=True))
    truth = json.loads((ROSTERS / "truth.json").read_text())["problems"]
    assert {(row[0], row[2]) for row in problems} == {(p["file"], p["row"]) for p in truth}


def test_rotate_gives_the_same_plan_twice(tmp_path: Path) -> None:
    run(tmp_path / "a")
    run(tmp_path / "b", returns=RETURNS[::-1])
    assert (tmp_path / "a/plan.csv").read_bytes() == (tmp_path / "b/plan.csv").read_bytes()


@pytest.mark.parametrize(
    ("what", "text", "said"),
    [
        ("rules", "[hard]\nbeds = 1", "rules.toml"),
        ("rules", "not toml", "rules.toml"),
        ("units", "a,b\n1,2\n", "单位代码"),
        ("return", "nothing,here\n", "return.csv"),
    ],
)
def test_rotate_says_what_is_wrong_and_where(tmp_path: Path, capsys, what: str, text: str, said: str) -> None:
    file = tmp_path / {"rules": "rules.toml", "units": "units.csv", "return": "return.csv"}[what]
    file.write_text(text, encoding="utf-8")
    given = {"returns": [file]} if what == "return" else {what: file}
    assert run(tmp_path / "out", "--lang", "zh", **given) == BAD_INPUT
    assert said in capsys.readouterr().err


def test_rotate_says_which_file_is_missing(tmp_path: Path, capsys) -> None:
    assert run(tmp_path, returns=[tmp_path / "gone.xlsx"]) == BAD_INPUT
    assert "gone.xlsx" in capsys.readouterr().err


def test_rotate_tells_colliding_rules_by_exit_code(tmp_path: Path, monkeypatch, capsys) -> None:
    from dataclasses import replace

    from ortoo.rotate import gather as gathering

    real = gathering.problem_from_rules

    def everybody_on_the_first_term(*given):
        problem = real(*given)
        return replace(problem, people=tuple(replace(p, blocked=frozenset(), pin="1") for p in problem.people))

    monkeypatch.setattr(gathering, "problem_from_rules", everybody_on_the_first_term)
    assert run(tmp_path, "--lang", "zh", returns=RETURNS[2:3]) == INFEASIBLE
    assert "第一期" in capsys.readouterr().err
