r"""LaTeX in BibTeX files is read as people mean it, and what is written reads the same."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.entries import tidy
from bot.exchange.latex import LatexTooLong, LatexUnreadable, from_latex, read_whole, to_latex
from tests.exchange.works import texts

_BRACE = re.compile(r"(?<!\\)[{}]")
_PIECES = (
    "{", "}", "{B}", r"\'e", r"{\"u}", r"\"{o}", r"{\'\i}", r"{\ss}", r"\&", r"\%", r"\_", "--",
    "---", "``", "''", "~", "!`", r"\emph{x}", r"\textbf{a b}", r"{\o}", r"\v{c}", r"{\v c}",
    r"\c{c}", r"$\alpha$", r"{\ensuremath{\alpha}}", r"\url{http://a_b}", "a", "b ", " ", "%", "&",
    "#", "^", "_", r"\textsc{q}", r"{\L}ukasz", r"\^{o}", r"\~n", r"\o slo", r"\{", r"\}", r"{\aa}",
    r"\H{o}", r"{\bf x}", r"\unheard{of}", r"\frac{1}{2}",
)  # fmt: skip


def is_balanced(text: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Poincar{\'e} and {\v{C}}ech", "Poincaré and Čech"),
        (r"Erd\H{o}s--R\'enyi", "Erdős–Rényi"),
        (r"{\L}ukasz Kami\'nski, \O{}stergaard", "Łukasz Kamiński, Østergaard"),
        (r"$\alpha$-stable", "α-stable"),
        (r"Profit \& loss at 5\%, C\#", "Profit & loss at 5%, C#"),
        ("100% {BERT} & Co", "100% BERT & Co"),
        (r"the \emph{only} \textbf{way}", "the only way"),
        (r"a~b ``c''", "a b “c”"),
        (r"\input{/etc/passwd}x", "x"),
        (r"\unheard{of}", "of"),
    ],
)
def test_what_people_write_is_read(latex: str, text: str) -> None:
    assert from_latex(latex) == text


def test_addresses_keep_their_dashes_and_tildes() -> None:
    assert from_latex("https://x.org/~a--b?c=%20", verbatim=True) == "https://x.org/~a--b?c=%20"
    assert from_latex(r"\url{https://x.org/a\_b\~c}", verbatim=True).startswith("https://x.org/a_b")


@settings(max_examples=300, deadline=None)
@given(texts, st.booleans())
def test_every_text_survives_being_written(text: str, verbatim: bool) -> None:
    assert from_latex(to_latex(text), verbatim) == text


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(_PIECES), max_size=8).map("".join).filter(is_balanced), st.booleans()
)
def test_reading_by_pieces_gives_what_reading_the_whole_gives(text: str, verbatim: bool) -> None:
    assert from_latex(text, verbatim) == tidy(read_whole(text, verbatim))


@given(texts)
def test_braces_in_what_is_written_are_balanced_even_for_bibtex(text: str) -> None:
    # BibTeX counts every brace, also one behind a backslash.
    written = to_latex(text)
    depths = [
        written[: n + 1].count("{") - written[: n + 1].count("}") for n in range(len(written))
    ]
    assert min(depths, default=0) >= 0
    assert (depths or [0])[-1] == 0


@pytest.mark.parametrize(
    "latex", [r"\frac" * 9, r"\sqrt" * 9, r"\href{a}", r"\begin{x}", r"\end", "$"]
)
def test_commands_without_what_belongs_to_them_are_read_or_refused(latex: str) -> None:
    with contextlib.suppress(LatexUnreadable):
        assert isinstance(from_latex(latex), str)


def test_a_long_text_with_unusual_commands_is_refused() -> None:
    with pytest.raises(LatexTooLong):
        from_latex(r"\unheard{of} " * 1000)


def test_accents_are_written_as_latex_and_other_scripts_as_they_are() -> None:
    assert to_latex("Poincaré 漢") == r"Poincar{\'e} 漢"
