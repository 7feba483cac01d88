import numpy as np

from ortoo_solvers.rotation.rows import Rows


def test_minimise_gives_the_columns_of_its_optimum_and_not_of_the_start() -> None:
    rows = Rows()
    column = rows.column(7, 1)
    rows.row(0, 1, [column])
    outcome = rows.minimise(start=np.array([1.0]))
    assert outcome.optimal
    assert outcome.value == 0
    assert outcome.values is not None
    assert outcome.values.tolist() == [0.0]
