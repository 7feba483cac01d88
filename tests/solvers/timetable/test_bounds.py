"""The compiled search never reads or writes beside its arrays: compiled once more with every index looked at."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CHECKED = """
from tests.solvers.timetable import test_solve as tests
tests.test_course_without_lectures_is_nobodys_partner()
tests.test_moves_and_judge_agree_after_any_number_of_moves()
tests.test_what_is_not_looked_at_further_would_not_have_been_taken()
"""


@pytest.mark.slow
def test_no_index_leaves_its_array(tmp_path: Path) -> None:
    own = {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    ran = subprocess.run([sys.executable, "-c", CHECKED], cwd=tmp_path, env=os.environ | own, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
