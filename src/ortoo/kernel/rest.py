"""What every resource of the API shares: lists in pages, what went wrong as a problem, texts that a database can hold."""

from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Field, Schema
from pydantic import StringConstraints

T = TypeVar("T")
MOST = 500
FARTHEST = 10_000_000
NO_NUL = r"^[^\x00]*$"

#: A code, key or number in an address or a filter.
Key = Annotated[str, StringConstraints(max_length=100, pattern=NO_NUL)]


class Problem(Schema):
    """What went wrong (RFC 9457): `title` is short, `detail` a sentence, `errors` the fields at fault."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = []


#: Answers other than success; to be put beside it in `response=`.
PROBLEMS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)


class Paging(Schema):
    """Which part of a list is wanted."""

    limit: int = Field(100, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=FARTHEST)


class Page(Schema, Generic[T]):
    """A part of a list; `total` counts all of it."""

    total: int
    items: list[T]


def page(rows: "QuerySet[Any]", paging: Paging) -> dict[str, Any]:
    """The part asked for; two queries."""
    return {"total": rows.count(), "items": list(rows[paging.offset : paging.offset + paging.limit])}
