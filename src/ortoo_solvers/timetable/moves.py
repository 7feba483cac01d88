"""The compiled search: what a move costs, and an anneal of many moves, on flat arrays without allocation.

A state is the period and room of every lecture, with counts that make a proposal cheap to judge: who sits in each cell
(period × room), how many lectures of clashing courses a period holds for each course, the busy periods of a curriculum's day as
bits, lectures of a course by day and by room. Rooms are never taken twice. `anneal` keeps clashes and closed times at none and
prices the rest; `mend` counts them and brings them to none first.
"""

import numpy as np
from numba import njit
from numba.extending import register_jitable

from ortoo_solvers.core.draws import by_lower, by_upper, draw

NOT_FREE, SHUT = -1, -2


@register_jitable
def _free(busy, is_open):
    """The open periods of each course in which nothing clashes with it: a list, how many, and where in it each period is
    (NOT_FREE: not, SHUT: never)."""
    free = np.zeros(busy.shape, np.int16)
    frees = np.zeros(busy.shape[0], np.int32)
    at = np.full(busy.shape, SHUT, np.int16)
    for c in range(busy.shape[0]):
        for p in range(busy.shape[1]):
            if is_open[c, p]:
                at[c, p] = NOT_FREE
                if busy[c, p] == 0:
                    at[c, p] = frees[c]
                    free[c, frees[c]] = p
                    frees[c] += 1
    return free, frees, at


