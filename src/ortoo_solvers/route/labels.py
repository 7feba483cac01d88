"""The search: partial tours as labels, a layer for each number of stops, the dominated and the hopeless left out.

A label is a set of visited stops, the node it ends at, the day and the cost. Of two that agree in set and node, one that is
no later and no dearer makes the other needless; one whose cost and least remaining cost reach a tour already known is
hopeless. With all layers complete the best tour is proved; with a layer cut to a width, the labels cut away give the bound.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ortoo_solvers.core.stop import Stop
from ortoo_solvers.route.ahead import Ahead
from ortoo_solvers.route.course import FAR, Course, Ints
from ortoo_solvers.route.options import Option

Worth = tuple[int, int]
"""Cost, last day."""


@dataclass(frozen=True)
class Layer:
    """Labels with the same number of stops; ``parents``: rows of the layer before; ``chosen``: numbers of their node's options."""

    masks: Ints
    nodes: Ints
    days: Ints
    costs: Ints
    parents: Ints
    chosen: Ints

    def take(self, rows: Ints) -> "Layer":
        """Some of the labels."""
        return Layer(self.masks[rows], self.nodes[rows], self.days[rows], self.costs[rows], self.parents[rows], self.chosen[rows])

    def __len__(self) -> int:
        return len(self.masks)


@dataclass(frozen=True)
class Outcome:
    """``tour``: options in order, None where none better than the known worth was found. ``bound``: what no tour costs less than;
    FAR where every tour was looked at and none was better."""

    tour: tuple[Option, ...] | None
    worth: Worth
    bound: int
    complete: bool


