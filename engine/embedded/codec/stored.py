"""The stored fields of rows as JSON; refuses values that JSON would not give back as they were."""

import json
from collections.abc import Mapping
from typing import Any

_SCALARS = frozenset({str, int, float, bool, type(None)})
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode_stored(fields: Mapping[str, object]) -> bytes:
    """The stored fields of one row; TypeError for what is not text, number, list or mapping."""
    for name, value in fields.items():
        if not _is_plain(value):
            raise TypeError(
                f"The field {name} holds a {type(value).__name__}; "
                "only text, numbers, truth values, lists and mappings are stored."
            )
    return encode(fields).encode("utf-8", "surrogatepass")


def decode_stored(content: bytes) -> dict[str, Any]:
    """The stored fields that were encoded."""
    fields: dict[str, Any] = json.loads(content.decode("utf-8", "surrogatepass"))
    return fields


def _is_plain(value: object) -> bool:
    if type(value) in _SCALARS:
        return True
    if type(value) is list:
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(type(key) is str for key in value) and all(map(_is_plain, value.values()))
    return False
