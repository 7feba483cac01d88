"""`./ortoo bundle`: fetch every package of the lock into bundle/wheels, to be carried to a machine without a network.

The launcher installs from bundle/wheels whenever that folder is there. The other machine must be of the same kind (operating
system, processor, Python version): some packages are compiled.
"""

import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

ROOT = Path(__file__).resolve().parents[3]


def main(argv: list[str]) -> int:
    """Fetch the packages; 0 when all are there, pip's own code otherwise. `--tests` adds those of the tests."""
    import django

    from ortoo.commands.reader import speak

    django.setup()
    speak()
    lock = ROOT / ("requirements-dev.lock" if "--tests" in argv else "requirements.lock")
    wheels = ROOT / "bundle" / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--require-hashes", "--no-deps"]
    done = subprocess.run([*command, "-r", str(lock), "-d", str(wheels)], check=False)
    if done.returncode == 0:
        said = _("%(folder)s holds %(count)d packages. Copy the whole clone to the other machine and run ./ortoo up there.")
        print(said % {"folder": wheels, "count": len(list(wheels.iterdir()))})
    return done.returncode
