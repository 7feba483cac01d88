"""JSON in and out for frozen dataclasses, strict on the way in: an error says where and what was expected."""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TextIO, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    NoneType: "null",
    tuple: "a list",
    frozenset: "a list",
    Mapping: "an object",
}


class Malformed(ValueError):
    """The data do not have the shape of the problem; ``where`` is a path such as ``people[3].unit``."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where or 'top level'}: {message}")
        self.where = where


def to_data(thing: object) -> Any:
    """Plain lists, dicts and scalars; sets become sorted lists."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: to_data(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): to_data(value) for key, value in thing.items()}
    if isinstance(thing, (set, frozenset)):
        return sorted(to_data(value) for value in thing)
    if isinstance(thing, (list, tuple)):
        return [to_data(value) for value in thing]
    return thing


def from_data(kind: type[T], data: object, where: str = "") -> T:
    """Read ``data`` as a ``kind``; raises Malformed. Keys with a default may be left out, unknown ones
    not."""
    return _read(kind, data, where)  # type: ignore[no-any-return]


def write(thing: object, stream: TextIO) -> None:
    """As JSON with real characters (no \\u escapes), one line per top-level field, newline at the end."""
    data = to_data(thing)
    if not isinstance(data, dict):
        data = {"value": data}
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, allow_nan=False)}" for key, value in data.items()]
    stream.write("{\n" + ",\n".join(lines) + "\n}\n")


def read(kind: type[T], stream: TextIO) -> T:
    """Raises Malformed, with line and column where the text is not JSON at all."""
    try:
        data = json.load(stream, parse_constant=_no_constant, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        raise Malformed(f"line {error.lineno}, column {error.colno}", f"not JSON: {error.msg}") from None
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start}", "not UTF-8 text") from None
    except RecursionError:
        raise Malformed("", "nested too deeply") from None
    return from_data(kind, data)


def _no_constant(text: str) -> float:
    raise Malformed("", f"{text} is not a number in JSON")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a key that is given twice the reader would take the last in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _value in pairs).items() if count > 1)
        raise Malformed("", f"{json.dumps(twice, ensure_ascii=False)} is given twice in one object")
    for key in found:
        _demand_characters(key, "")
    return found


def _demand_characters(text: str, where: str) -> None:
    """Half of a pair of surrogates (``\\ud800``) is no character and could not be written anywhere."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Malformed(where, f"{json.dumps(text)} holds half of a pair of surrogates, which is no character")


@lru_cache(maxsize=256)
def _shape(kind: type) -> tuple[dict[str, Any], frozenset[str]]:
    """Types of a dataclass's fields, and the names of those that must be given."""
    hints = get_type_hints(kind)
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    return {f.name: hints[f.name] for f in fields(kind)}, frozenset(needed)


def _read(kind: Any, data: object, where: str) -> Any:
    origin = get_origin(kind)
    if kind is Any:
        return data
    if origin in (Union, UnionType):
        return _read_union(get_args(kind), data, where)
    if origin is tuple and get_args(kind)[-1] is not Ellipsis:
        return _read_row(get_args(kind), data, where)
    if origin in (tuple, frozenset):
        items = _expect(list, origin, data, where)
        item = get_args(kind)[0]
        return origin(_read(item, value, f"{where}[{place}]") for place, value in enumerate(items))
    if origin is not None and issubclass(origin, Mapping):
        pairs = _expect(dict, Mapping, data, where)
        value_kind = get_args(kind)[1]
        return {key: _read(value_kind, value, _below(where, key)) for key, value in pairs.items()}
    if is_dataclass(kind):
        return _read_dataclass(kind, data, where)  # type: ignore[arg-type]
    return _read_scalar(kind, data, where)


def _read_row(kinds: tuple[Any, ...], data: object, where: str) -> tuple[Any, ...]:
    """A list of fixed length, each place with a kind of its own."""
    items = _expect(list, tuple, data, where)
    if len(items) != len(kinds):
        raise Malformed(where, f"expected {len(kinds)} values, got {_show(data)}")
    return tuple(_read(kind, value, f"{where}[{place}]") for place, (kind, value) in enumerate(zip(kinds, items, strict=True)))


def _read_dataclass(kind: type, data: object, where: str) -> Any:
    given = _expect(dict, Mapping, data, where)
    shape, needed = _shape(kind)
    for key in given:
        if key not in shape:
            raise Malformed(_below(where, key), f"unknown key; known are {', '.join(shape)}")
    for key in shape:
        if key in needed and key not in given:
            raise Malformed(_below(where, key), "missing")
    values = {key: _read(shape[key], value, _below(where, key)) for key, value in given.items()}
    try:
        return kind(**values)
    except ValueError as error:
        raise Malformed(where, str(error)) from None


def _read_union(kinds: tuple[Any, ...], data: object, where: str) -> Any:
    if data is None and NoneType in kinds:
        return None
    rest = [kind for kind in kinds if kind is not NoneType]
    if len(rest) == 1:
        return _read(rest[0], data, where)
    for kind in rest:
        try:
            return _read(kind, data, where)
        except Malformed:
            continue
    raise Malformed(where, f"expected {' or '.join(_WORDS.get(kind, str(kind)) for kind in rest)}, got {_show(data)}")


def _read_scalar(kind: Any, data: object, where: str) -> Any:
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise Malformed(where, f"expected {_WORDS.get(kind, str(kind))}, got {_show(data)}")
    if isinstance(data, str):
        _demand_characters(data, where)
    return data


def _expect(kind: type, meant: Any, data: object, where: str) -> Any:
    if not isinstance(data, kind):
        raise Malformed(where, f"expected {_WORDS[meant]}, got {_show(data)}")
    return data


def _show(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def _below(where: str, key: str) -> str:
    return sys.intern(f"{where}.{key}") if where else key
