"""The nine founding theories alone, so that a tenth file in ``data/theories`` fails no test."""

from __future__ import annotations

import shutil
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
SLUGS = (
    "spline", "circuits", "pdlt", "vanchurin", "transformer-circuits", "thermo-ml", "tqnn", "statmech",
    "tropical",
)  # fmt: skip


def founding_data(folder: Path) -> Path:
    """A copy of the shipped data that holds the founding theories and nothing else."""
    data = folder / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("var", "pictures"))
    for path in (data / "theories").iterdir():
        if path.stem not in SLUGS:
            path.unlink()
    return data


TENTH = """
slug = "tenth"
order = 10
name = "Tenth theory of everything else"
short_name = "Tenth theory"
topic = "mechanisms"
claim = "What the nine leave out is one more theory."
key_ideas = ["One.", "Two.", "Three.", "Four.", "Five."]
prerequisites = ["topology"]
safety_relevance = "None that is known."
prompts = ["Why?", "How?", "When?", "Who?"]
[difficulty]
level = 2
reason = "It is short."
[hours]
typical = 3
[[papers]]
id = "tenth-paper"
role = "primary"
type = "article"
title = "On everything else"
authors = ["Zoe Zebra"]
links = [{ label = "page", url = "https://example.org/tenth", free = true }]
hours = 3
"""
