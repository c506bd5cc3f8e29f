"""Opens the message catalogue of a language: ``locale/<language>/theory_club.po`` (gettext).

The .po file itself is read (Babel), so a translation is one text file and no build step.
"""

from __future__ import annotations

import io
from gettext import GNUTranslations
from pathlib import Path

from bot.domain.errors import CatalogueError
from bot.render.words import Words

SOURCE_LANGUAGE = "en"


def read_words(data_dir: Path, language: str) -> Words:
    """The texts in ``language``. English is the source language and needs no file.

    Raises CatalogueError when the language has no file or the file cannot be read.
    """
    if language == SOURCE_LANGUAGE:
        return Words()
    path = data_dir / "locale" / language / "theory_club.po"
    # Babel takes tens of milliseconds to import and English, the usual case, needs none of it.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        catalogue = read_po(io.BytesIO(path.read_bytes()), locale=None, abort_invalid=True)
    except FileNotFoundError:
        raise CatalogueError(
            path.name, "", f"BOT_LANGUAGE: there are no texts in {language!r} yet"
        ) from None
    except (OSError, ValueError, LookupError, PoFileError) as error:
        raise CatalogueError(path.name, "", f"cannot be read: {error}") from None
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(GNUTranslations(compiled))
