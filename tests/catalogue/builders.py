"""Small valid catalogues on disk, to be broken in one place at a time."""

from __future__ import annotations

from pathlib import Path

VOCABULARY = """
[prerequisites]
calculus = "Derivatives"
topology = "Shapes"

[topics]
mechanisms = "Mechanisms"

[[neutral_sections]]
id = "u1"
title = "First half"

[[neutral_sections]]
id = "u2"
title = "Second half"
"""

THEORY = """
slug = "{slug}"
order = {order}
name = "Theory of {slug}"
short_name = "{slug}"
claim = "Something holds."
key_ideas = ["one", "two", "three", "four", "five"]
prerequisites = ["calculus"]
topic = "mechanisms"
aliases = ["{slug}"]
prompts = ["Why?", "How?", "When?", "Where?"]
safety_relevance = "It may help."

[difficulty]
level = 2
reason = "It is short."

[hours]
typical = 3
low = 2
high = 4

[[papers]]
id = "{slug}-paper"
role = "primary"
type = "article"
title = "On {slug}"
authors = ["Ada Lovelace"]
links = [{{ label = "arXiv", url = "https://arxiv.org/abs/1805.06576", free = true }}]
first_public = "2018-05-17"
arxiv = "1805.06576"
hours = 3
sections = [{{ id = "s1", title = "Opening" }}, {{ id = "s2", title = "Rest" }}]

[[papers]]
id = "{slug}-talk"
role = "secondary"
type = "talk"
title = "A talk on {slug}"
"""

RELATION = """
[[relations]]
to = "{to}"
kind = "contrasts"
why = "They disagree."
"""


def write_catalogue(data_dir: Path) -> Path:
    """Two theories, alpha and beta; alpha names its relation to beta."""
    theories = data_dir / "theories"
    theories.mkdir(parents=True)
    (data_dir / "vocabulary.toml").write_text(VOCABULARY, encoding="utf-8")
    alpha = THEORY.format(slug="alpha", order=1) + RELATION.format(to="beta")
    (theories / "alpha.toml").write_text(alpha, encoding="utf-8")
    beta = THEORY.format(slug="beta", order=2)
    (theories / "beta.toml").write_text(beta, encoding="utf-8")
    return data_dir


def replace(path: Path, old: str, new: str) -> None:
    """Change the first occurrence of ``old``, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
