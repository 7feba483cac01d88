"""Draws the pictures of docs/solvers/gallery.md and writes the page, from runs made there and then.

PYTHONPATH=src:. python -m bench.gallery.draw
"""

from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import numpy as np
from bench.timetable.term import DAYS, GROUPS, PERIODS, term

from ortoo_solvers.core import Curve
from ortoo_solvers.roundtables import Person, Problem, solve
from ortoo_solvers.timetable import Solution
from ortoo_solvers.timetable import solve as solve_timetable
from ortoo_solvers.timetable.bound import bound_of

mpl.use("agg")
from matplotlib import pyplot as plt

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "solvers"
INK, BLUE, GOLD, SAND = "#1b2430", "#1f4e79", "#b8862b", "#f3f1ea"
KINDS = ("drill", "expression", "investigation", "coordination", "originals", "cases", "visit", "opening")
COLOURS = ("#dedacf", "#c3d8ea", "#97bbda", "#2d6294", "#faf1dc", "#e3c98d", "#b8862b", "#98201c")
ITERATIONS = 60_000_000


def main() -> None:
    """Three pictures and their page."""
    plt.rcParams.update({"font.size": 9, "axes.edgecolor": INK, "axes.spines.top": False, "axes.spines.right": False})
    problem, curve = term(), Curve()
    bound = bound_of(problem)
    solution = solve_timetable(problem, seed=1, iterations=ITERATIONS, watch=curve, bound=bound)
    _draw_curve(curve, solution)
    _draw_timetable(solution)
    people = tuple(Person(f"{n}", group=str(n // 10)) for n in range(100))
    tables = solve(Problem(people, 10, 4), seed=1, iterations=20_000_000)
    _draw_meetings(tables.evenings)
    (FOLDER / "gallery.md").write_text(
        PAGE.format(
            lectures=problem.lectures, iterations=ITERATIONS, cost=solution.cost, bound=solution.bound,
            rules=", ".join(f"{name} {n}" for name, n in solution.by_rule.items() if n) or "nothing",
            meetings=tables.meetings, most=tables.bound, repeats=tables.repeats, together=tables.by_rule["Together"],
        ),
        encoding="utf-8",
    )  # fmt: skip


def _save(name: str) -> None:
    plt.savefig(FOLDER / "pictures" / name, dpi=110, bbox_inches="tight", metadata={"Software": None})
    plt.close()


def _draw_curve(curve: Curve, solution: Solution) -> None:
    plt.figure(figsize=(7, 3))
    seconds = [point.seconds for point in curve.points] + [solution.seconds]
    costs = [point.cost for point in curve.points] + [solution.cost]
    plt.step(seconds, costs, where="post", color=BLUE)
    plt.axhline(solution.bound, color=GOLD, linestyle="--")
    plt.text(seconds[-1], solution.bound, " bound", color=GOLD, va="center")
    plt.xlabel("seconds")
    plt.ylabel("cost of the best so far")
    plt.yscale("symlog", linthresh=10)
    plt.ylim(bottom=-1)
    _save("cost.png")


def _draw_timetable(solution: Solution) -> None:
    _figure, axes = plt.subplots(len(GROUPS), 1, figsize=(9, 8), sharex=True)
    for axis, group in zip(axes, GROUPS, strict=True):
        grid = np.full((PERIODS, DAYS), len(KINDS))
        for lecture in solution.lectures:
            if lecture.course.endswith(f" {group}") or lecture.course == "opening":
                grid[lecture.period, lecture.day] = KINDS.index(lecture.course.split()[0])
        axis.imshow(grid, cmap=mpl.colors.ListedColormap([*COLOURS, "white"]), vmin=0, vmax=len(KINDS), aspect="auto")
        axis.set_ylabel(f"group {group}\nperiod")
        axis.set_yticks(range(PERIODS), range(1, PERIODS + 1))
        axis.set_xticks(np.arange(DAYS + 1) - 0.5, minor=True)
        axis.set_yticks(np.arange(PERIODS + 1) - 0.5, minor=True)
        axis.grid(which="minor", color="white", linewidth=2)
        axis.tick_params(which="minor", length=0)
    axes[-1].set_xticks(range(DAYS), range(1, DAYS + 1))
    axes[-1].set_xlabel("day")
    patches = [mpl.patches.Patch(color=colour, label=kind) for kind, colour in zip(KINDS, COLOURS, strict=True)]
    axes[0].legend(handles=patches, ncols=8, loc="lower center", bbox_to_anchor=(0.5, 1.02), frameon=False, fontsize=8)
    _save("timetable.png")


def _draw_meetings(evenings: tuple[tuple[tuple[str, ...], ...], ...]) -> None:
    met = np.zeros((100, 100))
    for number, evening in enumerate(evenings, 1):
        for table in evening:
            for one, other in combinations(map(int, table), 2):
                met[one, other] = met[other, one] = number
    plt.figure(figsize=(6, 6))
    plt.imshow(met, cmap=mpl.colors.ListedColormap([SAND, *COLOURS[1:4], GOLD]))
    plt.xlabel("person (ten of a county side by side)")
    plt.ylabel("person")
    _save("meetings.png")


PAGE = """# The solvers at work

`PYTHONPATH=src:. python -m bench.gallery.draw` runs the solvers, draws these pictures and writes this page.

## A residential term

Four groups, ten days of eight periods, {lectures} lectures: drill only at dawn, field visits by two buses in the afternoon and not
before the originals were read, a fixed opening, at most six lectures a day for a group, nobody teaches on the last half day
(`bench/timetable/term.py`, synthetic). {iterations:,} proposals, seed 1: cost {cost}, bound {bound}; what it costs: {rules}.

![Cost of the best timetable over time](pictures/cost.png)

![The timetable of the four groups](pictures/timetable.png)

## Who met whom

A hundred people of ten counties, tables of ten, four evenings, nobody beside somebody of the own county. {meetings:,} pairs met,
of at most {most:,}; {repeats} meetings repeat; price of colleagues at one table {together}. Each colour is an evening; the diagonal
squares, ten of a county each, stay empty.

![Who met whom on which evening](pictures/meetings.png)
"""


if __name__ == "__main__":
    main()
