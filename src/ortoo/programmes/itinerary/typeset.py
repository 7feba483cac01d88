"""The itinerary as PDF, set by typst with the fonts that come as a package."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

TEMPLATE = Path(__file__).with_name("itinerary.typ")
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


def typeset(said: Mapping[str, Any]) -> bytes:
    """language, title, map_note · overview: {summary, heads, rows, note} · stops: [{order, title, lines, heads, rows}] ·
    speakers: [{title, lines, heads, rows}] · maps: [{svg, ratio, labels}], the whole route first, then one for each stop."""
    made = typst.compile(
        str(TEMPLATE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"tour": json.dumps(said, ensure_ascii=False)},
    )
    return bytes(made)
