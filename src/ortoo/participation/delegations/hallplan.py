"""The plan of a hall as a drawing: a square for each seat, the stage above, delegations in colours with their number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext

from ortoo.participation.domain.layout import places_in
from ortoo.participation.models import Delegation, Seat
from ortoo.programmes.models import Hall

SIDE, STEP, AISLE, STAGE, MARGIN = 10, 12, 14, 34, 26
TONES = 8


@dataclass(frozen=True)
class Square:
    """One place: its corner, its colour (0 for nobody's), what it says when pointed at.

    `wheelchair`: a wheelchair stands there; `companion`: who came with one sits there.
    """

    x: int
    y: int
    tone: int
    title: str
    wheelchair: bool = False
    companion: bool = False


@dataclass(frozen=True)
class Label:
    """A short text in the drawing."""

    x: int
    y: int
    text: str


@dataclass
class Block:
    """A delegation in the plan: its number there, its colour, its seats row by row as text; wheelchairs and companions apart."""

    number: int
    delegation: Delegation
    tone: int
    rows: list[tuple[int, str]] = field(default_factory=list)
    wheelchairs: list[str] = field(default_factory=list)
    companions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class HallPlan:
    """Everything that the template draws; sizes in units of the drawing. `astray`: seats that lie where the plan has none for them."""

    width: int
    height: int
    squares: list[Square]
    rows: list[Label]
    labels: list[Label]
    blocks: list[Block]
    astray: int
    bays: int


def draw(hall: Hall, seats: Sequence[Seat]) -> HallPlan:
    """The plan with these seats in it, each of which has its row and place."""
    on = {(seat.row, seat.place): seat for seat in seats}
    bays = set(hall.wheelchair_places)
    blocks = _blocks(seats)
    by_key = {block.delegation.pk: block for block in blocks}
    width = max((_width(parts) for parts in hall.rows), default=0)
    squares: list[Square] = []
    labels: list[Label] = []
    for row, parts in enumerate(hall.rows, 1):
        y, xs = STAGE + (row - 1) * STEP, _columns(parts, (width - _width(parts)) // 2 + MARGIN)
        places = range(1, len(xs) + 1)
        owners = [by_key.get(on[row, place].delegation_id) if (row, place) in on else None for place in places]
        squares += [
            _square(x, y, (row, place), owner, (row, place) in bays, on.get((row, place)))
            for place, x, owner in zip(places, xs, owners, strict=True)
        ]
        # A number must not hide the sign of a wheelchair or companion.
        plain = [None if (at := on.get((row, place))) and at.need else owner for place, owner in zip(places, owners, strict=True)]
        labels += _labels(xs, y, plain, row)
    rows = [Label(MARGIN // 2, STAGE + (row - 1) * STEP + SIDE - 2, str(row)) for row in range(1, len(hall.rows) + 1)]
    return HallPlan(
        width + 2 * MARGIN, STAGE + len(hall.rows) * STEP + 8, squares, rows, labels, blocks, _astray(hall, seats), len(bays)
    )


def _blocks(seats: Sequence[Seat]) -> list[Block]:
    """The delegations in the order in which they are served, with their seats as spans: 1—8, 12."""
    places: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    needs: dict[tuple[int, str], list[str]] = defaultdict(list)
    for seat in seats:
        if seat.need:
            needs[seat.delegation_id, seat.need].append(f"{seat.row}-{seat.place}")
        elif seat.row and seat.place:
            places[seat.delegation_id][seat.row].append(seat.place)
    known = {seat.delegation_id: seat.delegation for seat in seats}
    order = sorted(known.values(), key=lambda each: (each.priority, each.pk))
    return [
        Block(
            n,
            each,
            (n - 1) % TONES + 1,
            [(row, _spans(sorted(found))) for row, found in sorted(places[each.pk].items())],
            needs[each.pk, Seat.Need.WHEELCHAIR],
            needs[each.pk, Seat.Need.COMPANION],
        )
        for n, each in enumerate(order, 1)
    ]


def _astray(hall: Hall, seats: Sequence[Seat]) -> int:
    known, bays = set(places_in(hall)), set(hall.wheelchair_places)
    return sum(
        (seat.row, seat.place) not in known or ((seat.row, seat.place) in bays) != (seat.need == Seat.Need.WHEELCHAIR)
        for seat in seats
    )


def _spans(numbers: Sequence[int]) -> str:
    runs = [[n for _i, n in run] for _key, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)


def _width(parts: Sequence[int]) -> int:
    return sum(parts) * STEP + (len(parts) - 1) * AISLE


def _columns(parts: Sequence[int], start: int) -> list[int]:
    xs, x = [], start
    for part in parts:
        xs += [x + STEP * seat for seat in range(part)]
        x += part * STEP + AISLE
    return xs


def _square(x: int, y: int, at: tuple[int, int], owner: Block | None, bay: bool, seat: Seat | None) -> Square:
    said = [f"{at[0]}-{at[1]}", f"{owner.number} {owner.delegation.name}" if owner else ""]
    said.append(gettext("wheelchair place") if bay else str(seat.get_need_display()) if seat else "")
    companion = seat is not None and seat.need == Seat.Need.COMPANION
    return Square(x, y, owner.tone if owner else 0, " ".join(part for part in said if part), bay, companion)


def _labels(xs: Sequence[int], y: int, owners: Sequence[Block | None], row: int) -> list[Label]:
    """Each delegation's number on the middle one of its seats in each third row, where there is room for it."""
    found = []
    for owner, run in groupby(enumerate(owners), key=lambda pair: pair[1]):
        columns = [xs[index] for index, _owner in run]
        if owner and len(columns) > 1 and (row % 3 == 1 or (owner.rows and row == owner.rows[0][0])):
            found.append(Label(columns[len(columns) // 2] + SIDE // 2, y + SIDE - 2, str(owner.number)))
    return found
