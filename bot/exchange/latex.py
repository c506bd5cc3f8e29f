r"""LaTeX as it stands in BibTeX files, to Unicode and back: ``{\"u}`` is ü, ``\&`` is &.

Both ways go through pylatexenc. On the way out every sign is written as LaTeX only where reading
it gives the very same sign again; all others stay as they are, in UTF-8.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache

from pylatexenc.latex2text import (  # type: ignore[import-untyped] # it has no types
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexencode import (  # type: ignore[import-untyped] # nor here
    UnicodeToLatexEncoder,
)

from bot.domain.entries import tidy

_LIVE = re.compile(r"[\\{}$~%&#_^]|--|``|''|[!?]`|<<|>>|,,")
# People write these as they are, where LaTeX would take them for commands.
_UNESCAPED = re.compile(r"(?<!\\)([%&#])")
# Two of these beside each other are one sign to LaTeX; an empty group keeps them apart.
_LIGATURES = re.compile(r"(?<=[-`'<>,])(?=[-`'<>,])|(?<=[!?])(?=`)")
_TILDE = re.compile(r"(?<!\\)~")
_APART = "{}"
_BRACES = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}", '"': '"'}


def from_latex(text: str, verbatim: bool = False) -> str:
    """The text that LaTeX would show, tidy; of mathematics, the signs.

    ``verbatim`` is for addresses and identifiers, where ``--`` and ``~`` mean themselves.
    Raises RecursionError for groups nested without end.
    """
    if not _LIVE.search(text):
        return tidy(text)
    if verbatim:
        text = _TILDE.sub(r"{\\textasciitilde}", _LIGATURES.sub(_APART, text))
    return tidy(str(_decoder().latex_to_text(_UNESCAPED.sub(r"\\\1", text))))


def to_latex(text: str) -> str:
    """The text as LaTeX that ``from_latex`` reads as the same text."""
    apart = _LIGATURES.sub("\0", text)
    return "".join(map(_sign, apart)).replace("\0", _APART)


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    if sign.isascii() and (sign.isalnum() or sign in " \0" or not _LIVE.search(sign)):
        return sign
    written = _BRACES.get(sign) or str(_encoder().unicode_to_latex(sign))
    return written if _decoder().latex_to_text(written) == sign else sign


@lru_cache(maxsize=1)
def _encoder() -> UnicodeToLatexEncoder:
    return UnicodeToLatexEncoder(
        unknown_char_policy="keep",
        unknown_char_warning=False,
        replacement_latex_protection="braces-all",
    )


@lru_cache(maxsize=1)
def _decoder() -> LatexNodes2Text:
    # It has a line of log for every command it does not know, and files have thousands.
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    context = get_default_latex_context_db()
    context.add_context_category(
        "bibliographies",
        prepend=True,
        macros=[
            # Without the angle brackets that pylatexenc puts around addresses.
            MacroTextSpec("url", simplify_repl="%s"),
            # BibTeX counts braces even behind a backslash, so files name them.
            MacroTextSpec("textbraceleft", simplify_repl="{"),
            MacroTextSpec("textbraceright", simplify_repl="}"),
        ],
    )
    return LatexNodes2Text(latex_context=context, math_mode="text", keep_comments=True)
