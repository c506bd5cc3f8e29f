"""Why an entry of a file is refused, and what the fields of an entry are called, in words."""

from __future__ import annotations

from bot.domain.imports.contents import Fault
from bot.render.markdown import escape
from bot.render.words import N_, Words

_FAULTS = {
    Fault.SYNTAX: N_("it breaks off or a bracket, quotation mark or comma is missing"),
    Fault.NOT_AN_ENTRY: N_("something stands there that is no entry"),
    Fault.NO_TITLE: N_("it has no title"),
    Fault.KEY_TWICE: N_("its key stands in the file before"),
    Fault.FIELD_TWICE: N_("a field is given twice"),
    Fault.TOO_LONG: N_("that is too long"),
    Fault.TOO_MANY: N_("those are too many"),
    Fault.TOO_DEEP: N_("brackets are nested too deeply"),
    Fault.TEXT_UNDEFINED: N_("it uses an abbreviation that the file does not define"),
    Fault.NOT_A_NAME: N_("a name cannot be told apart; write Family, Given and Family, Given"),
    Fault.NOT_A_YEAR: N_("that is not a year of four digits"),
    Fault.NOT_A_DATE: N_("that is not a date such as 2020, 2020-06 or 2020-06-27"),
    Fault.NOT_A_NUMBER: N_("that is not a number of hours"),
    Fault.NOT_A_DOI: N_("that is not a DOI such as 10.1109/TPAMI.2022.3201490"),
    Fault.NOT_ARXIV: N_("that is not an arXiv number such as 1805.06576v2"),
    Fault.NOT_OPENREVIEW: N_("that is not an id of OpenReview"),
    Fault.NOT_ISBN: N_("that is not an ISBN"),
    Fault.NOT_AN_ADDRESS: N_("that is not an http or https address"),
    Fault.NOT_A_CHOICE: N_("that is none of the words that can stand there"),
    Fault.NOT_A_LIST: N_("that is not a list as an export writes it"),
    Fault.THEORY_UNKNOWN: N_("there is no such theory"),
}
_FIELDS = {
    "title": N_("title"),
    "authors": N_("authors"),
    "kind": N_("kind"),
    "role": N_("role"),
    "theory": N_("theory"),
    "year": N_("year"),
    "venue": N_("venue"),
    "arxiv": N_("arXiv number"),
    "arxiv_version": N_("arXiv version"),
    "url": N_("address"),
    "links": N_("links"),
    "pages": N_("pages"),
    "hours": N_("hours"),
    "length": N_("length"),
    "tags": N_("tags"),
    "abstract": N_("abstract"),
    "note": N_("note"),
    "title_variants": N_("other titles"),
    "first_public": N_("first public"),
    "first_public_where": N_("where first public"),
    "list_year": N_("year of the list"),
    "peer_reviewed": N_("peer reviewed"),
    "sections": N_("sections"),
    "unverified": N_("unverified fields"),
}
# Names of their own in every language.
_NAMES = {"doi": "DOI", "isbn": "ISBN", "openreview": "OpenReview"}
_LONGEST_FIELD = 30


def field_text(name: str, words: Words) -> str:
    """What a field of an entry is called; a file's own name for it where we have none."""
    if name in _FIELDS:
        return words.text(_FIELDS[name])
    return _NAMES.get(name) or escape(name, _LONGEST_FIELD)


def fault_text(fault: Fault, field: str, words: Words) -> str:
    """Why an entry is refused, after the name of the field where one is at fault."""
    reason = words.text(_FAULTS[fault])
    if not field:
        return reason
    return words.text("{field}: {reason}", field=field_text(field, words), reason=reason)
