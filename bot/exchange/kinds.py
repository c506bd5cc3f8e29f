"""What a work is: the types of BibTeX and of CSL beside the kinds of the catalogue.

Types: BibTeX, "BibTeXing" (O. Patashnik, 1988), section 3.1, and those that biblatex adds; CSL,
https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.papers import PaperType

BIBTEX_TYPES: Mapping[PaperType, str] = {
    PaperType.ARTICLE: "article",
    PaperType.PREPRINT: "misc",
    PaperType.REVIEW: "article",
    PaperType.BOOK: "book",
    PaperType.ESSAY: "misc",
    PaperType.WEB_ARTICLE: "misc",
    PaperType.THREAD: "misc",
    PaperType.TUTORIAL: "misc",
    PaperType.TALK: "misc",
    PaperType.CODE: "misc",
    PaperType.NOTES: "unpublished",
    PaperType.CURRICULUM: "misc",
}
CSL_TYPES: Mapping[PaperType, str] = {
    PaperType.ARTICLE: "article-journal",
    PaperType.PREPRINT: "article",
    PaperType.REVIEW: "review",
    PaperType.BOOK: "book",
    PaperType.ESSAY: "document",
    PaperType.WEB_ARTICLE: "webpage",
    PaperType.THREAD: "post",
    PaperType.TUTORIAL: "document",
    PaperType.TALK: "speech",
    PaperType.CODE: "software",
    PaperType.NOTES: "manuscript",
    PaperType.CURRICULUM: "collection",
}

_FROM_BIBTEX = {
    "book": PaperType.BOOK,
    "booklet": PaperType.BOOK,
    "collection": PaperType.BOOK,
    "phdthesis": PaperType.BOOK,
    "mastersthesis": PaperType.BOOK,
    "thesis": PaperType.BOOK,
    "unpublished": PaperType.NOTES,
    "software": PaperType.CODE,
    "online": PaperType.WEB_ARTICLE,
    "electronic": PaperType.WEB_ARTICLE,
    "www": PaperType.WEB_ARTICLE,
}
_FROM_CSL = {
    **{csl: kind for kind, csl in CSL_TYPES.items() if kind is not PaperType.TUTORIAL},
    "thesis": PaperType.BOOK,
    "post-weblog": PaperType.WEB_ARTICLE,
}


def from_bibtex(entry_type: str, is_on_arxiv: bool, has_venue: bool) -> PaperType:
    """The kind of a work whose file has only BibTeX's type for it."""
    if entry_type in ("misc", "techreport", "report") and not has_venue:
        return PaperType.PREPRINT if is_on_arxiv else PaperType.WEB_ARTICLE
    return _FROM_BIBTEX.get(entry_type, PaperType.ARTICLE)


def from_csl(csl_type: str) -> PaperType:
    """The kind of a work whose file has only CSL's type for it."""
    return _FROM_CSL.get(csl_type, PaperType.ARTICLE)
