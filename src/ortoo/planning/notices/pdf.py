"""A notice as PDF, set by typst with the fonts that come as a package; no other font is looked for."""

import json
from dataclasses import asdict
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ortoo.planning.notices.notice import Notice

TEMPLATE = Path(__file__).with_name("notice.typ")
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


def write_pdf(notice: Notice) -> bytes:
    """The PDF's bytes."""
    said = asdict(notice) | {
        "title": notice.title, "opening": notice.opening, "closing": notice.closing, "head": notice.head, "day": f"{notice.day:%Y-%m-%d}",
        "without": _("Without a place this time"), "language": "en" if (get_language() or "").startswith("en") else "zh",
    }  # fmt: skip
    made = typst.compile(
        str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs={"notice": json.dumps(said, default=str)}
    )
    return bytes(made)
