"""A process of Ortoo starts without what only some of its work needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOADS = "import sys, django; django.setup(); import ortoo.urls, ortoo.settings; print(*sys.modules)"


@pytest.mark.parametrize("heavy", ["pandas", "numba", "pypinyin", "ortools.sat.python.cp_model"])
def test_start_leaves_out(heavy: str, loaded: set[str]) -> None:
    assert "django" in loaded and heavy not in loaded


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "ortoo.settings", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", LOADS], capture_output=True, text=True, check=True, env=environment)
    return set(done.stdout.split())
