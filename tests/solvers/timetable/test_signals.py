"""Ctrl-C and SIGTERM end every solver that reckons with CP-SAT as they end the others: with the best so far."""

import subprocess
import sys
from dataclasses import replace

import pytest
from tests.solvers.timetable.instances import SMALL

from ortoo_solvers.core import never
from ortoo_solvers.timetable import Lecture, NothingFound, Problem, score, solve

BEGIN = """
import os, signal
from ortoo_solvers.core.shell import stop_on_signal
with stop_on_signal() as asked:
    {reckon}
    before = asked(None)
    os.kill(os.getpid(), signal.SIGINT)
    print(before, asked(None))
"""
RECKON = {
    "timetable": "from tests.solvers.timetable.instances import SMALL; from ortoo_solvers.timetable.bound import bound_of; bound_of(SMALL)",
    "rooms": "from ortoo_solvers.rooms import Person, Problem, Room, solve; "
    "solve(Problem(tuple(Person(f'{n}', 'fm'[n % 2]) for n in range(7)), tuple(Room(f'{n}') for n in range(5))))",
    "seats": "from ortoo_solvers.seats import Delegation, Problem, solve; "
    "solve(Problem(tuple(Delegation(f'{n}', 3 + n) for n in range(5)), None, ('oooo|oooo',) * 5))",
}


@pytest.mark.parametrize("which", RECKON)
def test_interrupt_is_heard_after_cp_sat_has_reckoned(which: str) -> None:
    done = subprocess.run([sys.executable, "-c", BEGIN.format(reckon=RECKON[which])], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "False True\n"), done.stderr


def test_whoever_is_stopped_at_once_still_gets_a_timetable() -> None:
    found = solve(SMALL, lambda best: True)
    assert (found.hard, score(SMALL, found.lectures).hard) == (0, 0)


def test_all_pinned_and_impossible_is_said() -> None:
    drill = SMALL.courses[0]
    alone = Problem(
        (replace(drill, lectures=1, closed=frozenset({0})),), SMALL.rooms, (), 3, 4, pinned=(Lecture("drill", "hall", 0, 0),)
    )
    with pytest.raises(NothingFound) as told:
        solve(alone, never, iterations=1_000)
    assert told.value.judged.hard == 1
