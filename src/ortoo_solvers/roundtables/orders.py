"""Who comes first on which evening, by chance."""

import numpy as np
from numpy.typing import NDArray

from ortoo_solvers.core.random import mixed


def shuffled(people: int, rows: int, seed: int) -> NDArray[np.int32]:
    """So many evenings (rows × people) with everybody in a random seat."""
    noise = np.random.Generator(np.random.PCG64(mixed(seed)))
    return np.array([noise.permutation(people) for _ in range(rows)], np.int32).reshape(rows, people)
