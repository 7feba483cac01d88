"""One's own term, and who is nominated."""

from tests.rights.matrix import Row, key

ROWS = [
    Row("participation:mine", "0 0 0 0 0 0 0 0"),
    Row("participation:nominations", "0 0 0 0 0 0 0 0", key),
]
