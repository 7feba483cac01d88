"""`./ortoo backup FILE`: everything in one file, while people work."""

import sys
from pathlib import Path

import django


def main(argv: list[str]) -> int:
    """Write the backup; 0 when it is whole, 2 when the line is wrong."""
    if len(argv) != 1 or argv[0].startswith("-"):
        print("ortoo backup FILE.tar.gz", file=sys.stderr)
        return 2
    django.setup()
    from ortoo.kernel.backup import write_backup

    file = Path(argv[0]).resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    manifest = write_backup(file)
    print(f"{file}: {sum(manifest['rows'].values())} rows, {len(manifest['members']) - 1} files")
    return 0
