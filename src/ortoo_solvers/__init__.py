"""Planning problems of touring lectures and rotation training, each with a solver, a judge and a bound.

Needs no Django and no set-up: from a notebook ``from ortoo_solvers.rotation import solve``, from a shell
``python -m ortoo_solvers rotation problem.json``.
"""
