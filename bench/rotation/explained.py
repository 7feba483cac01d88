"""Times explanations, against planning once more for every question, the reasons of who is left out, and planning again after a publication, against HiGHS on the whole
model, in one run; writes README.md's tables.

``PYTHONPATH=src:. python -m bench.rotation.explained [--quick] [--only TABLE] [--write]``. Every figure is CPU seconds of this process.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from time import process_time

from bench.rotation.instances import Size, instance
from bench.rotation.naive import whole_model
from bench.rotation.run import machine

from ortoo_solvers.rotation import Person, Problem, Solution, solve
from ortoo_solvers.rotation.explain import Explanation
from ortoo_solvers.rotation.sentences import Sentences

SMALL = (Size(1_101, 5), Size(1_101, 5, crossing=True))
LARGE = (Size(11_000, 20), Size(11_000, 20, crossing=True))
ASKED_AGAIN = 12
README = Path(__file__).with_name("README.md")
MARK, MARK_OUT, MARK_AGAIN = "<!-- explained -->", "<!-- left out -->", "<!-- again -->"
PATIENCE = 600  # Seconds that HiGHS gets.
HEAD = "| people × terms | first question s | one more ms | everybody × every term s | exact | the same by planning again s | ratio |"
OUT = "| people × terms | capacity | left out | all reasons s | and their sentences in two languages s | one more reason ms |"
AGAIN = "| people × terms | what happened | bar s | s | engine | places changed = bound | HiGHS, whole model, s | ratio |"


def explained(size: Size) -> str:
    """One line: questions answered from the residual network, and a sample of them by planning again."""
    problem = instance(size)
    solution = solve(problem)
    began = process_time()
    explanation = Explanation(problem, solution)
    explanation.options(problem.people[0].key)
    first = process_time() - began
    began = process_time()
    options = [option for person in problem.people for option in explanation.options(person.key)]
    everybody = process_time() - began
    known = [option for option in options if option.extra is not None]
    exact = sum(option.exact for option in known) / len(known)
    again = _by_planning(problem, solution, explanation) * len(options)
    one = 1000 * everybody / len(problem.people)
    cells = [f"{first:.2f}", f"{one:.1f}", f"{first + everybody:.2f}", f"{exact:.1%}", f"{again:,.0f} (of {ASKED_AGAIN})"]
    return "| " + " | ".join([str(size), *cells, f"{again / (first + everybody):,.0f}"]) + " |"


def left_out(size: Size, half: bool) -> str:
    """One line: why each of those without a place has none, the limits and the cheapest loosening included."""
    problem = instance(size)
    if half:
        problem = replace(problem, terms=tuple(replace(term, capacity=(term.capacity or 0) // 2) for term in problem.terms))
    explanation = Explanation(problem, solve(problem))
    began = process_time()
    found = explanation.left_out()
    all_of_them = process_time() - began
    for words in (Sentences(problem, "zh"), Sentences(problem, "en")):
        for why in found:
            words.left_out(why)
    worded = process_time() - began
    began = process_time()
    if found:
        explanation.why(found[-1].person)
    one = 1000 * (process_time() - began)
    cells = ["half" if half else "enough", f"{len(found):,}", f"{all_of_them:.2f}", f"{worded:.2f}", f"{one:.1f}"]
    return "| " + " | ".join([str(size), *cells]) + " |"


def _by_planning(problem: Problem, solution: Solution, explanation: Explanation) -> float:
    """Seconds for one question, and that both answers agree where ours is exact."""
    chance, spent = Random(1), 0.0
    for person in chance.sample(problem.people, ASKED_AGAIN):
        free = [t.key for t in problem.terms if t.key not in person.blocked and t.key != solution.assignment[person.key]]
        term = chance.choice(free)
        said = next(option for option in explanation.options(person.key) if option.term == term)
        pinned = tuple(replace(other, pin=term) if other == person else other for other in problem.people)
        began = process_time()
        truth = solve(replace(problem, people=pinned)).cost - solution.cost
        spent += process_time() - began
        assert said.extra is not None
        assert said.extra == truth if said.exact else said.extra <= truth, (person.key, term, said, truth)
    return spent / ASKED_AGAIN


def fall_away(problem: Problem, solution: Solution, chance: Random) -> Problem:
    """Twelve fall away, twenty are new, one term has ten places less."""
    gone = {person.key for person in chance.sample(problem.people, 12)}
    new = [replace(person, key=f"new{person.key}", published=None) for person in chance.sample(problem.people, 20)]
    people = [person for person in _told(problem, solution) if person.key not in gone]
    terms = (replace(problem.terms[0], capacity=(problem.terms[0].capacity or 0) - 10), *problem.terms[1:])
    return replace(problem, people=(*people, *new), terms=terms, fewest_changes=True)


def shift(problem: Problem, solution: Solution, chance: Random) -> Problem:
    """The third term moves: a seventh can't come on its new days."""
    key = problem.terms[2].key
    people = (p if chance.random() > 1 / 7 else replace(p, blocked=p.blocked | {key}) for p in _told(problem, solution))
    return replace(problem, people=tuple(people), fewest_changes=True)


