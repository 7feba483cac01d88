"""The four files that the command writes."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from ortoo.intake.reading.messages import CHOICE_SENTENCES, language_index, say
from ortoo.intake.reading.nominee import Nominee
from ortoo.intake.reading.problem import Problem
from ortoo.kernel.voice import Voice
from ortoo.rotate.gather import Given
from ortoo_solvers.rotation import Solution
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.sentences import Sentences

Row = Sequence[object]
HEADS = ("staff_no", "name", "sex", "prefecture", "county", "station", "post", "phone")


class Book:
    """A workbook of plain, filtered sheets; texts stay texts, so that staff numbers keep their zeros."""

    def __init__(self, file: Path) -> None:
        options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(str(file), options)
        self.bold = self.book.add_format({"bold": True, "bg_color": "#E8EFF6", "bottom": 1})
        self.names: set[str] = set()

    def sheet(self, name: str, head: Sequence[str], rows: Sequence[Row]) -> None:
        """Add a sheet; its name is cut and made unique as workbooks want it."""
        sheet = self.book.add_worksheet(self._name(name))
        sheet.write_row(0, 0, head, self.bold)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        for column, title in enumerate(head):
            longest = max((_width(str(row[column])) for row in rows), default=0)
            sheet.set_column(column, column, min(60, max(longest, _width(title)) + 2))
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(head) - 1)

    def close(self) -> None:
        """Write it."""
        self.book.close()

    def _name(self, name: str) -> str:
        short = "".join("-" if letter in "[]:*?/\\" else letter for letter in name).strip("'")[:28] or "-"
        unique, number = short, 2
        while unique.lower() in self.names:
            unique, number = f"{short}{number}", number + 1
        self.names.add(unique.lower())
        return unique


def write_csv(file: Path, solution: Solution) -> None:
    """staff_no,term: the term's number from 1, empty when left out; by staff number."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["staff_no", "term"])
        writer.writerows([staff_no, solution.assignment[staff_no] or ""] for staff_no in sorted(solution.assignment))


def write_json(file: Path, given: Given, solution: Solution, seed: int) -> None:
    """Cost, bound, whether proved, engine, seconds and counts."""
    names = [term["name"] for term in given.rules["term"]]
    on = Counter(solution.assignment.values())
    said: dict[str, Any] = {
        "cost": solution.cost,
        "bound": solution.bound,
        "optimal": solution.optimal,
        "engine": solution.engine,
        "seconds": round(solution.seconds, 3),
        "seed": seed,
        "counts": {
            "people": len(solution.assignment),
            "placed": len(solution.assignment) - on[None],
            "left_out": on[None],
            "problems": len(to_decide(given)),
            "terms": {name: on[str(number)] for number, name in enumerate(names, 1)},
        },
    }
    file.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_plan(file: Path, given: Given, solution: Solution, voice: Voice) -> None:
    """Overview, a list per term, a list per prefecture, who was left out and why."""
    book = Book(file)
    names = {str(number): str(term["name"]) for number, term in enumerate(given.rules["term"], 1)}
    _overview(book, given, solution, names, voice)
    head = [voice(key) for key in HEADS]
    for key, name in names.items():
        book.sheet(name, head, [_row(n) for n in given.nominees if solution.assignment[n.staff_no] == key])
    for prefecture in dict.fromkeys(n.prefecture for n in sorted(given.nominees, key=lambda n: n.unit)):
        rows = [
            [*_row(n), names.get(solution.assignment[n.staff_no] or "", "")] for n in given.nominees if n.prefecture == prefecture
        ]
        book.sheet(prefecture or "-", [*head, voice("term_head")], sorted(rows, key=lambda row: (str(row[4]), str(row[5]))))
    sentences = Sentences(given.problem, voice.language)
    why = {found.person: sentences.left_out(found) for found in Explanation(given.problem, solution).left_out()}
    book.sheet(
        voice("left_out"), [*head, voice("why")], [[*_row(n), why[n.staff_no]] for n in given.nominees if n.staff_no in why]
    )
    book.close()


def write_problems(file: Path, given: Given, voice: Voice) -> None:
    """What has to be decided, and what was merely noted."""
    book = Book(file)
    head = [voice(key) for key in ("file", "sheet", "row", "column", "header", "was_read", "problem", "can_do")]
    notes = [problem for problem in given.merged.problems if problem.severity == "note"]
    book.sheet(voice("problems"), head, [_problem_row(problem, voice) for problem in to_decide(given)])
    book.sheet(voice("notes"), head, [_problem_row(problem, voice) for problem in notes])
    book.close()


def to_decide(given: Given) -> list[Problem]:
    """Problems that hold a row back or ask for a look."""
    return [problem for problem in given.merged.problems if problem.severity != "note"]


def _overview(book: Book, given: Given, solution: Solution, names: dict[str, str], voice: Voice) -> None:
    rows: list[Row] = []
    for (key, name), term in zip(names.items(), given.rules["term"], strict=True):
        here = [n for n in given.nominees if solution.assignment[n.staff_no] == key]
        women = sum(n.sex == "女" for n in here)
        capacity = given.rules.get("hard", {}).get("capacity", "")
        rows.append([name, f"{term['starts']}—{term['ends']}", len(here), capacity, women, len(here) - women])
    left = [n for n in given.nominees if solution.assignment[n.staff_no] is None]
    rows.append([voice("left_out"), "", len(left), "", sum(n.sex == "女" for n in left), sum(n.sex != "女" for n in left)])
    rows.append([voice("total"), "", len(given.nominees), "", "", ""])
    proof = voice("optimal" if solution.optimal else "not_optimal")
    rows += [
        [voice("cost"), "", solution.cost, "", "", ""],
        [voice("bound"), "", solution.bound, "", "", ""],
        [voice("proof"), proof, "", "", "", ""],
    ]
    book.sheet(voice("overview"), [voice(key) for key in ("term_head", "days", "people", "capacity", "women", "men")], rows)


def _row(n: Nominee) -> list[object]:
    return [n.staff_no, n.name, n.sex, n.prefecture, n.county, n.station, n.post, n.phone]


def _problem_row(problem: Problem, voice: Voice) -> Row:
    which = language_index(voice.language)
    choices = "; ".join(CHOICE_SENTENCES[choice][which] for choice in problem.choices)
    where = [problem.file, problem.sheet, problem.row or "", problem.column, problem.header, problem.read]
    return [*where, say(problem, voice.language), choices]


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
