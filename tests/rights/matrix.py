"""Who may open what: rows of expected statuses, one for each address and method, and what there is to be opened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from tests.factories.cast import ROLES, Cast

Kwargs = Callable[[Cast], dict[str, Any]]


def nothing(cast: Cast) -> dict[str, Any]:
    """An address without parts."""
    return {}


def key(cast: Cast) -> dict[str, Any]:
    """The programme's address."""
    return {"key": cast.stage.programme.key}


@dataclass(frozen=True)
class Row:
    """`statuses`: eight numbers in the order of ROLES. `data` is posted as a form, or as JSON to the API."""

    name: str
    statuses: str
    kwargs: Kwargs = nothing
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def expected(self) -> dict[str, int]:
        """Status by role."""
        numbers = [int(number) for number in self.statuses.split()]
        return dict(zip(ROLES, numbers, strict=True))

    @property
    def title(self) -> str:
        """For the name of the test."""
        return f"{self.method} {self.name}"


def addresses() -> set[str]:
    """The names of all pages."""
    return {name for name, _pattern in _walk(get_resolver().url_patterns, "") if not name.startswith("api:")}


def operations() -> set[tuple[str, str]]:
    """Name and method of everything that the API can do."""
    from ortoo.api import api

    found = set()
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                found |= {
                    (
                        f"api:{getattr(operation, 'url_name', '') or api.get_operation_url_name(operation, router=router.template)}",
                        method.lower(),
                    )
                    for method in operation.methods
                }
    return found


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}", pattern
