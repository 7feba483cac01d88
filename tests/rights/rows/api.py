"""What programs may do."""

from tests.rights.matrix import Row, key
from tests.rights.rows.intake import delivery
from tests.rights.rows.people import colleague, county, person
from tests.rights.rows.planning import plan

NEW = {"staff_no": "000109", "name": "甲九", "sex": "男", "unit": "150101001"}

ROWS = [
    Row("api:openapi-json", "200 200 200 200 200 200 200 200"),
    Row("api:api-root", "404 404 404 404 404 404 404 404"),
    Row("api:units", "401 200 200 200 200 200 200 200"),
    Row("api:unit", "401 200 404 200 404 404 404 200", county),
    Row("api:people", "401 200 200 200 200 200 200 200"),
    Row("api:people", "401 201 404 201 404 404 404 403", method="post", data=NEW),
    Row("api:person", "401 200 404 200 404 404 200 404", person),
    Row("api:person", "401 200 404 200 404 404 404 404", colleague),
    Row("api:person", "401 200 404 200 404 404 403 404", person, "patch", {"post": "站长"}),
    Row("api:programmes", "401 200 200 200 200 200 200 200"),
    Row("api:programme", "401 200 404 200 200 200 404 200", key),
    Row("api:legs", "401 200 404 200 200 200 404 200", key),
    Row("api:places", "401 200 200 200 200 200 200 200"),
    Row("api:rules", "401 200 404 403 403 403 404 403", key),
    Row("api:rules", "401 200 404 403 403 403 404 403", key, "put", {"hard": {"station_away": 1}, "cost": {}}),
    Row("api:plans", "401 200 404 403 403 403 404 403", key),
    Row("api:plans", "401 202 404 403 403 403 404 403", key, "post", {}),
    Row("api:plan", "401 200 404 403 403 403 404 403", plan),
    Row("api:plan-places", "401 200 404 403 403 403 404 403", plan),
    Row("api:publish", "401 409 404 403 403 403 404 403", plan, "post"),
    Row("api:unpublish", "401 409 404 403 403 403 404 403", plan, "post"),
    Row("api:list_deliveries", "401 200 404 200 200 403 404 403", key),
    Row("api:send_files", "401 422 422 422 422 422 422 422", key, "post"),
    Row("api:get_delivery", "401 200 404 404 404 403 404 403", delivery),
    Row("api:list_problems", "401 200 404 404 404 403 404 403", delivery),
    Row("api:decide_problems", "401 200 404 404 404 403 404 403", delivery, "post", {"problems": [1], "choice": "leave"}),
    Row("api:preview", "401 200 404 404 404 403 404 403", delivery),
    Row("api:apply", "401 409 404 404 404 403 404 403", delivery, "post"),
    Row("api:undo", "401 409 404 404 404 403 404 403", delivery, "post"),
]
