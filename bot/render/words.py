"""The message catalogue as render and ui see it: a text by its English source, filled in.

English is the source language: the msgid is the text. Other languages replace it (gettext).
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """Texts in one language. ``translations`` is any gettext catalogue; the default is English."""

    translations: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)

    def text(self, message: str, /, **values: object) -> str:
        """The text for ``message`` with ``{name}`` places filled in from ``values``."""
        found = self.translations.gettext(message)
        return found.format_map(values) if values else found

    def plural(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """The form for ``n`` things; ``{n}`` is filled in with the number."""
        return self.translations.ngettext(singular, plural, n).format_map({"n": n, **values})


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a text that is only marked
    """Mark a text for extraction where it cannot be translated yet (command descriptions)."""
    return message
