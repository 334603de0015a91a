"""The types of the JSON contract as JSON Schema (2020-12), which OpenAPI 3.1 speaks."""

from __future__ import annotations

from collections.abc import Iterable
from types import NoneType, UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

_WORDS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
}


def refer_to(shape: Any) -> dict[str, Any]:
    """A reference to a type among the components of the document."""
    return {"$ref": f"#/components/schemas/{name_shape(shape)}"}


def name_shape(shape: Any) -> str:
    """``FieldJson`` as ``Field``."""
    return str(shape.__name__).removesuffix("Json")


def make_components(shapes: Iterable[Any]) -> dict[str, Any]:
    """Schemas by name, of types and of all that stand inside them."""
    found: dict[str, Any] = {}
    left = list(shapes)
    while left:
        shape = left.pop()
        if name_shape(shape) not in found:
            found[name_shape(shape)] = _describe(shape, left)
    return dict(sorted(found.items()))


def _describe(shape: Any, inside: list[Any]) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    required: list[str] = []
    for name, hint in get_type_hints(shape, include_extras=True).items():
        optional = get_origin(hint) is NotRequired
        keys[name] = _write(get_args(hint)[0] if optional else hint, inside)
        required += [] if optional else [name]
    description = " ".join((shape.__doc__ or "").split())
    return {"type": "object", "description": description, "properties": keys, "required": required}


def _write(kind: Any, inside: list[Any]) -> dict[str, Any]:
    """A type as a schema; types with a name of their own are gathered ``inside``."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_typeddict(kind):
        inside.append(kind)
        return refer_to(kind)
    if origin is Annotated:
        return {**_write(inner[0], inside), "description": inner[1]}
    if origin in {Union, UnionType}:
        return {"anyOf": [_write(each, inside) for each in inner]}
    if origin is list:
        return {"type": "array", "items": _write(inner[0], inside)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _write(inner[1], inside)}
    return dict(_WORDS[kind])
