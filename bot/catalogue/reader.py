"""Reads the files of the shipped catalogue and joins them into one value."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.catalogue.models import TheoryFile, VocabularyFile
from bot.catalogue.problems import first_problem
from bot.catalogue.rules import check_theory, check_together, check_vocabulary
from bot.domain.catalogue import Catalogue
from bot.domain.errors import CatalogueError

_Model = TypeVar("_Model", bound=BaseModel)

# The longest shipped file has 15 KB; what is far larger would keep the start waiting.
_LARGEST = 64 * 1024


def read_catalogue(data_dir: Path) -> Catalogue:
    """Read ``vocabulary.toml`` and ``theories/*.toml`` under ``data_dir``.

    Raises CatalogueError, and nothing else, for whatever is wrong with the files.
    """
    vocabulary_path = data_dir / "vocabulary.toml"
    words = _read(vocabulary_path, VocabularyFile)
    check_vocabulary(vocabulary_path.name, words)
    files: dict[str, TheoryFile] = {}
    for path in _theory_paths(data_dir / "theories"):
        theory = _read(path, TheoryFile)
        check_theory(path.name, theory, words)
        files[path.name] = theory
    check_together(files)
    ordered = sorted(files.values(), key=lambda theory: theory.order)
    vocabulary = words.to_vocabulary()
    return Catalogue(
        theories=tuple(t.to_theory(vocabulary.neutral_sections) for t in ordered),
        relations=tuple(relation for t in ordered for relation in t.to_relations()),
        vocabulary=vocabulary,
    )


def _theory_paths(folder: Path) -> list[Path]:
    """The theory files by name, so that the same mistake is always reported first."""
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise CatalogueError(folder.name, "", _reason(error)) from error
    # Editors and file systems leave hidden companions (".spline.toml.swp", "._spline.toml").
    paths = [p for p in found if p.suffix.lower() == ".toml" and not p.name.startswith(".")]
    if not paths:
        raise CatalogueError(folder.name, "", "contains no theory; add a .toml file for each")
    return paths


def _read(path: Path, model: type[_Model]) -> _Model:
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
        raise CatalogueError(path.name, "", _reason(error)) from error
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


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "is missing"
        case IsADirectoryError():
            return "is a folder and not a file"
        case NotADirectoryError():
            return "is a file and not a folder"
    return f"cannot be read: {error.strerror}"
