"""From the bytes of a file to its text: UTF-8 with or without a mark, UTF-16 with one."""

from __future__ import annotations

import codecs

from bot.domain.imports.errors import FileNotText

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(content: bytes) -> str:
    """The text, with line ends as they are. Raises FileNotText for anything else.

    Other encodings cannot be told apart with certainty, and guessing wrong spoils names.
    """
    encoding = "utf-16" if content.startswith(_UTF16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        raise FileNotText(before.count("\n") + 1) from None
    if "\0" in text:
        raise FileNotText(text[: text.index("\0")].count("\n") + 1)
    return text
