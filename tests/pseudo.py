"""A pseudo-language: every text of the message catalogue with its letters changed.

What still reads as English in a message was never looked up in the catalogue. The theories'
own prose is data, so it is changed too before it is shown.
"""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LANGUAGE = "qps"
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβγδεζηθικλμνοπρστυφχψωϊϋόΑΒΓΔΕΖΗΘΙΚΛΜΝΟΠΡΣΤΥΦΧΨΩΪΫΌ",
)
# Left as they are: places to fill in, inline code, and addresses.
_KEPT = re.compile(r"(\{\w+\}|`[^`]*`|https?://\S+)")


def pseudo(text: str) -> str:
    """``text`` with all its letters changed but those that carry meaning to a program."""
    parts = _KEPT.split(text)
    return "".join(part if n % 2 else part.translate(_LETTERS) for n, part in enumerate(parts))


def pseudo_data(folder: Path) -> Path:
    """The shipped data with its prose, and every text of the template, in pseudo-language."""
    data = folder / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("var"))
    for path in [*data.glob("theories/*.toml"), data / "vocabulary.toml"]:
        path.write_text(_pseudo_prose(path.read_text(encoding="utf-8")), encoding="utf-8")
    target = data / "locale" / LANGUAGE / "theory_club.po"
    target.parent.mkdir(parents=True)
    with (ROOT / "data" / "locale" / "theory_club.pot").open("rb") as template:
        catalogue = read_po(template)
    made = Catalog(locale=None, charset="utf-8")
    for message in catalogue:
        if message.id:
            forms = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
            strings = tuple(pseudo(str(text)) for text in forms)
            made.add(message.id, strings if len(strings) > 1 else strings[0])
    out = io.BytesIO()
    write_po(out, made)
    target.write_bytes(out.getvalue())
    return data


_PROSE = re.compile(
    r"^(name|short_name|claim|safety_relevance|reason|why|title|venue|note|length|label|list_text"
    r"|first_public_where|[a-z-]+) = \"((?:[^\"\\]|\\.)*)\"$",
    re.MULTILINE,
)
_KEYS = {
    "slug",
    "topic",
    "to",
    "kind",
    "id",
    "role",
    "type",
    "first_public",
    "arxiv",
    "doi",
    "isbn",
}
_LISTS = ("key_ideas", "prompts", "authors")


def _pseudo_prose(toml: str) -> str:
    toml = _PROSE.sub(
        lambda m: m[0] if m[1] in _KEYS else f'{m[1]} = "{_outside_escapes(m[2])}"', toml
    )
    inline = re.compile(r'\b(label|title) = "((?:[^"\\]|\\.)*)"(?= ?[,}])')
    toml = inline.sub(lambda m: f'{m[1]} = "{_outside_escapes(m[2])}"', toml)
    for name in _LISTS:
        toml = re.sub(
            rf"^{name} = \[(.*?)\]$",
            lambda m: re.sub(r'"((?:[^"\\]|\\.)*)"', lambda s: f'"{_outside_escapes(s[1])}"', m[0]),
            toml,
            flags=re.MULTILINE | re.DOTALL,
        )
    return toml


def _outside_escapes(text: str) -> str:
    parts = re.split(r"(\\u[0-9a-fA-F]{4}|\\.)", text)
    return "".join(part if n % 2 else pseudo(part) for n, part in enumerate(parts))
