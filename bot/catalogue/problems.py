"""Turns what pydantic found into one sentence about one key of one file."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.domain.errors import CatalogueError

_SENTENCES: Mapping[str, str] = {
    "missing": "is required",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "list_type": "must be a list in square brackets",
    "dict_type": "must be a table of keys and values",
    "model_type": "must be a table of keys and values",
    "enum": "is '{input}'; it must be one of {expected}",
    "string_too_short": "must not be empty",
    "string_too_long": "has {length} characters; at most {max_length} are allowed",
    "too_short": "needs {min_length} or more entries and has {actual_length}",
    "too_long": "may have {max_length} entries at most and has {actual_length}",
    "greater_than": "must be greater than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
}


def first_problem(file: str, model: type[BaseModel], found: ValidationError) -> CatalogueError:
    """The one problem worth telling first.

    A misspelt key is reported twice, as missing and as unknown; the second says more.
    """
    errors = found.errors(include_url=False)
    unknown = [e for e in errors if e["type"] == "extra_forbidden"]
    error = (unknown or errors)[0]
    return CatalogueError(file, _dotted(error["loc"]), _sentence(model, error))


def closest(word: str, known: list[str]) -> str:
    """The end of a sentence that offers the known word nearest to a wrong one, if any."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


def _dotted(location: tuple[int | str, ...]) -> str:
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f"[{part}]"
        elif part != "[key]":  # pydantic's mark that the key itself is at fault
            key += f".{part}" if key else part
    return key


def _sentence(model: type[BaseModel], error: Mapping[str, Any]) -> str:
    kind, given = error["type"], error["input"]
    context: dict[str, Any] = error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        return "is not a known key" + closest(key, list(_model_at(model, error).model_fields))
    if kind == "list_type" and isinstance(given, dict):
        return f"must be a list of tables; write [[{error['loc'][-1]}]] with double brackets"
    if isinstance(given, str) and kind in {"too_short", "too_long"}:
        # Pydantic counts text like a list once another check stands before the count.
        kind = f"string_{kind}"
    if kind not in _SENTENCES:
        message: str = error["msg"]
        return message[:1].lower() + message[1:]
    # Only text can be too long in characters, so its length is always at hand there.
    length = len(given) if isinstance(given, str) else 0
    return _SENTENCES[kind].format_map({**context, "input": given, "length": length})


def _model_at(model: type[BaseModel], error: Mapping[str, Any]) -> type[BaseModel]:
    """The table that holds the last key of the error's location."""
    for part in error["loc"][:-1]:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation
        for inner in (annotation, *get_args(annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                model = inner
    return model
