"""`./ortoo rotate --units units.xlsx --rules rules.toml --out DIR RETURN...`

Exit 0 when planned, 2 on bad input (what and where), 3 when no plan keeps the rules (which collide, what mends it).
"""

import argparse
import sys
from pathlib import Path

from ortoo.kernel.voice import Voice, reader_language
from ortoo.rotate import write
from ortoo.rotate.gather import BadInput, Given, gather
from ortoo.rotate.words import SAID
from ortoo_solvers.core import after_seconds
from ortoo_solvers.rotation import NothingFound, RulesCollide, Solution, score, solve
from ortoo_solvers.rotation.sentences import Sentences

PLANNED, BAD_INPUT, INFEASIBLE = 0, 2, 3


def main(argv: list[str]) -> int:
    """Read, plan, write; returns the exit code."""
    asked = _parse(argv)
    voice = Voice(SAID, reader_language(asked.lang))
    try:
        given = gather(asked.units, asked.rules, asked.returns, voice)
        _folder(asked.out, voice)
        write.write_problems(asked.out / "problems.xlsx", given, voice)
        counts = {"files": len(given.returns), "people": len(given.nominees), "problems": len(write.to_decide(given))}
        print(voice("read", **counts))
        if not given.nominees:
            raise BadInput(voice("nobody"))
        solution = solve(given.problem, after_seconds(asked.seconds), asked.seed)
    except BadInput as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except RulesCollide as refused:
        print(Sentences(given.problem, voice.language).collision(refused.collision), file=sys.stderr)
        return INFEASIBLE
    except NothingFound:
        print(voice("stopped", seconds=asked.seconds), file=sys.stderr)
        return BAD_INPUT
    _write(asked.out, given, solution, asked.seed, voice)
    return PLANNED


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ortoo rotate", description="从回执到轮训方案 · From returns to a rotation plan")
    parser.add_argument("--units", type=Path, required=True, help="单位名录 · directory of units (xlsx, xls, ods, csv)")
    parser.add_argument("--rules", type=Path, required=True, help="规则 · rules.toml")
    parser.add_argument("--out", type=Path, required=True, help="输出文件夹 · folder to write to")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60, help="求解时限 · time for planning")
    parser.add_argument("--lang", choices=["zh", "en"], default="")
    parser.add_argument("returns", type=Path, nargs="+", metavar="RETURN", help="回执 · the files that units send back")
    return parser.parse_args(argv)


def _folder(out: Path, voice: Voice) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(voice("no_file", file=out, why=error.strerror or error)) from None


def _write(out: Path, given: Given, solution: Solution, seed: int, voice: Voice) -> None:
    judged = score(given.problem, solution)
    if judged.hard or judged.soft != solution.cost:
        raise RuntimeError(f"the judge counts {judged.soft} and {judged.hard} broken rules, the search {solution.cost}")
    write.write_csv(out / "plan.csv", solution)
    write.write_plan(out / "plan.xlsx", given, solution, voice)
    write.write_json(out / "plan.json", given, solution, seed)
    left = sum(term is None for term in solution.assignment.values())
    proof = voice("optimal" if solution.optimal else "not_optimal")
    print(voice("planned", placed=len(solution.assignment) - left, left=left, cost=solution.cost, bound=solution.bound, proof=proof,
                engine=solution.engine, seconds=solution.seconds))  # fmt: skip
    for number, term in enumerate(given.rules["term"], 1):
        print("  " + voice("term", name=term["name"], count=sum(t == str(number) for t in solution.assignment.values())))
    print(voice("written", out=out))
