"""The compiled search: two people of one evening change tables, again and again, at a falling temperature.

Seats lie one after the other, table by table; `who[e, seat]`. What two people at one table cost goes by the class of their pair:
`cost = sum over classes of weight × max(0, count - cap)`. For plain tables every pair is a class of its own with cap 1; two of one
group have cap 0; where an evening stands for many (see turning.py) all pairs that it stands for share a class. An empty seat is a
person too, whose classes weigh nothing but with another empty one. Exact by construction: counts change pair by pair and change
back when the exchange is refused.
"""

import numpy as np
from numba import njit
from numba.extending import register_jitable

from ortoo_solvers.core.draws import by_lower, by_upper, draw

_SHORT, _SKIP = np.uint64(0xFFFF), np.uint64(16)


@register_jitable
def _leave(who, e, begin, end, seat, kinds, count, cap, weight):
    """The person in the seat stops meeting the others of the table; returns the price saved."""
    saved = 0
    p = who[e, seat]
    for other in range(begin, end):
        if other != seat:
            c = kinds[p, who[e, other]]
            if count[c] > cap[c]:
                saved += weight[c]
            count[c] -= 1
    return saved


@register_jitable
def _join(who, e, begin, end, seat, kinds, count, cap, weight):
    """The person in the seat meets the others of the table; returns the price."""
    paid = 0
    p = who[e, seat]
    for other in range(begin, end):
        if other != seat:
            c = kinds[p, who[e, other]]
            if count[c] >= cap[c]:
                paid += weight[c]
            count[c] += 1
    return paid


@register_jitable
def _keep(who, best_who, stale):
    """Only the evenings that changed: all of them would cost more than many proposals."""
    for e in range(stale.size):
        if stale[e]:
            best_who[e] = who[e]
            stale[e] = False


@njit(cache=True)
def total(who, starts, kinds, count, cap, weight):
    """Counts of all classes from nothing but `count` as given, and the price of what is beyond the caps."""
    for e in range(who.shape[0]):
        for t in range(starts.size - 1):
            for a in range(starts[t], starts[t + 1]):
                for b in range(a + 1, starts[t + 1]):
                    count[kinds[who[e, a], who[e, b]]] += 1
    cost = 0
    for c in range(count.size):
        if count[c] > cap[c]:
            cost += weight[c] * (count[c] - cap[c])
    return cost


@njit(cache=True)
def anneal(
    who, starts, table_of, kinds, count, cap, weight, lifts, takes, takers, no_notes, home, moved,
    cost, best, best_who, stale, hot, cold, proposals, enough, random, neg_log,
):  # fmt: skip
    """So many proposals, cooling evenly from `hot` to `cold`; returns proposals made, cost and best cost.

    `lifts[p]`: who may take the seat of `p` (see turning.py; no columns: nobody). `takes[p]`: 1 for who takes notes; `takers[e, t]`: how
    many sit there; `no_notes`: price of a table with none (0: no matter). `home[e, p]`: published table, -1 for none; `moved`: price of
    another. `stale[e]`: whether the evening in `best_who` is not that of `who`. Ends early at a cost of `enough`.
    """
    evenings, seats = who.shape
    x = random[0]
    temperature = hot
    step = (cold / hot) ** (1024.0 / max(1, proposals))
    made = 0
    while made < proposals and best > enough:
        made += 1
        if made & 1023 == 0:
            temperature *= step
        x = draw(x)
        e = by_lower(x, evenings)
        a = by_upper(x, seats)
        x = draw(x)
        b = by_upper(x, seats)
        ta, tb = table_of[a], table_of[b]
        limit = temperature * neg_log[x & np.uint64(0xFFF)]
        p, q = who[e, a], who[e, b]
        a1, a2, b1, b2 = starts[ta], starts[ta + 1], starts[tb], starts[tb + 1]
        if ta == tb:
            if lifts.shape[1] == 0:
                continue
            delta = -_leave(who, e, a1, a2, a, kinds, count, cap, weight)
            who[e, a] = lifts[p, np.int64((((x >> _SKIP) & _SHORT) * np.uint64(lifts.shape[1])) >> _SKIP)]
            delta += _join(who, e, a1, a2, a, kinds, count, cap, weight)
            if delta > limit:
                _leave(who, e, a1, a2, a, kinds, count, cap, weight)
                who[e, a] = p
                _join(who, e, a1, a2, a, kinds, count, cap, weight)
                continue
            cost += delta
            stale[e] = True
            if cost < best:
                best = cost
                _keep(who, best_who, stale)
            continue
        delta = -_leave(who, e, a1, a2, a, kinds, count, cap, weight) - _leave(who, e, b1, b2, b, kinds, count, cap, weight)
        who[e, a], who[e, b] = q, p
        delta += _join(who, e, a1, a2, a, kinds, count, cap, weight) + _join(who, e, b1, b2, b, kinds, count, cap, weight)
        if no_notes and takes[p] != takes[q]:
            change = takes[q] - takes[p]
            delta += no_notes * ((takers[e, ta] + change == 0) - (takers[e, ta] == 0))
            delta += no_notes * ((takers[e, tb] - change == 0) - (takers[e, tb] == 0))
        if moved:
            hp, hq = home[e, p], home[e, q]
            if hp >= 0:
                delta += moved * ((hp == ta) - np.int64(hp == tb))
            if hq >= 0:
                delta += moved * ((hq == tb) - np.int64(hq == ta))
        if delta > limit:
            _leave(who, e, a1, a2, a, kinds, count, cap, weight)
            _leave(who, e, b1, b2, b, kinds, count, cap, weight)
            who[e, a], who[e, b] = p, q
            _join(who, e, a1, a2, a, kinds, count, cap, weight)
            _join(who, e, b1, b2, b, kinds, count, cap, weight)
            continue
        if no_notes and takes[p] != takes[q]:
            takers[e, ta] += takes[q] - takes[p]
            takers[e, tb] += takes[p] - takes[q]
        cost += delta
        stale[e] = True
        if cost < best:
            best = cost
            _keep(who, best_who, stale)
    random[0] = x
    return made, cost, best
