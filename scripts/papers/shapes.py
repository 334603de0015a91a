"""The types of the JSON contract, taken apart: keys, types, meanings, and whether a value keeps to them."""

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

_WORDS = {str: "text", int: "integer", float: "number", bool: "true or false", NoneType: "null", Any: "any"}
_TAKES = {float: (float, int), int: (int,), str: (str,), bool: (bool,), NoneType: (NoneType,)}


class Key(NamedTuple):
    """One key of an object; ``optional``: it may be left out."""

    name: str
    kind: Any
    meaning: str
    optional: bool


def read_keys(shape: Any) -> list[Key]:
    """The keys of an object in their order.

    Raises:
        ValueError: A key has no meaning beside it.
    """
    return [_read_key(shape, name, hint) for name, hint in get_type_hints(shape, include_extras=True).items()]


def _read_key(shape: Any, name: str, hint: Any) -> Key:
    optional = get_origin(hint) is NotRequired
    hint = get_args(hint)[0] if optional else hint
    if get_origin(hint) is not Annotated:
        raise ValueError(f"{shape.__name__}.{name} has no meaning beside it: write Annotated[TYPE, MEANING]")
    kind, meaning = get_args(hint)
    return Key(name, kind, meaning, optional)


def find_shapes(shape: Any) -> Iterator[Any]:
    """The objects that stand inside an object, those inside them after it; each once."""
    found: dict[Any, None] = {}
    for key in read_keys(shape):
        for inner in _find_inside(key.kind):
            found |= dict.fromkeys([inner, *find_shapes(inner)])
    yield from found


def _find_inside(kind: Any) -> Iterator[Any]:
    if is_typeddict(kind):
        yield kind
    for inner in get_args(kind):
        yield from _find_inside(inner)


def name_kind(kind: Any) -> str:
    """A type in words: ``text or null``, ``list of integer``, ``object: Part``."""
    if is_typeddict(kind):
        return f"[{name_shape(kind)}](#{name_shape(kind).lower().replace(' ', '-')})"
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return " or ".join(map(name_kind, inner))
    if origin is list:
        return f"list of {name_kind(inner[0])}"
    if origin is dict:
        return f"object, each value {name_kind(inner[1])}"
    return _WORDS[kind]


def name_shape(shape: Any) -> str:
    """``FieldJson`` as ``Field object``."""
    name = shape.__name__.removesuffix("Json")
    return "".join(f" {c.lower()}" if c.isupper() and n else c for n, c in enumerate(name)) + " object"


def find_breaches(value: Any, kind: Any, where: str = "$") -> Iterator[str]:
    """Where a value does not keep to a type: a key too many or too few, or a value of another type."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return
    if is_typeddict(kind):
        yield from _find_breaches_of_object(value, kind, where)
    elif origin in {Union, UnionType}:
        if all(any(find_breaches(value, each, where)) for each in inner):
            yield f"{where} is {value!r}, not {name_kind(kind)}"
    elif origin is list and isinstance(value, list):
        yield from (fault for n, one in enumerate(value) for fault in find_breaches(one, inner[0], f"{where}[{n}]"))
    elif origin is dict and isinstance(value, dict):
        yield from (fault for key, one in value.items() for fault in find_breaches(one, inner[1], f"{where}.{key}"))
    elif origin or type(value) not in _TAKES[kind]:
        yield f"{where} is {value!r}, not {name_kind(kind)}"


def _find_breaches_of_object(value: Any, shape: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where} is {value!r}, no object"
        return
    keys = {key.name: key for key in read_keys(shape)}
    yield from (f"{where}.{name} is undocumented" for name in value if name not in keys)
    yield from (f"{where}.{name} is missing" for name, key in keys.items() if name not in value and not key.optional)
    for name, key in keys.items():
        if name in value:
            yield from find_breaches(value[name], key.kind, f"{where}.{name}")
