"""`python -m ortoo COMMAND`: looks the command up and hands the rest of the line to it."""

import importlib
import os
import sys

COMMANDS = {
    "up": ("ortoo.commands.up", "serve Ortoo here; builds the demo on first run (--empty: starts clean)"),
    "rotate": ("ortoo.rotate.command", "from returns to a rotation plan, without a server"),
    "intake": ("ortoo.intake.command", "read returns into a programme from the command line"),
    "backup": ("ortoo.commands.backup", "write everything to one file, while running"),
    "restore": ("ortoo.commands.restore", "bring everything back from such a file"),
    "worker": ("ortoo.commands.worker", "do long work (started by `up`)"),
    "manage": ("ortoo.commands.manage", "Django's own commands"),
    "test": ("ortoo.commands.test", "the whole test suite"),
    "check": ("ortoo.commands.check", "format, lint, types, import contracts, migrations, docs"),
}


def main(argv: list[str]) -> int:
    """Run one command; returns its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortoo.settings")
    name, rest = (argv[0], argv[1:]) if argv else ("--help", [])
    if name in ("--help", "-h", "help"):
        print(usage())
        return 0
    if name not in COMMANDS:
        print(f"ortoo: there is no command {name!r}\n\n{usage()}", file=sys.stderr)
        return 2
    code: int = importlib.import_module(COMMANDS[name][0]).main(rest)
    return code


def usage() -> str:
    """What can be asked for, a line each."""
    lines = [f"    ./ortoo {name:<8} {what}" for name, (_module, what) in COMMANDS.items()]
    return "\n".join(["Ortoo plans, runs and accounts for touring lectures and rotation training.", "", *lines])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
