"""`./ortoo backup FILE`: everything in one file, while people work."""

import sys
from pathlib import Path

import django
from django.utils.translation import gettext as _

from ortoo.commands.reader import speak


def main(argv: list[str]) -> int:
    """Write the backup; 0 when it is whole, 2 when the line is wrong."""
    if len(argv) != 1 or argv[0].startswith("-"):
        print("ortoo backup FILE.tar.gz", file=sys.stderr)
        return 2
    django.setup()
    speak()
    from ortoo.kernel.backup import write_backup

    file = Path(argv[0]).resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    manifest = write_backup(file)
    said = _("%(file)s: %(rows)d rows, %(files)d files")
    print(said % {"file": file, "rows": sum(manifest["rows"].values()), "files": len(manifest["members"]) - 1})
    return 0
