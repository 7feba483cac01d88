"""`./ortoo tour --units units.xlsx --plan tour.xlsx --from 2023-06-19 --to 2023-07-13 --out DIR`

Exit 0 when planned, 2 on bad input (what and where), 3 when no tour keeps the rules (what collides, what mends it).
"""

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from ortoo.intake.reading.days import Frame
from ortoo.kernel.voice import Voice, reader_language
from ortoo.touring import write
from ortoo.touring.asked import with_wishes
from ortoo.touring.gather import BadInput, Given, gather, given_of, listed
from ortoo.touring.planned import Planned, planned_of
from ortoo.touring.speech import day_of, stand_ins
from ortoo.touring.words import SAID
from ortoo_solvers.core import after_seconds
from ortoo_solvers.route import NothingFound, RulesCollide, Solution, score, solve
from ortoo_solvers.route.sentences import Sentences
from ortoo_solvers.seats import FloorsCollide
from ortoo_solvers.seats import score as judge_seats
from ortoo_solvers.seats.problem import Delegation
from ortoo_solvers.seats.problem import Problem as SeatProblem

PLANNED, BAD_INPUT, INFEASIBLE = 0, 2, 3
MOST_TOLD = 10


def main(argv: list[str]) -> int:
    """Read, plan, write; returns the exit code."""
    asked = _parse(argv)
    voice = Voice(SAID, reader_language(asked.lang))
    try:
        given = _given(asked, voice)
        solution = solve(given.problem, after_seconds(asked.seconds), asked.seed)
        planned = planned_of(given, solution, asked.floor)
        _judge(planned)
        files = write.write_all(asked.out, planned, asked.seed, voice)
    except BadInput as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except RulesCollide as refused:
        print(Sentences(refused.problem, voice.language).collision(refused.collision), file=sys.stderr)
        if given.doubts:
            print("\n".join([voice("doubts_too"), *listed(given.doubts[:MOST_TOLD], given.directory, voice)]), file=sys.stderr)
        return INFEASIBLE
    except FloorsCollide as refused:
        hall = given.halls[solution.visits[-1].stop, solution.visits[-1].hall].name
        print(voice("floors", floors=refused.floors, seats=refused.seats, hall=hall), file=sys.stderr)
        return INFEASIBLE
    except NothingFound:
        print(voice("stopped", seconds=asked.seconds), file=sys.stderr)
        return BAD_INPUT
    _report(planned, voice)
    print(voice("written", out=asked.out, files=("、" if voice.language == "zh" else ", ").join(files)))
    return PLANNED


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="ortoo tour", description="从巡讲计划到线路、行程和座位 · From a tour's plan to route, itineraries and seats"
    )
    parser.add_argument("--units", type=Path, required=True, help="单位名录 · directory of units (xlsx, xls, ods, csv)")
    parser.add_argument("--plan", type=Path, required=True, help="巡讲计划 · stops, speakers, delegations (xlsx, xls, ods)")
    parser.add_argument("--from", dest="starts", type=_day, required=True, metavar="DAY", help="第一天 · first day, 2023-06-19")
    parser.add_argument("--to", dest="ends", type=_day, required=True, metavar="DAY", help="最后一天 · last day")
    parser.add_argument("--out", type=Path, required=True, help="输出文件夹 · folder to write to")
    parser.add_argument(
        "--pin", action="append", default=[], metavar="STOP=DAY[/HALL]", help="固定某站的日期或场地 · fix a stop's day or hall"
    )
    parser.add_argument("--without", action="append", default=[], metavar="STOP/HALL", help="某场地不能用了 · a hall falls away")
    parser.add_argument(
        "--keep", type=Path, metavar="tour.json", help="尽量少改已通知的安排 · change as little as possible of this"
    )
    parser.add_argument("--floor", type=int, default=0, help="每个单位保底座位 · seats that every delegation gets")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=60, help="求解时限 · time for planning")
    parser.add_argument("--lang", choices=["zh", "en"], default="")
    return parser.parse_args(argv)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}不是日期,请写成2023-06-19 · {text} is no date, write 2023-06-19") from None


def _given(asked: argparse.Namespace, voice: Voice) -> Given:
    """Read everything; the problems are written even where nothing can be planned."""
    frame = Frame(asked.starts, asked.ends)
    directory, tour = gather(asked.units, asked.plan, frame, voice)
    write.folder(asked.out, voice)
    write.write_problems(asked.out, tour, voice)
    doubts = sum(problem.severity != "note" for problem in tour.problems)
    halls = sum(len(stop.halls) for stop in tour.stops)
    print(voice("read" if doubts else "read_clean", stops=len(tour.stops), halls=halls, speakers=len({s.key for s in tour.speakers}),
                delegations=len(tour.delegations), problems=doubts))  # fmt: skip
    given = given_of(directory, tour, frame, voice)
    return replace(given, problem=with_wishes(given.problem, asked.pin, asked.without, asked.keep, voice))


def _judge(planned: Planned) -> None:
    """Both judges count again; a difference is a fault of the program, never of the plan."""
    solution, problem = planned.solution, planned.given.problem
    judged = score(problem, solution)
    if judged.hard or judged.cost != solution.cost:
        raise RuntimeError(f"the judge counts {judged.cost} and {judged.reasons}, the search {solution.cost}")
    if planned.seats is not None:
        asking = tuple(Delegation(s.delegation, s.asked, s.priority, s.floor, s.ceiling) for s in planned.seats.shares)
        if wrong := judge_seats(SeatProblem(asking, planned.seats.capacity), planned.seats).reasons:
            raise RuntimeError(f"the judge of the seats finds {wrong}")


def _report(planned: Planned, voice: Voice) -> None:
    solution: Solution = planned.solution
    first, last = (day_of(stop.day, voice) for stop in (planned.stops[0], planned.stops[-1]))
    print(voice("planned", km=planned.kilometres, bound=planned.bound, proof=voice("optimal" if solution.optimal else "not_optimal"),
                nights=solution.nights, first=first, last=last, engine=solution.engine, seconds=solution.seconds))  # fmt: skip
    if planned.given.problem.published:
        print(voice("changes", changes=solution.changes, fewest=solution.changes_bound))
    for stop in planned.stops:
        others = "".join(voice("and") + each for each in stand_ins(stop, voice))
        print(
            "  "
            + voice("stop_line", order=stop.order, date=day_of(stop.day, voice), stop=stop.name, hall=stop.hall, others=others)
        )
    _report_seats(planned, voice)


def _report_seats(planned: Planned, voice: Voice) -> None:
    last, seats = planned.stops[-1], planned.seats
    held = sum(problem.kind in ("asked_odd", "delegation_missing", "delegation_twice") for problem in planned.given.tour.problems)
    if seats is not None:
        print(voice("seats_given", hall=last.hall, given=seats.given, capacity=seats.capacity, asked=sum(s.asked for s in seats.shares),
                    count=len(seats.shares)))  # fmt: skip
        if seats.without:
            print(voice("seats_none", names=("、" if voice.language == "zh" else ", ").join(seats.without)))
    elif planned.given.tour.delegations:
        print(voice("seats_unknown", hall=last.hall))
    if held:
        print(voice("seats_held", count=held))
