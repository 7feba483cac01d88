"""The only door to the solvers."""