@dataclass
class Search:
    """One pass over the layers, none of them wider than ``width``."""

    course: Course
    ahead: Ahead
    width: int
    known: Worth = (FAR, FAR)
    stop: Stop | None = None
    tell: Callable[[int], None] | None = None
    by_day: bool = False

    def run(self) -> Outcome:
        """Raises nothing; an outcome without a tour and complete proves that none is better than ``known``."""
        layers = [self._first()]
        left_out = FAR
        for size in range(1, self.course.stops):
            layer, seen = self._next(layers[-1], size)
            if seen is not None:
                return Outcome(None, self.known, min(left_out, seen), False)
            layer = self._undominated(layer)
            if len(layer) > self.width:
                layer, cut = self._cut(layer)
                left_out = min(left_out, cut)
            layers.append(layer)
            if self.tell and len(layer):
                self.tell(min(left_out, int((layer.costs + self.ahead(layer.masks, layer.nodes)).min())))
        return self._best(layers, left_out)

    def _first(self) -> Layer:
        course = self.course
        starts = [n for n, node in enumerate(course.nodes) if course.first in (-1, node.bit)]
        if course.stops > 1:
            starts = [n for n in starts if course.nodes[n].bit != course.last]
        rows = [(1 << course.nodes[n].bit, n, option.day, option.price, -1, k)
                for n in starts for k, option in enumerate(course.nodes[n].options)]  # fmt: skip
        return self._undominated(self._hopeful(_layer(np.array(rows, dtype=np.int64).reshape(-1, 6).T)))

    def _next(self, layer: Layer, size: int) -> tuple[Layer, int | None]:
        """All labels with one stop more; the least promise of the layer instead when asked to stop."""
        pieces = [_layer(np.zeros((6, 0), dtype=np.int64))]
        for target, node in enumerate(self.course.nodes):
            if node.bit == self.course.first or (node.bit == self.course.last) != (
                self.course.last >= 0 and size == self.course.stops - 1
            ):
                continue
            if self.stop and self.stop(None if self.known[0] >= FAR else float(self.known[0])):
                return layer, int((layer.costs + self.ahead(layer.masks, layer.nodes)).min()) if len(layer) else FAR
            pieces += self._to(layer, target)
        return _joined(pieces), None

    def _to(self, layer: Layer, target: int) -> list[Layer]:
        """Labels that go on to the node: on its first possible day, and on later ones only where those are cheaper."""
        course, node = self.course, self.course.nodes[target]
        rows = np.flatnonzero((layer.masks >> node.bit) & 1 == 0)
        came = layer.nodes[rows]
        arrive = layer.days[rows] + course.waits[came, target]
        costs = layer.costs[rows] + course.ways[came, target]
        masks = layer.masks[rows] | (1 << node.bit)
        cheapest = np.full(len(rows), FAR)
        pieces = []
        for number, option in enumerate(node.options):
            fits = np.flatnonzero((arrive <= option.day) & (option.price < cheapest))
            cheapest[fits] = option.price
            size = len(fits)
            made = Layer(masks[fits], np.full(size, target), np.full(size, option.day), costs[fits] + option.price,
                         rows[fits], np.full(size, number))  # fmt: skip
            pieces.append(self._hopeful(made))
        return pieces

    def _hopeful(self, layer: Layer) -> Layer:
        """Those that can still become a tour better than the known one."""
        course = self.course
        latest, final = np.array(course.latest), max(course.earliest)
        dead = np.zeros(len(layer), dtype=bool)
        left = np.full(len(layer), course.stops)
        for bit in range(course.stops):
            missing = (layer.masks >> bit) & 1 == 0
            dead |= missing & (layer.days >= latest[bit])
            left -= ~missing
        promise = layer.costs + self.ahead(layer.masks, layer.nodes)
        ends = np.maximum(layer.days + left, final)
        cost, day = self.known
        better = (promise < cost) | ((promise == cost) & (ends < day))
        return layer.take(np.flatnonzero(~dead & better))

    def _undominated(self, layer: Layer) -> Layer:
        order = np.lexsort((layer.costs, layer.days, layer.nodes, layer.masks))
        layer = layer.take(order)
        if not len(layer):
            return layer
        new = np.ones(len(layer), dtype=bool)
        new[1:] = (np.diff(layer.masks) != 0) | (np.diff(layer.nodes) != 0)
        # Ranks instead of costs, lowered by group, so that one running minimum starts anew with each group.
        ranks = np.unique(layer.costs, return_inverse=True)[1].astype(np.int64)
        lowered = ranks - np.cumsum(new) * (len(layer) + 1)
        kept = new.copy()
        kept[1:] |= lowered[1:] < np.minimum.accumulate(lowered)[:-1]
        return layer.take(np.flatnonzero(kept))

    def _cut(self, layer: Layer) -> tuple[Layer, int]:
        promise = layer.costs + self.ahead(layer.masks, layer.nodes)
        keys = (layer.nodes, layer.masks, promise, layer.days) if self.by_day else (layer.nodes, layer.masks, layer.days, promise)
        order = np.lexsort(keys)
        return layer.take(np.sort(order[: self.width])), int(promise[order[self.width :]].min())

    def _best(self, layers: list[Layer], left_out: int) -> Outcome:
        final = layers[-1]
        if not len(final):
            return Outcome(None, self.known, left_out, left_out >= FAR)
        row = int(np.lexsort((final.days, final.costs))[0])
        worth = (int(final.costs[row]), int(final.days[row]))
        tour: list[Option] = []
        for layer in reversed(layers):
            node = self.course.nodes[int(layer.nodes[row])]
            tour.append(node.options[int(layer.chosen[row])])
            row = int(layer.parents[row])
        return Outcome(tuple(reversed(tour)), worth, min(left_out, worth[0]), left_out >= FAR)


def _layer(columns: Ints) -> Layer:
    return Layer(*(np.ascontiguousarray(column) for column in columns))


def _joined(pieces: list[Layer]) -> Layer:
    names = ("masks", "nodes", "days", "costs", "parents", "chosen")
    return Layer(*(np.concatenate([getattr(piece, name) for piece in pieces]) for name in names))
