"""Seatings without a repeat that algebra gives at once. All work on people 0 … groups × size - 1."""
