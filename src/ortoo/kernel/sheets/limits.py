"""How much a file may hold before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be read: bytes of the file and unpacked, how often larger unpacked than packed, the zip's members, sheets, rows,
    columns and characters of a cell; `cells` of all sheets; `memory` in bytes and `seconds` of the process that parses."""

    bytes: int = 64 * 2**20
    unpacked: int = 768 * 2**20
    ratio: int = 400
    members: int = 5_000
    sheets: int = 200
    rows: int = 300_000
    columns: int = 400
    cell: int = 4_000
    cells: int = 8_000_000
    memory: int = 2_000 * 2**20
    seconds: float = 60.0


LIMITS = Limits()
