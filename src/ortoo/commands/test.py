"""`./ortoo test`: the whole suite on SQLite, then what touches the database again on PostgreSQL.

Whatever is to be installed is installed first; then the tests run cut off from every network, as Ortoo does on a closed one.
What follows goes to pytest. Tests named by path run on SQLite only; ORTOO_TEST_ENGINE=postgres runs them there instead.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ortoo.commands.alone import alone, can_be_alone
from ortoo_hub import nginx

ROOT = Path(__file__).resolve().parents[3]
NEEDS = {
    "chromium": ["chromium", "fonts-noto-cjk"],
    "its driver": ["libatomic1"],
    "postgres": ["postgresql"],
    "nchan": ["nginx", "libnginx-mod-nchan"],
}
# Pure arithmetic, what a browser shows and the crowd that the hub serves are the same on both engines; the tests leave out what
# else needs no database.
ONCE = [
    "tests/demo/test_live.py",
    "tests/browser",
    "tests/solvers",
    "tests/architecture",
    "tests/rotate",
    "tests/touring",
    "tests/hub",
]
NOTHING_CHOSEN = 5


def main(argv: list[str]) -> int:
    """Run what is named, or everything; 0 when all passed."""
    begun = time.monotonic()
    install_missing()
    named = any((ROOT / word.partition("::")[0]).exists() for word in argv if not word.startswith("-"))
    counts = Path(tempfile.mkdtemp(prefix="ortoo-counts-"))
    try:
        codes = [_on(engine, argv, named, counts) for engine in _engines(named)]
        print(summary(counts, time.monotonic() - begun), flush=True)
    finally:
        shutil.rmtree(counts)
    if os.environ.get("CI") == "true" and not all(map(have, NEEDS)):
        return 1
    return max((code for code in codes if code != NOTHING_CHOSEN), default=NOTHING_CHOSEN)


def _engines(named: bool) -> list[str]:
    """The engines of this run."""
    if asked := os.environ.get("ORTOO_TEST_ENGINE"):
        return [asked]
    return ["sqlite"] if named or not have("postgres") else ["sqlite", "postgres"]


def _on(engine: str, argv: list[str], named: bool, counts: Path) -> int:
    """One run of pytest on one engine; its exit code."""
    places: list[str] = [] if named else ["tests"]
    if engine == "postgres" and not named:
        places += [f"--ignore={place}" for place in ONCE]
        places += [] if "-m" in argv else ["-m", "not browser or journey"]
        os.environ["ORTOO_TEST_DATABASE_ONLY"] = "1"
        print("\nThe same once more on PostgreSQL", flush=True)
    parallel = ["-n", "2", "--dist", "loadgroup"] if importlib.util.find_spec("xdist") and "-n" not in argv else []
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "ORTOO_TEST_ENGINE": engine,
        "ORTOO_TEST_COUNTS": str(counts / f"{engine}.json"),
    }
    command = alone([sys.executable, "-m", "pytest", "-q", *parallel, *argv, *places])
    with subprocess.Popen(command, cwd=ROOT, env=environment) as running:
        try:
            return running.wait()
        except KeyboardInterrupt:
            # pytest got the same Ctrl-C and is putting its servers away.
            running.wait()
            raise


def summary(counts: Path, seconds: float) -> str:
    """One line for all runs together, as pytest would write it; a line for each run above it."""
    both: Counter[str] = Counter()
    lines = [""]
    for file in sorted(counts.glob("*.json"), reverse=True):
        one = Counter(json.loads(file.read_text()))
        lines.append(f"{file.stem}: {_counted(one)}")
        both += one
    missing = [name for name in NEEDS if not have(name)]
    if missing:
        lines.append(f"left out, because it is not on this machine: {', '.join(missing)}")
    lines.append("with no network but loopback" if can_be_alone() else "this machine gives no network of our own: not cut off")
    return "\n".join([*lines, f"======== {_counted(both)} in {seconds:.2f}s ========"])


def _counted(counts: Counter[str]) -> str:
    order = ("failed", "passed", "skipped", "xfailed", "xpassed", "errors")
    return ", ".join(f"{counts[name]} {name}" for name in order if counts[name]) or "no tests ran"


def install_missing() -> None:
    """Fetch the browser and the database server where the machine allows it; say so where not."""
    wanted = [package for name, packages in NEEDS.items() if not have(name) for package in packages]
    if not wanted:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("ortoo: installing", *wanted, flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for line in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "--no-install-recommends", *wanted]):
            subprocess.run(line, check=False, stdout=subprocess.DEVNULL, env=environment)
    for name in NEEDS:
        if not have(name):
            print(f"ortoo: no {name} here, so its tests are left out (with CI=true that is a failure).")
            print(f"       To have them: apt-get install {' '.join(NEEDS[name])}", flush=True)


def have(name: str) -> bool:
    """Whether the browser or the server is on this machine."""
    if name == "postgres":
        return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))
    if name == "its driver":
        return driver_starts()
    if name == "nchan":
        return any(module.exists() for module in nginx.MODULES)
    return bool(os.environ.get("ORTOO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome"))


def driver_starts() -> bool:
    """Whether what drives the browser has the libraries of the system that it needs; a bare Debian lacks one."""
    found = importlib.util.find_spec("playwright")
    if found is None or found.origin is None:
        return False
    node = Path(found.origin).parent / "driver" / "node"
    return subprocess.run([node, "--version"], check=False, capture_output=True).returncode == 0
