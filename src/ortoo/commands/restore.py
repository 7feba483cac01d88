"""`./ortoo restore FILE`: put a backup back; what was there before is kept as a backup of its own."""

import sys
from pathlib import Path

import django


def main(argv: list[str]) -> int:
    """Restore; 0 when done, 2 when the file cannot be put back (nothing was changed then)."""
    if len(argv) != 1 or argv[0].startswith("-"):
        print("ortoo restore FILE.tar.gz", file=sys.stderr)
        return 2
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from ortoo.kernel import clock
    from ortoo.kernel.backup import BadBackup, restore_backup

    call_command("migrate", interactive=False, verbosity=0)
    keep = settings.DATA / "backups" / f"before-restore-{clock.now():%Y%m%d-%H%M%S}.tar.gz"
    try:
        manifest = restore_backup(Path(argv[0]), keep=keep)
    except BadBackup as error:
        print(f"ortoo: {error}. Nothing was changed.", file=sys.stderr)
        return 2
    print(f"{sum(manifest['rows'].values())} rows of {manifest['made'][:16]} are back. What was there before: {keep}")
    return 0
