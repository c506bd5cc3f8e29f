"""What the schema of CSL-JSON asks for, as a JSON schema.

Composed after the published one (csl-data.json of the Citation Style Language project; draft 7 of
JSON Schema). It allows no type, variable or kind of value that the published one does not; of the
published one's variables a few are left out, so it is the stricter of the two.
"""

from __future__ import annotations

from typing import Any

_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic
collection dataset document entry entry-dictionary entry-encyclopedia figure graphic hearing
interview legal_case legislation manuscript map motion_picture musical_score pamphlet
paper-conference patent performance periodical personal_communication post post-weblog regulation
report review review-book software song speech standard thesis treaty webpage
"""
_NAMES = """
author chair collection-editor compiler composer container-author contributor curator director
editor editorial-director executive-producer interviewer illustrator organizer
original-author performer producer recipient reviewed-author translator
"""
_DATES = "accessed available-date event-date issued original-date submitted"
_TEXTS = """
language journalAbbreviation shortTitle abstract annote archive archive_collection archive_location
archive-place authority call-number citation-label collection-title container-title
container-title-short dimensions division DOI event event-place genre ISBN ISSN
jurisdiction keyword medium note original-publisher original-publisher-place original-title
part-title PMCID PMID publisher publisher-place references reviewed-title scale
source status title title-short URL version year-suffix
"""
_TEXTS_OR_NUMBERS = """
id chapter-number citation-number collection-number edition first-reference-note-number issue
locator number number-of-pages number-of-volumes page page-first part printing section supplement
volume
"""
_TEXT = {"type": "string"}
_TEXT_OR_NUMBER = {"type": ["string", "number"]}
_FLAG = {"type": ["string", "number", "boolean"]}
_NAME = {
    "type": "object",
    "properties": {
        **dict.fromkeys(
            ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"),
            _TEXT,
        ),
        **dict.fromkeys(("comma-suffix", "static-ordering", "parse-names"), _FLAG),
    },
    "additionalProperties": False,
}
_DATE = {
    "anyOf": [
        {"type": "string", "pattern": r"^[0-9-%~X?./]+$"},
        {
            "type": "object",
            "properties": {
                "date-parts": {
                    "type": "array",
                    "items": {
                        "type": "array",
                        "items": _TEXT_OR_NUMBER,
                        "minItems": 1,
                        "maxItems": 3,
                    },
                    "minItems": 1,
                    "maxItems": 2,
                },
                "season": _TEXT_OR_NUMBER,
                "circa": _FLAG,
                "literal": _TEXT,
                "raw": _TEXT,
            },
            "additionalProperties": False,
        },
    ]
}

CSL_DATA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"type": "string", "enum": _TYPES.split()},
            "categories": {"type": "array", "items": _TEXT},
            "custom": {"type": "object"},
            **{key: {"type": "array", "items": _NAME} for key in _NAMES.split()},
            **dict.fromkeys(_DATES.split(), _DATE),
            **dict.fromkeys(_TEXTS.split(), _TEXT),
            **dict.fromkeys(_TEXTS_OR_NUMBERS.split(), _TEXT_OR_NUMBER),
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
