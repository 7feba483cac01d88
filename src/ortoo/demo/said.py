"""What the demo says in its own words, and the files it is built from."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ROSTERS = DATA / "rosters"


@cache
def said() -> dict[str, Any]:
    """The demo's texts."""
    with (DATA / "demo.toml").open("rb") as file:
        return tomllib.load(file)


def returns() -> list[Path]:
    """The twelve returns, in the order of their names."""
    return sorted(file for file in (ROSTERS / "returns").iterdir() if not file.name.startswith("."))
