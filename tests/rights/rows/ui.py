"""The frame's own pages."""

from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row


def job(cast: Cast) -> dict[str, Any]:
    """Long work that the organiser began."""
    return {"pk": cast.job.pk}


ROWS = [
    Row("ui:home", "0 0 0 0 0 0 0 0"),
    Row("ui:language", "0 0 0 0 0 0 0 0", method="post", data={"language": "en"}),
    Row("ui:job", "0 0 0 0 0 0 0 0", job),
    Row("ui:job-stop", "0 0 0 0 0 0 0 0", job, "post"),
    Row("ui:map", "0 0 0 0 0 0 0 0"),
]
