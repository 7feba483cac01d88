"""The Chinese words as Django reads them: compiled from the catalogue whenever it is newer."""

import os
from pathlib import Path

CATALOGUE = Path(__file__).resolve().parents[1] / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def compile_catalogue(catalogue: Path = CATALOGUE) -> Path:
    """Write the .mo file beside the catalogue when it is missing or older; whole at once, since several processes may start together."""
    compiled = catalogue.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
        import polib

        fresh = compiled.with_suffix(f".{os.getpid()}.mo")
        polib.pofile(str(catalogue)).save_as_mofile(str(fresh))
        fresh.replace(compiled)
    return compiled
