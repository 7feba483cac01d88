"""`./ortoo check`: format, lint, types, import contracts, migrations in step, docs and words."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
STEPS = {
    "format": ["-m", "ruff", "format", "--check", "-q", "."],
    "lint": ["-m", "ruff", "check", "-q", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
    "migrations": ["-m", "ortoo", "manage", "makemigrations", "--check", "--dry-run"],
    "docs and words": ["-m", "pytest", "-q", "tests/architecture", "tests/kernel/test_words.py"],
}


def main(argv: list[str]) -> int:
    """Run the named steps, or all; a line each; 0 when all are in order."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    failed = 0
    for name, command in STEPS.items():
        if argv and name not in argv:
            continue
        begun = time.monotonic()
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {name}  ({time.monotonic() - begun:.1f} s)", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout, done.stderr, sep="\n", flush=True)
    return 1 if failed else 0
