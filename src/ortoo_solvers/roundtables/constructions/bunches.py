"""More seats than tables: bunches of people who stay together, seated as the people of a construction with fewer seats sit.

With more seats than tables some of a table must meet again the next evening. Two evenings share the fewest pairs when each table spreads
evenly over all tables of the other; and fewest pairs repeat in all when those that meet again are always the same.
"""

from ortoo_solvers.roundtables.constructions.circle import Schedule


def bunches(groups: int, size: int, width: int, schedule: Schedule) -> Schedule:
    """From a schedule of tables of ``width``: person p stands for p, p + groups × width, p + 2 groups × width, … Tables are all of
    ``size`` where that is a multiple of ``width``, or where no two of a column (place // groups) sit together."""
    people, step = groups * size, groups * width
    return [[[one for place in table for one in range(place, people, step)] for table in evening] for evening in schedule]
