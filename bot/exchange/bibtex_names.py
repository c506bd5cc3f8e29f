"""Authors as BibTeX writes them: ``Family, Given and {A Group} and others``.

The rules of the names are bibtexparser's; here only Unicode and the groups are added.
"""

from __future__ import annotations

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from bot.domain.entries import ET_AL, Name
from bot.domain.imports.contents import Fault
from bot.exchange.latex import from_latex, to_latex
from bot.exchange.values import EntryWrong


def read_names(text: str) -> tuple[Name, ...]:
    """The authors of a field's value. Raises EntryWrong for a name with commas too many."""
    try:
        return tuple(_read(each) for each in split_multiple_persons_names(text) if each.strip())
    except InvalidNameError:
        raise EntryWrong(Fault.NOT_A_NAME, "authors") from None


def write_names(names: tuple[Name, ...]) -> str:
    """A field's value that reads as these names, in plain form wherever that is enough."""
    return " and ".join(map(_written, names))


def _read(text: str) -> Name:
    text = text.strip()
    if text.lower() == "others":
        return Name(literal=ET_AL)
    if _is_one_group(text):
        return Name(literal=from_latex(text[1:-1]))
    parts = parse_single_name_into_parts(text, strict=True)
    family, given, suffix = (
        from_latex(" ".join(words)) for words in (parts.von + parts.last, parts.first, parts.jr)
    )
    return Name(family, given, suffix)


def _written(name: Name) -> str:
    if name.literal == ET_AL:
        return "others"
    if name.literal:
        return f"{{{to_latex(name.literal)}}}"
    given = [name.suffix, name.given] if name.suffix else [name.given] if name.given else []
    plain = ", ".join(map(to_latex, [name.family, *given]))
    try:
        # Between others, because a name may end in what joins them.
        if read_names(f"A and {plain} and A")[1:-1] == (name,):
            return plain
    except EntryWrong:
        pass
    return ", ".join(f"{{{to_latex(part)}}}" for part in [name.family, *(given or [""])])


def _is_one_group(text: str) -> bool:
    """Whether the brace that opens the text closes at its end."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for place, sign in enumerate(text):
        escaped = place > 0 and text[place - 1] == "\\"
        depth += 0 if escaped else (sign == "{") - (sign == "}")
        if depth == 0:
            return place == len(text) - 1
    return False
