"""Reads one data file and checks what stands in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.catalogue.problems import first_problem
from bot.domain.errors import CatalogueError

_Model = TypeVar("_Model", bound=BaseModel)

# The longest shipped file has 35 KB; what is far larger would keep the start waiting.
_LARGEST = 64 * 1024


def read_file(path: Path, model: type[_Model]) -> _Model:
    """What stands in the file. Raises CatalogueError, and nothing else."""
    content = _parse(path)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise first_problem(path.name, model, error) from error


def _parse(path: Path) -> dict[str, object]:
    try:
        # A pipe would never end, and a huge file takes too long.
        if path.exists() and not path.is_dir() and not path.is_file():
            raise CatalogueError(path.name, "", "is not a file")
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise CatalogueError(path.name, "", "is larger than 64 KB")
        raw = path.read_bytes()
    except OSError as error:
        raise CatalogueError(path.name, "", reason(error)) from error
    try:
        # Some editors put a byte order mark in front of UTF-8 text.
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CatalogueError(path.name, "", f"is not UTF-8 text (at line {line})") from error
    except RecursionError as error:
        raise CatalogueError(path.name, "", "is nested too deeply") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(path.name, "", f"is not valid TOML: {error}") from error
    except ValueError as error:  # Python refuses to convert a number of thousands of digits
        raise CatalogueError(path.name, "", "contains a number with too many digits") from error


def reason(error: OSError) -> str:
    """Why a file cannot be read, as the end of a sentence."""
    match error:
        case FileNotFoundError():
            return "is missing"
        case IsADirectoryError():
            return "is a folder and not a file"
        case NotADirectoryError():
            return "is a file and not a folder"
    return f"cannot be read: {error.strerror}"
