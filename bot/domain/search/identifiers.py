"""Identifiers and links: what names one work and must match exactly or not at all.

Forms: arXiv since 2007 (``2002.08838v3``) and before (``cond-mat/9907176``), see
https://info.arxiv.org/help/arxiv_identifier.html; DOI (ISO 26324), whose suffix may hold
dots, colons and slashes; ISBN-13; any other web address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from bot.domain.papers import Paper

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_ARXIV = re.compile(r"(?<![\d.])(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?!\d)")
_OLD_ARXIV = re.compile(r"(?<![\w.-])([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(\d{7})(?:v\d+)?(?!\d)")
_ISBN = re.compile(r"(?<!\d)97[89](?:[ -]?\d){10}(?!\d)")
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.-])(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*")
_ARXIV_DOI = "10.48550/arxiv."
_HOST_PREFIX = re.compile(r"^(?:https?:/+)?(?:www\.|m\.)?")
_PAGE_ENDING = re.compile(r"(?:/index)?(?:\.(?:html?|pdf))?/*$")
_WRAPPING = "<>()[]{}\"'.,;:!?*_`|"


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names exactly: ``keys`` to look up, best first, and the ``rest`` of it."""

    keys: tuple[str, ...]
    rest: str


def named_in(text: str) -> Named:
    """Find the identifiers and links in a text; ``rest`` is what remains without them."""
    rest = unquote(text).lower()
    keys: list[str] = []
    for link in _LINK.findall(rest):
        keys += [*_identifiers(link), *_link_keys(link)]
    rest = _LINK.sub(" ", rest)
    keys += _identifiers(rest)
    for pattern in (_DOI, _ISBN, _ARXIV, _OLD_ARXIV):
        rest = pattern.sub(" ", rest)
    return Named(tuple(dict.fromkeys(keys)), rest)


def keys_of(paper: Paper) -> Iterator[tuple[str, str, bool]]:
    """Every key that names the paper, the text it came from, and whether that is a link."""
    if paper.arxiv:
        yield f"arxiv:{_bare_arxiv(paper.arxiv)}", paper.arxiv, False
    if paper.doi:
        for key in _identifiers(paper.doi.lower())[:1]:
            yield key, paper.doi, False
    if paper.isbn:
        yield f"isbn:{re.sub(r'[ -]', '', paper.isbn)}", paper.isbn, False
    for link in paper.links:
        for key in [*_identifiers(unquote(link.url).lower())[:1], _own_key(link.url)]:
            yield key, link.url, True


def _identifiers(text: str) -> list[str]:
    dois = [found.strip(_WRAPPING) for found in _DOI.findall(text)]
    keys = [key for doi in dois for key in _doi_keys(doi)]
    text = _DOI.sub(" ", text)
    keys += [f"isbn:{re.sub(r'[ -]', '', isbn)}" for isbn in _ISBN.findall(text)]
    text = _ISBN.sub(" ", text)
    keys += [f"arxiv:{number}" for number in _ARXIV.findall(text)]
    keys += [f"arxiv:{archive}/{number}" for archive, number in _OLD_ARXIV.findall(text)]
    return keys


def _bare_arxiv(identifier: str) -> str:
    for key in _identifiers(identifier.lower()):
        return key.removeprefix("arxiv:")
    return identifier.lower()


def _doi_keys(doi: str) -> list[str]:
    """The DOI, then shorter readings of it: publishers append ``/pdf``, ``?x=y`` and the like."""
    if doi.startswith(_ARXIV_DOI):
        return [f"arxiv:{_bare_arxiv(doi.removeprefix(_ARXIV_DOI))}"]
    keys = [doi]
    bare = re.split(r"[?#]", doi, maxsplit=1)[0].rstrip("/").removesuffix(".pdf")
    while bare.count("/") >= 1:
        keys.append(bare)
        bare = bare.rpartition("/")[0]
    return [f"doi:{key}" for key in dict.fromkeys(keys)]


def _own_key(url: str) -> str:
    """The key a stored link answers to: its page, with the parameter that names the work.

    A page such as ``youtube.com/watch`` means nothing without its query, and of a query only
    one parameter names the work; the others say where in a playlist it was met.
    """
    *parameters, page = _link_keys(unquote(url).lower())
    naming = [key for key in parameters if key.startswith((f"{page}?v=", f"{page}?id="))]
    return (naming or sorted(parameters, key=len, reverse=True) or [page])[0]


def _link_keys(link: str) -> list[str]:
    """Each single parameter of the query with the page, then the page without any."""
    address = link.strip(_WRAPPING.replace("_", "")).partition("#")[0]
    page, _, query = address.partition("?")
    page = _PAGE_ENDING.sub("", _HOST_PREFIX.sub("", page))
    if page.startswith("youtu.be/"):
        page, query = "youtube.com/watch", f"v={page.removeprefix('youtu.be/')}"
    parameters = sorted(part for part in query.split("&") if part)
    return [f"link:{page}?{part}" for part in parameters] + [f"link:{page}"]
