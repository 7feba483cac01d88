"""What programs may do."""

from tests.rights.matrix import Row, key
from tests.rights.rows.people import colleague, county, person

NEW = {"staff_no": "000109", "name": "甲九", "sex": "男", "unit": "150101001"}

ROWS = [
    Row("api:openapi-json", "0 0 0 0 0 0 0 0"),
    Row("api:api-root", "0 0 0 0 0 0 0 0"),
    Row("api:units", "0 0 0 0 0 0 0 0"),
    Row("api:unit", "0 0 0 0 0 0 0 0", county),
    Row("api:people", "0 0 0 0 0 0 0 0"),
    Row("api:people", "0 0 0 0 0 0 0 0", method="post", data=NEW),
    Row("api:person", "0 0 0 0 0 0 0 0", person),
    Row("api:person", "0 0 0 0 0 0 0 0", colleague),
    Row("api:person", "0 0 0 0 0 0 0 0", person, "patch", {"post": "站长"}),
    Row("api:programmes", "0 0 0 0 0 0 0 0"),
    Row("api:programme", "0 0 0 0 0 0 0 0", key),
    Row("api:legs", "0 0 0 0 0 0 0 0", key),
    Row("api:places", "0 0 0 0 0 0 0 0"),
]
