"""`./ortoo test`: the whole suite on SQLite, then what touches the database again on PostgreSQL."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NEEDS = {
    "chromium": ["chromium", "fonts-noto-cjk"],
    "postgres": ["postgresql"],
}


def main(argv: list[str]) -> int:
    """Run what is named, or everything; 0 when all passed."""
    _install_missing()
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "default"}
    named = [word for word in argv if word.startswith("tests")]
    first = _pytest([*argv, *([] if named else ["tests"])], environment | {"ORTOO_TEST_ENGINE": "sqlite"})
    if named or not _have_postgres():
        return first
    print("\nThe same once more on PostgreSQL", flush=True)
    rest = ["tests", "--ignore=tests/browser", "--ignore=tests/solvers", "--ignore=tests/architecture"]
    rest += ["--ignore=tests/intake/reading", "--ignore=tests/kernel/sheets", "--ignore=tests/kernel/text"]
    second = _pytest([*argv, *rest], environment | {"ORTOO_TEST_ENGINE": "postgres"})
    return first or second


def _pytest(arguments: list[str], environment: dict[str, str]) -> int:
    parallel = ["-n", "2", "--dist", "loadgroup"] if importlib.util.find_spec("xdist") and "-n" not in arguments else []
    command = [sys.executable, "-m", "pytest", "-q", *parallel, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _install_missing() -> None:
    """Fetch the browser and the database server where the machine allows it; say so where not."""
    wanted = [package for name, packages in NEEDS.items() if not _have(name) for package in packages]
    if not wanted:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("ortoo: installing", *wanted, flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-y", "-q", *wanted], check=False, **quiet)  # type: ignore[call-overload]
    for name in NEEDS:
        if not _have(name):
            print(f"ortoo: no {name} here, so its tests are left out (with CI=true they fail).")
            print(f"       To have them: apt-get install {' '.join(NEEDS[name])}")


def _have(name: str) -> bool:
    return _have_postgres() if name == "postgres" else bool(shutil.which("chromium") or shutil.which("chromium-browser"))


def _have_postgres() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))
