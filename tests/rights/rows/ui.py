"""The frame's own pages."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row


def job(cast: Cast) -> dict[str, Any]:
    """Long work that the organiser began."""
    return {"pk": cast.job.pk}


ROWS = [
    Row("ui:home", "302 200 200 200 200 200 200 200"),
    Row("ui:language", "302 302 302 302 302 302 302 302", method="post", data={"language": "en"}),
    Row("ui:job", "302 200 404 404 404 404 404 404", job),
    Row("ui:job-stop", "302 302 404 404 404 404 404 404", job, "post"),
    Row("ui:map", "200 200 200 200 200 200 200 200"),
]
