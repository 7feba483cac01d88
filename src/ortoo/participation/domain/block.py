"""Blocks of seats in a hall, laid out simply: from the stage backwards, turning at the end of each row."""

from collections.abc import Sequence
from typing import TypeVar

Who = TypeVar("Who")
Place = tuple[int, int]


def snake(rows: Sequence[Sequence[int]], wanted: Sequence[tuple[Who, int]]) -> dict[Who, list[Place]]:
    """For each in this order its places as (row, seat). Odd rows run from the left, even ones back, so that each is in one piece.

    `rows`: the seats of each part between aisles, from the stage. Who comes after the last seat gets fewer than wanted.
    """
    line: list[Place] = []
    for row, parts in enumerate(rows, 1):
        places = [(row, place) for place in range(1, sum(parts) + 1)]
        line += places if row % 2 else places[::-1]
    blocks: dict[Who, list[Place]] = {}
    start = 0
    for who, count in wanted:
        blocks[who] = line[start : start + count]
        start += count
    return blocks
