"""Identifiers as files write them, brought to the one form that is kept.

arXiv (https://info.arxiv.org/help/arxiv_identifier.html), DOI (ISO 26324), ISBN (ISO 2108),
OpenReview's forum ids, and web addresses.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

_ARXIV_WRAPPING = re.compile(
    r"^(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv[:\s]\s*"
    r"|(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:)?10\.48550/arxiv\.)",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?P<number>\d\d(?:0[1-9]|1[0-2])\.\d{4,5}"
    r"|(?P<archive>[a-z]+(?:-[a-z]+)?)(?P<subject>\.[a-z]{2})?/(?P<old>\d{7}))"
    r"(?:v(?P<version>[1-9]\d{0,2}))?(?:\.pdf)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE | re.ASCII,
)
_ARXIV_ANYWHERE = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf)/|[:.\s]\s*)(?:arxiv[:\s]\s*)?"
    r"(\d\d(?:0[1-9]|1[0-2])\.\d{4,5}(?:v[1-9]\d{0,2})?)(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_DOI_WRAPPING = re.compile(r"^(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_HOST = re.compile(r"[^\W_](?:[\w-]*\w)?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_OPENREVIEW = re.compile(r"[\w-]{5,40}", re.ASCII)


def arxiv_number(text: str) -> tuple[str, int | None] | None:
    """The arXiv number that ``text`` is, without and with its version; None if it is none."""
    bare = _ARXIV_WRAPPING.sub("", text.strip())
    if "arxiv.org/" in text.lower():
        # What an address says besides the page does not tell another work.
        bare = re.split("[?#]", bare, maxsplit=1)[0].rstrip("/")
    found = _ARXIV.fullmatch(bare)
    if found is None:
        return None
    number = found["number"]
    if found["old"]:
        subject = (found["subject"] or "").upper()
        number = f"{found['archive'].lower()}{subject}/{found['old']}"
    return number, int(found["version"]) if found["version"] else None


def arxiv_mentioned(text: str) -> tuple[str, int | None] | None:
    """The arXiv number a venue such as "arXiv preprint arXiv:1805.06576v2" gives, or None."""
    found = _ARXIV_ANYWHERE.search(text)
    return arxiv_number(found[1]) if found else None


def doi_name(text: str) -> str | None:
    """The DOI that ``text`` is, as it is written but without resolver; None if it is none."""
    bare = _DOI_WRAPPING.sub("", text.strip())
    wrapped = bare != text.strip()
    bare = unquote(bare) if wrapped else bare
    return bare if _DOI.fullmatch(bare) and bare.isprintable() else None


def openreview_id(text: str) -> str | None:
    """The forum id that ``text`` is or links to; None if it is none."""
    text = text.strip()
    if "openreview.net" in text.lower():
        return openreview_linked(text if "//" in text else f"https://{text}")
    return text if _OPENREVIEW.fullmatch(text) else None


def openreview_linked(url: str) -> str | None:
    """The forum id an address of OpenReview names, or None for any other address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        ids = parse_qs(parts.query, max_num_fields=50).get("id", [])
    except ValueError:
        return None
    if host.removeprefix("www.") != "openreview.net" or not ids:
        return None
    return ids[0] if _OPENREVIEW.fullmatch(ids[0]) else None


def isbn_number(text: str) -> str | None:
    """The ISBN of 10 or 13 digits that ``text`` is, without hyphens; None if it is none.

    The last digit must be the check digit of the others.
    """
    digits = re.sub(r"[\s-]", "", text.upper().removeprefix("ISBN").lstrip(":"))
    if re.fullmatch(r"\d{13}", digits, re.ASCII):
        total = sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(digits))
        return digits if total % 10 == 0 else None
    if re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII):
        values = (10 if digit == "X" else int(digit) for digit in digits)
        return digits if sum((10 - n) * v for n, v in enumerate(values)) % 11 == 0 else None
    return None


def web_address(text: str) -> str | None:
    """The http or https address that ``text`` is; None if it is none.

    Its host has dots, as in the open web: Discord refuses the whole message for another one.
    """
    address = text.strip()
    if address.lower().startswith("www."):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = _HOST.fullmatch(parts.hostname or "") is not None and parts.port != 0
        whole = parts.scheme in {"http", "https"} and host
    except ValueError:  # brackets or a port that are none
        return None
    plain = address.isprintable() and not any(sign.isspace() for sign in address)
    return address if whole and plain and not parts.username else None
