"""Reads the files of the shipped catalogue and joins them into one value."""

from __future__ import annotations

from pathlib import Path

from bot.catalogue.files import read_file, reason
from bot.catalogue.models import TheoryFile, VocabularyFile
from bot.catalogue.rules import check_theory, check_together, check_vocabulary
from bot.domain.catalogue import Catalogue
from bot.domain.errors import CatalogueError


def read_catalogue(data_dir: Path) -> Catalogue:
    """Read ``vocabulary.toml`` and ``theories/*.toml`` under ``data_dir``.

    Raises CatalogueError, and nothing else, for whatever is wrong with the files.
    """
    vocabulary_path = data_dir / "vocabulary.toml"
    words = read_file(vocabulary_path, VocabularyFile)
    check_vocabulary(vocabulary_path.name, words)
    files: dict[str, TheoryFile] = {}
    for path in _theory_paths(data_dir / "theories"):
        theory = read_file(path, TheoryFile)
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
        raise CatalogueError(folder.name, "", reason(error)) from error
    # Editors and file systems leave hidden companions (".spline.toml.swp", "._spline.toml").
    paths = [p for p in found if p.suffix.lower() == ".toml" and not p.name.startswith(".")]
    if not paths:
        raise CatalogueError(folder.name, "", "contains no theory; add a .toml file for each")
    return paths
