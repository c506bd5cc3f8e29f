r"""LaTeX as it stands in BibTeX files, to Unicode and back: ``{\"u}`` is ü, ``\&`` is &.

What a command means is pylatexenc's to say, both ways. Reading whole texts with it takes longer
than a long file has, so the usual commands are looked up one at a time and remembered, and only
texts with others in them are read as a whole. On the way out every sign is written as LaTeX only
where reading gives the very same sign again; all others stay as they are, in UTF-8.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import (  # type: ignore[import-untyped] # it has no types
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexencode import (  # type: ignore[import-untyped] # nor here
    UnicodeToLatexEncoder,
)
from pylatexenc.latexwalker import (  # type: ignore[import-untyped] # nor here
    LatexWalkerError,
)
from pylatexenc.latexwalker import (
    get_default_latex_context_db as get_walker_context_db,
)

from bot.domain.entries import tidy
from bot.exchange.limits import LONGEST_WHOLE

_LIVE = re.compile(r"[\\{}$~%&#_^]|--|``|''|[!?]`")
# Commands for a single sign: \& \{ {\ss} {\"{u}} \'e \v{c} {\ensuremath{\alpha}}.
_LETTER = r"(?:\{\\?[A-Za-z]\}|[A-Za-z])"
_SIGN = re.compile(
    r"(\\[&%#_${}]|\{\\[&%#_$]\}"
    r"|\{\\[A-Za-z]+\}"
    r"|\{\\ensuremath\{(?:[^{}$]|\{[^{}$]*\})*\}\}"
    rf"|\{{\\[\"'`^~=.]\s*(?:\\[ij]|{_LETTER})\}}"
    rf"|\\[\"'`^~=.]\s*{_LETTER}"
    rf"|\{{\\[uvHtcdbkr]\s*\{{\\?[A-Za-z]\}}\}}"
    rf"|\\[uvHtcdbkr]\{{\\?[A-Za-z]\}})"
)
# Commands for how a text looks say nothing of the text.
_LOOK = re.compile(r"\\(?:emph|text(?:rm|it|bf|sc))(?=\{)")
_UNREAD = re.compile(r"[\\$]")
# People write these as they are, where LaTeX would take them for commands.
_UNESCAPED = re.compile(r"(?<!\\)([%&#])")
_TILDE = re.compile(r"(?<!\\)~")
_LIGATURES = {
    "---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "~": " ", "{": "", "}": "",
}  # fmt: skip
_LIGATURE = re.compile(r"---?|``|''|[!?]`|[~{}]")
_BRACE = re.compile(r"[{}]")
# Two of these beside each other are one sign to LaTeX; an empty group keeps them apart.
_TOGETHER = re.compile(r"(?<=[-`'])(?=[-`'])|(?<=[!?])(?=`)")
_APART = "{}"
_WRITTEN = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}", '"': '"'}


class LatexTooLong(ValueError):
    """A text with unusual commands is longer than anybody would write one."""


class LatexUnreadable(ValueError):
    """A text has a command without what belongs to it."""


def from_latex(text: str, verbatim: bool = False) -> str:
    """The text that LaTeX would show, tidy; of mathematics, the signs.

    ``verbatim`` is for addresses and identifiers, where ``--`` and ``~`` mean themselves. The
    braces must be balanced. Raises LatexTooLong, LatexUnreadable, and RecursionError for groups
    nested without end.
    """
    if not _LIVE.search(text):
        return tidy(text)
    pieces = _SIGN.split(_LOOK.sub("", text))
    if any(_UNREAD.search(piece) for piece in pieces[::2]):
        if len(text) > LONGEST_WHOLE:
            raise LatexTooLong
        return tidy(read_whole(text, verbatim))
    pieces[1::2] = map(_sign_of, pieces[1::2])
    if verbatim:
        pieces[::2] = (_BRACE.sub("", piece) for piece in pieces[::2])
    else:
        pieces[::2] = (_LIGATURE.sub(_ligature, piece) for piece in pieces[::2])
    return tidy("".join(pieces))


def read_whole(text: str, verbatim: bool = False) -> str:
    """The text that LaTeX would show, by reading all of it, whatever commands there are."""
    if verbatim:
        text = _TILDE.sub(r"{\\textasciitilde}", _TOGETHER.sub(_APART, text))
    return _decoded(_UNESCAPED.sub(r"\\\1", text))


def to_latex(text: str) -> str:
    """The text as LaTeX that ``from_latex`` reads as the same text."""
    apart = _TOGETHER.sub("\0", text)
    return "".join(map(_sign, apart)).replace("\0", _APART)


def _ligature(found: re.Match[str]) -> str:
    return _LIGATURES[found[0]]


@lru_cache(maxsize=4096)
def _sign_of(command: str) -> str:
    return _decoded(command)


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    if sign.isascii() and (sign.isalnum() or sign in " \0" or not _LIVE.search(sign)):
        return sign
    written = _WRITTEN.get(sign) or str(_encoder().unicode_to_latex(sign))
    # Only what is looked up, so that files of ours are never read as a whole.
    is_known = written == sign or _SIGN.fullmatch(written) is not None
    return written if is_known and _decoded(written) == sign else sign


def _decoded(latex: str) -> str:
    try:
        return str(_decoder().latex_to_text(latex, latex_context=_walker_context()))
    except (LookupError, TypeError, ValueError, AttributeError, LatexWalkerError) as error:
        # What pylatexenc raises for a command without its arguments depends on the command.
        raise LatexUnreadable from error


@lru_cache(maxsize=1)
def _encoder() -> Any:
    return UnicodeToLatexEncoder(
        unknown_char_policy="keep",
        unknown_char_warning=False,
        replacement_latex_protection="braces-all",
    )


@lru_cache(maxsize=1)
def _walker_context() -> Any:
    return get_walker_context_db()


@lru_cache(maxsize=1)
def _decoder() -> Any:
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
