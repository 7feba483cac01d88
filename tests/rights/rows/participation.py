"""One's own term, and who is nominated."""

from tests.rights.matrix import Row, key

ROWS = [
    Row("participation:mine", "302 200 200 200 200 200 200 200"),
    Row("participation:nominations", "302 200 404 200 200 403 404 403", key),
]
