"""`./ortoo restore FILE`: put a backup back; what was there before is kept as a backup of its own."""

import sys
from pathlib import Path

import django
from django.utils.translation import gettext as _

from ortoo.commands.reader import speak


def main(argv: list[str]) -> int:
    """Restore; 0 when done, 2 when the file cannot be put back (nothing was changed then)."""
    if len(argv) != 1 or argv[0].startswith("-"):
        print("ortoo restore FILE.tar.gz", file=sys.stderr)
        return 2
    django.setup()
    speak()
    from django.conf import settings
    from django.core.management import call_command

    from ortoo.kernel import clock
    from ortoo.kernel.backup import BadBackup, restore_backup

    call_command("migrate", interactive=False, verbosity=0)
    keep = settings.DATA / "backups" / f"before-restore-{clock.now():%Y%m%d-%H%M%S}.tar.gz"
    try:
        manifest = restore_backup(Path(argv[0]), keep=keep)
    except BadBackup as error:
        print("ortoo:", _("%(why)s. Nothing was changed.") % {"why": error}, file=sys.stderr)
        return 2
    said = _("%(rows)d rows of %(made)s are back. What was there before: %(keep)s")
    print(said % {"rows": sum(manifest["rows"].values()), "made": manifest["made"][:16], "keep": keep})
    return 0