def cancel(problem: Problem, solution: Solution, chance: Random) -> Problem:
    """The third term is cancelled; the others get a third more places and beds."""
    terms = tuple(replace(t, capacity=0 if n == 2 else (t.capacity or 0) * 4 // 3) for n, t in enumerate(problem.terms))
    beds = tuple(b if b.unit else replace(b, at_most=(b.at_most or 0) * 4 // 3) for b in problem.class_limits)
    return replace(problem, people=_told(problem, solution), terms=terms, class_limits=beds, fewest_changes=True)


def cancel_only(problem: Problem, solution: Solution, chance: Random) -> Problem:
    """The third term is cancelled; the others get a third more places, but no more beds."""
    return replace(cancel(problem, solution, chance), class_limits=problem.class_limits)


def nominate(problem: Problem, solution: Solution, chance: Random) -> Problem:
    """Twenty are nominated since."""
    new = [replace(person, key=f"new{person.key}", published=None) for person in chance.sample(problem.people, 20)]
    return replace(problem, people=(*_told(problem, solution), *new), fewest_changes=True)


EVENTS: tuple[Callable[[Problem, Solution, Random], Problem], ...] = (fall_away, nominate, shift, cancel, cancel_only)


def _told(problem: Problem, solution: Solution) -> tuple[Person, ...]:
    return tuple(replace(person, published=solution.assignment[person.key]) for person in problem.people)


def planned_again(size: Size, bar: int) -> Iterator[str]:
    """A line for each event."""
    problem = instance(size)
    solution = solve(problem)
    for event in EVENTS if size.crossing else EVENTS[:-1]:
        changed = event(problem, solution, Random(3))
        began = process_time()
        found = solve(changed)
        seconds = process_time() - began
        proof = f"{found.changes}" if found.optimal else f"{found.changes}, bound {found.changes_bound}"
        what = (event.__doc__ or "").rstrip(".")
        cells = [str(size), what, str(bar), f"{seconds:.2f}", found.engine, proof, *_by_peer(changed, found, seconds)]
        yield "| " + " | ".join(cells) + " |"


def _by_peer(problem: Problem, found: Solution, seconds: float) -> tuple[str, str]:
    """HiGHS's seconds and the ratio; both must have found the same. A change weighs as much there as four people left out."""
    weight = 4 * problem.left_out
    people = tuple(replace(person, change_price=person.change_price + weight) for person in problem.people)
    theirs = whole_model(replace(problem, people=people, fewest_changes=False), PATIENCE)
    if not theirs.proved:
        return f"> {theirs.seconds:.0f} (not proved)", f"> {theirs.seconds / seconds:.0f}"
    assert theirs.cost == weight * found.changes + found.cost, (theirs, found.changes, found.cost)
    return f"{theirs.seconds:.1f}", f"{theirs.seconds / seconds:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only 1,101 people")
    parser.add_argument("--only", choices=("explained", "left-out", "again"), help="only this table")
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    options = parser.parse_args()
    sizes = SMALL if options.quick else (*SMALL, *LARGE)
    if options.only in (None, "explained"):
        _table(MARK, HEAD, map(explained, sizes), options.write)
    if options.only in (None, "left-out"):
        _table(MARK_OUT, OUT, (left_out(size, half) for size in sizes for half in (False, True)), options.write)
    if options.only in (None, "again"):
        rows = (row for size in sizes for row in planned_again(size, 5 if size.people < 2_000 else 60))
        _table(MARK_AGAIN, AGAIN, rows, options.write)


def _table(mark: str, head: str, rows: Iterable[str], write: bool) -> None:
    """Prints each row as it is there; writes them all."""
    table = [machine(), "", head, "|---" * (head.count("|") - 1) + "|"]
    for row in rows:
        print(row, flush=True)
        table.append(row)
    if write:
        _write(mark, table)


def _write(mark: str, table: list[str]) -> None:
    before, _, rest = README.read_text(encoding="utf-8").partition(mark)
    after = rest.partition(mark)[2]
    README.write_text(f"{before}{mark}\n" + "\n".join(table) + f"\n{mark}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
