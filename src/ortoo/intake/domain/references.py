"""Who is still named by something: what may not be taken away."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model

PIECE = 500


def named_elsewhere(model: type[Model], keys: Sequence[int], going: Mapping[type[Model], Collection[int]]) -> set[int]:
    """Which of these rows other rows name, apart from those in `going` (model -> keys of rows that go away too).

    One query for each relation and 500 rows.
    """
    used: set[int] = set()
    for relation in _relations(model):
        other, name = relation.related_model, relation.field.attname
        also = set(going.get(other, ()))
        for piece in pieces(keys):
            rows = other._base_manager.filter(**{f"{name}__in": piece}).values_list(name, "pk")
            used.update(key for key, pk in rows.iterator() if pk not in also)
    return used


def pieces(keys: Sequence[Any], size: int = PIECE) -> Iterator[list[Any]]:
    """The sequence in pieces that a query can carry."""
    for start in range(0, len(keys), size):
        yield list(keys[start : start + size])


def _relations(model: type[Model]) -> list[Any]:
    """Foreign keys of other models to this one, those without a name back included."""
    fields = model._meta.get_fields(include_hidden=True)
    return [field for field in fields if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)]
