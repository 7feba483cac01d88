"""Returns: files dropped, read, decided, applied and undone."""

from pathlib import Path
from typing import Any

from tests.factories.cast import Cast
from tests.rights.matrix import Row, key

from ortoo.intake.models import Delivery, ReturnFile
from ortoo.intake.store import keep
from ortoo.kernel import clock
from ortoo.people.models import Unit

UNITS = Path(__file__).parents[2] / "data" / "rosters" / "units.xlsx"


def delivery(cast: Cast) -> dict[str, Any]:
    """A delivery for the whole programme, dropped by its organiser."""
    return key(cast) | {"number": cast.delivery.number}


def file(cast: Cast) -> dict[str, Any]:
    """A file of that delivery."""
    kept = keep([UNITS.read_bytes()])
    file = ReturnFile.objects.create(delivery=cast.delivery, name="t.xlsx", sha256=kept.sha256, size=kept.size)
    return delivery(cast) | {"file": file.pk}


def directory(cast: Cast) -> dict[str, Any]:
    """A directory of units that waits to be applied."""
    dropped = Delivery.objects.create(
        number=1, state="ready", unit=Unit.objects.get(code="15"), by_name="organiser", received=clock.now()
    )
    return {"number": dropped.number}


def prefecture(cast: Cast) -> dict[str, Any]:
    """The clerk's unit."""
    return key(cast) | {"unit": "1501"}


ROWS = [
    Row("intake:returns", "302 200 404 200 200 403 404 403", key),
    Row("intake:returns", "302 200 404 200 200 403 404 403", key, "post"),
    Row("intake:delivery", "302 200 404 404 404 403 404 403", delivery),
    Row("intake:files", "302 200 404 404 404 403 404 403", delivery),
    Row("intake:columns", "302 200 404 404 404 403 404 403", file),
    Row("intake:marked", "302 200 404 404 404 403 404 403", file),
    Row("intake:marked-all", "302 200 404 404 404 403 404 403", delivery),
    Row("intake:problems", "302 200 404 404 404 403 404 403", delivery),
    Row("intake:problems", "302 302 404 404 404 403 404 403", delivery, "post"),
    Row("intake:preview", "302 200 404 404 404 403 404 403", delivery),
    Row("intake:history", "302 200 404 404 404 403 404 403", delivery),
    Row("intake:read", "302 302 404 404 404 403 404 403", delivery, "post"),
    Row("intake:apply", "302 302 404 404 404 403 404 403", delivery, "post"),
    Row("intake:undo", "302 302 404 404 404 403 404 403", delivery, "post"),
    Row("intake:forms", "302 200 404 200 200 403 404 403", key),
    Row("intake:forms-all", "302 200 404 200 200 403 404 403", key),
    Row("intake:form", "302 200 404 200 404 403 404 403", prefecture),
    Row("intake:units", "302 200 200 403 403 403 403 200"),
    Row("intake:units", "302 200 200 403 403 403 403 200", method="post"),
    Row("intake:units-delivery", "302 200 404 403 403 403 403 200", directory),
    Row("intake:units-read", "302 302 404 403 403 403 403 302", directory, "post"),
    Row("intake:units-apply", "302 302 404 403 403 403 403 302", directory, "post"),
    Row("intake:units-undo", "302 302 404 403 403 403 403 302", directory, "post"),
]