@njit(cache=True)
def counted(course_of, period, room, clash_at, clashes, groups_at, groups, is_open, n_rooms, n_groups, ppd):
    """All counts of a state from its periods and rooms; a lecture in period -1 is nowhere."""
    n_courses, n_periods = is_open.shape
    days = n_periods // ppd
    cell = np.full((n_periods, n_rooms), -1, np.int32)
    busy = np.zeros((n_courses, n_periods), np.int16)
    mask = np.zeros((n_groups, days), np.int32)
    by_day = np.zeros((n_courses, days), np.int16)
    by_room = np.zeros((n_courses, n_rooms), np.int16)
    for i in range(course_of.size):
        p, r, c = period[i], room[i], course_of[i]
        if p < 0:
            continue
        cell[p, r] = i
        by_day[c, p // ppd] += 1
        by_room[c, r] += 1
        for k in range(clash_at[c], clash_at[c + 1]):
            busy[clashes[k], p] += 1
        for k in range(groups_at[c], groups_at[c + 1]):
            mask[groups[k], p // ppd] |= 1 << (p % ppd)
    free, frees, at = _free(busy, is_open)
    return cell, busy, mask, by_day, by_room, free, frees, at


@register_jitable
def _days_delta(by_day, min_days, c, d1, d2):
    """Missing days more or fewer when one lecture of course c goes from day d1 to d2."""
    if d1 == d2:
        return 0
    less = by_day[c, d1] == 1
    more = by_day[c, d2] == 0
    if less == more:
        return 0
    used = 0
    for d in range(by_day.shape[1]):
        if by_day[c, d] > 0:
            used += 1
    if less:
        return 1 if used <= min_days[c] else 0
    return -1 if used < min_days[c] else 0


@register_jitable
def _group_delta(mask, tables, table_of, g, d1, b1, d2, b2):
    """Price of the curriculum's days when its lecture goes from bit b1 of day d1 to b2 of d2."""
    t = table_of[g]
    m1 = mask[g, d1]
    if d1 == d2:
        return tables[t, (m1 & ~b1) | b2] - tables[t, m1]
    m2 = mask[g, d2]
    return tables[t, m1 & ~b1] - tables[t, m1] + tables[t, m2 | b2] - tables[t, m2]


@register_jitable
def _order_delta(c, p1, p2, before_at, before, behind_at, behind, first, period):
    """Pairs out of order, more or fewer, when one lecture of course c goes from p1 to p2."""
    delta = 0
    for k in range(before_at[c], before_at[c + 1]):
        for i in range(first[before[k]], first[before[k] + 1]):
            delta += (period[i] >= p2) - (period[i] >= p1)
    for k in range(behind_at[c], behind_at[c + 1]):
        for i in range(first[behind[k]], first[behind[k] + 1]):
            delta += (p2 >= period[i]) - (p1 >= period[i])
    return delta


@register_jitable
def _rooms_delta(by_room, c, r1, r2):
    """Rooms of course c, more or fewer, when one lecture goes from r1 to r2."""
    if r1 == r2:
        return 0
    return (1 if by_room[c, r2] == 0 else 0) - (1 if by_room[c, r1] == 1 else 0)


@register_jitable
def _shift(i, c, p1, r1, p2, r2, period, room, busy, by_day, by_room, free, frees, at, clash_at, clashes, ppd):
    """Lecture i goes from (p1, r1) to (p2, r2) in all counts but the cells and, where p1 is taken over, the bits."""
    period[i] = p2
    room[i] = r2
    by_room[c, r1] -= 1
    by_room[c, r2] += 1
    if p1 == p2:
        return
    d1, d2 = p1 // ppd, p2 // ppd
    by_day[c, d1] -= 1
    by_day[c, d2] += 1
    for k in range(clash_at[c], clash_at[c + 1]):
        o = clashes[k]
        busy[o, p1] -= 1
        busy[o, p2] += 1
        if busy[o, p1] == 0 and at[o, p1] == NOT_FREE:
            at[o, p1] = frees[o]
            free[o, frees[o]] = p1
            frees[o] += 1
        if at[o, p2] >= 0:
            frees[o] -= 1
            last = free[o, frees[o]]
            free[o, at[o, p2]] = last
            at[o, last] = at[o, p2]
            at[o, p2] = NOT_FREE


@register_jitable
def _clear_bits(c, p, mask, groups_at, groups, ppd):
    for k in range(groups_at[c], groups_at[c + 1]):
        mask[groups[k], p // ppd] &= ~(1 << (p % ppd))


@register_jitable
def _set_bits(c, p, mask, groups_at, groups, ppd):
    for k in range(groups_at[c], groups_at[c + 1]):
        mask[groups[k], p // ppd] |= 1 << (p % ppd)


@njit(cache=True, nogil=True)
def anneal(
    course_of, unary, clash, clash_at, clashes, groups_at, groups, in_group, tables, table_of,
    before_at, before, behind_at, behind, min_days, most, first, movable, pinned, ppd, days_price, room_price, order_price,
    period, room, cell, busy, mask, by_day, by_room, free, frees, at,
    best_period, best_room, cost, best, temperature, proposals, most_accepted, swap_share, same_share, keep_share, random, neg_log,
):  # fmt: skip
    """So many proposals at one temperature, fewer when ``most_accepted`` are taken; returns proposals made, taken, cost, best cost.

    A proposal: a lecture goes to a random period that is open to its course and in which nothing clashes with it, and to a random room,
    changing places with whoever is there (or, with ``swap_share``/256, changes places with a random lecture that clashes with it; with
    ``same_share``/256, only changes its room; with ``keep_share``/256, keeps its room: in the cold, where another room costs too much,
    hardly another move of period is left). Taken when it costs no more than -T ln u (Metropolis 1953). What costs more than ``most`` could
    save is not looked at further. The best state met is copied out; ``random`` is the seed's state.
    """
    n_periods, n_rooms = cell.shape
    day_of, bit_of = np.empty(n_periods, np.int64), np.empty(n_periods, np.int64)
    for p in range(n_periods):
        day_of[p], bit_of[p] = p // ppd, 1 << (p % ppd)
    x = random[0]
    accepted = 0
    made = 0
    while made < proposals:
        made += 1
        x = draw(x)
        i = movable[by_upper(x, movable.size)]
        limit = np.int64(temperature * neg_log[x & np.uint64(0xFFF)])
        kind = np.int64((x >> np.uint64(12)) & np.uint64(0xFF))
        a = course_of[i]
        p1, r1 = period[i], room[i]
        x = draw(x)
        if kind < swap_share:
            b = np.int64(clashes[clash_at[a] + by_upper(x, clash_at[a + 1] - clash_at[a])])
            n = np.int64(first[b + 1] - first[b])
            if n == 0:
                continue
            j = np.int64(first[b]) + by_lower(x, n)
            p2, r2 = period[j], room[j]
        else:
            if kind < swap_share + same_share:
                p2 = p1
            else:
                if frees[a] == 0:
                    continue
                p2 = np.int32(free[a, by_upper(x, frees[a])])
            r2 = r1 if kind >= 256 - keep_share else np.int32(by_lower(x, n_rooms))
            j = np.int64(cell[p2, r2])
        if j >= 0:
            b = np.int64(course_of[j])
            if b == a or pinned[j]:
                continue
            k = np.int64(clash[a, b])
            if p1 != p2 and (busy[a, p2] != k or busy[b, p1] != k):
                continue
        else:
            b, k = np.int64(-1), np.int64(0)
            if p1 != p2 and busy[a, p2] != 0:
                continue
        delta = unary[a, p2, r2] - unary[a, p1, r1]
        if b >= 0:
            delta += unary[b, p1, r1] - unary[b, p2, r2]
        if r1 != r2:
            delta += room_price * _rooms_delta(by_room, a, r1, r2)
            if b >= 0:
                delta += room_price * _rooms_delta(by_room, b, r2, r1)
        if p1 == p2:
            if delta > limit:
                continue
        else:
            if delta > limit + (most[a] if b < 0 else most[a] + most[b]):
                continue
            d1, d2, b1, b2 = day_of[p1], day_of[p2], bit_of[p1], bit_of[p2]
            delta += days_price * _days_delta(by_day, min_days, a, d1, d2)
            if b >= 0:
                delta += days_price * _days_delta(by_day, min_days, b, d2, d1)
            for g in range(groups_at[a], groups_at[a + 1]):
                q = groups[g]
                if k == 0 or in_group[q, b] == 0:
                    delta += _group_delta(mask, tables, table_of, q, d1, b1, d2, b2)
            if b >= 0:
                for g in range(groups_at[b], groups_at[b + 1]):
                    q = groups[g]
                    if k == 0 or in_group[q, a] == 0:
                        delta += _group_delta(mask, tables, table_of, q, d2, b2, d1, b1)
            if before.size:
                delta += order_price * _order_delta(a, p1, p2, before_at, before, behind_at, behind, first, period)
                if b >= 0:
                    period[i] = p2
                    delta += order_price * _order_delta(b, p2, p1, before_at, before, behind_at, behind, first, period)
                    period[i] = p1
        if delta > limit:
            continue
        accepted += 1
        if p1 != p2:
            _clear_bits(a, p1, mask, groups_at, groups, ppd)
            if b >= 0:
                _clear_bits(b, p2, mask, groups_at, groups, ppd)
                _set_bits(b, p1, mask, groups_at, groups, ppd)
            _set_bits(a, p2, mask, groups_at, groups, ppd)
        _shift(i, a, p1, r1, p2, r2, period, room, busy, by_day, by_room, free, frees, at, clash_at, clashes, ppd)
        if b >= 0:
            _shift(j, b, p2, r2, p1, r1, period, room, busy, by_day, by_room, free, frees, at, clash_at, clashes, ppd)
        cell[p1, r1] = j
        cell[p2, r2] = i
        cost += delta
        if cost < best:
            best = cost
            best_period[:] = period
            best_room[:] = room
        if accepted >= most_accepted:
            break
    random[0] = x
    return made, accepted, cost, best


@njit(cache=True, nogil=True)
def mend(
    course_of,
    unary,
    clash,
    clash_at,
    clashes,
    movable,
    pinned,
    period,
    room,
    cell,
    busy,
    broken,
    never,
    temperature,
    proposals,
    random,
    neg_log,
):
    """Anneal on the number of clashes, closed times and unfit rooms alone until there are none; returns what is left.

    Every lecture stands somewhere; ``broken``: what the start breaks.
    """
    n_periods, n_rooms = cell.shape
    x = random[0]
    for _made in range(proposals):
        if broken == 0:
            break
        x = draw(x)
        i = movable[by_upper(x, movable.size)]
        limit = temperature * neg_log[x & np.uint64(0xFFF)]
        a = course_of[i]
        p1, r1 = period[i], room[i]
        x = draw(x)
        p2 = by_upper(x, n_periods)
        r2 = by_lower(x, n_rooms)
        j = np.int64(cell[p2, r2])
        b = np.int64(-1)
        if j >= 0:
            b = np.int64(course_of[j])
            if b == a or pinned[j]:
                continue
        delta = (1 if unary[a, p2, r2] >= never else 0) - (1 if unary[a, p1, r1] >= never else 0)
        if b >= 0:
            delta += (1 if unary[b, p1, r1] >= never else 0) - (1 if unary[b, p2, r2] >= never else 0)
        if p1 != p2:
            k = 0 if b < 0 else np.int64(clash[a, b])
            delta += busy[a, p2] - k - busy[a, p1] + 1
            if b >= 0:
                delta += busy[b, p1] - k - busy[b, p2] + 1
        if delta > limit:
            continue
        broken += delta
        period[i], room[i] = p2, r2
        cell[p1, r1], cell[p2, r2] = j, i
        if b >= 0:
            period[j], room[j] = p1, r1
        if p1 != p2:
            for c in range(clash_at[a], clash_at[a + 1]):
                busy[clashes[c], p1] -= 1
                busy[clashes[c], p2] += 1
            if b >= 0:
                for c in range(clash_at[b], clash_at[b + 1]):
                    busy[clashes[c], p2] -= 1
                    busy[clashes[c], p1] += 1
    random[0] = x
    return broken
