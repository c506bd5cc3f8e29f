"""Which known work an entry is, by its identifiers, its address, or its title and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from bot.domain.entries import Entry, paper_of
from bot.domain.papers import Role
from bot.domain.search.identifiers import keys_of
from bot.domain.search.normalise import words_of

# Of 100; two slips in a title of six words stay above the first.
NEAR_TITLE = 92
# What is named by the same weak sign must at least look alike.
RELATED_TITLE = 60
_FEW_WORDS = 3
_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))


class Evidence(StrEnum):
    """What shows that an entry is a known work, strongest first."""

    DOI = "doi"
    ARXIV_VERSION = "arxiv-version"
    ARXIV = "arxiv"
    OPENREVIEW = "openreview"
    ISBN = "isbn"
    KEY = "key"
    URL = "url"
    TITLE = "title"


# Chapters share an ISBN, talks the page of their workshop, and keys are anybody's.
_WEAK = frozenset({Evidence.ISBN, Evidence.KEY, Evidence.URL})
_BY_PREFIX = {
    "doi": Evidence.DOI,
    "arxiv": Evidence.ARXIV,
    "isbn": Evidence.ISBN,
    "link": Evidence.URL,
}


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of an entry is compared, worked out once."""

    entry: Entry
    titles: tuple[str, ...]
    years: frozenset[int]
    families: frozenset[str]


class Works:
    """Works to find entries among. Numbered from 0 in the order in which they were added."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._traits: list[_Traits] = []
        self._by_key: dict[tuple[Evidence, str], list[int]] = {}
        self._titles: list[str] = []
        self._of_title: list[int] = []
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> int:
        """Add a work; its number."""
        number = len(self._traits)
        traits = _traits_of(entry)
        self._traits.append(traits)
        for sign in dict.fromkeys(_signs_of(entry)):
            self._by_key.setdefault(sign, []).append(number)
        self._titles += traits.titles
        self._of_title += [number] * len(traits.titles)
        return number

    def find(self, entry: Entry) -> tuple[int, Evidence] | None:
        """The number of the work that the entry is, and what shows it; None if it is none."""
        traits = _traits_of(entry)
        signs = sorted(dict.fromkeys(_signs_of(entry)), key=lambda sign: _STRENGTH[sign[0]])
        for evidence, key in signs:
            for number in self._by_key.get((evidence, key), ()):
                if evidence not in _WEAK or _is_related(traits, self._traits[number]):
                    return number, _with_version(evidence, entry, self._traits[number].entry)
        same = (n for n in self._near(traits) if _is_same_title(traits, self._traits[n]))
        return next(((number, Evidence.TITLE) for number in same), None)

    def _near(self, traits: _Traits) -> Iterator[int]:
        """Works with a similar title, most similar first, then in their order."""
        for title in traits.titles[:1]:
            found = process.extract(
                title, self._titles, scorer=fuzz.ratio, score_cutoff=NEAR_TITLE, limit=None
            )
            for _, _, place in sorted(found, key=lambda hit: (-hit[1], hit[2])):
                yield self._of_title[place]


_STRENGTH = {evidence: n for n, evidence in enumerate(Evidence)}


def _traits_of(entry: Entry) -> _Traits:
    first = [int(entry.first_public[:4])] if entry.first_public else []
    given = [year for year in (entry.year, entry.list_year) if year is not None]
    families = (words_of(name.family or name.literal) for name in entry.authors)
    return _Traits(
        entry,
        tuple(" ".join(words_of(title)) for title in (entry.title, *entry.title_variants)),
        frozenset((*first, *given)),
        frozenset(" ".join(words) for words in families),
    )


def _signs_of(entry: Entry) -> Iterator[tuple[Evidence, str]]:
    for key, _, _ in keys_of(paper_of(entry, (), Role.PRIMARY)):
        prefix, _, bare = key.partition(":")
        # Letters count in OpenReview's ids, and the keys have small ones only.
        if not bare.startswith("openreview.net"):
            yield _BY_PREFIX[prefix], bare
    if entry.openreview:
        yield Evidence.OPENREVIEW, entry.openreview
    if entry.key:
        yield Evidence.KEY, entry.key


def _with_version(evidence: Evidence, entry: Entry, known: Entry) -> Evidence:
    same = entry.arxiv_version is not None and entry.arxiv_version == known.arxiv_version
    return Evidence.ARXIV_VERSION if evidence is Evidence.ARXIV and same else evidence


def _is_related(one: _Traits, other: _Traits) -> bool:
    if _contradict(one.entry, other.entry):
        return False
    return any(
        fuzz.ratio(mine, theirs) >= RELATED_TITLE for mine in one.titles for theirs in other.titles
    )


def _is_same_title(one: _Traits, other: _Traits) -> bool:
    """Whether works whose titles are near are one: nothing may speak against it."""
    if _contradict(one.entry, other.entry) or not _are_near(one.years, other.years):
        return False
    if one.families and other.families and one.families.isdisjoint(other.families):
        return False
    if one.titles[0] in other.titles:
        return True
    supported = (one.years and other.years) or (one.families and other.families)
    words = one.titles[0].split()
    parts = [_parts(words), *(_parts(title.split()) for title in other.titles)]
    return bool(supported) and len(words) >= _FEW_WORDS and parts[0] in parts[1:]


def _contradict(one: Entry, other: Entry) -> bool:
    """Whether both have an identifier of one kind and it differs."""
    if one.arxiv and other.arxiv and one.arxiv.lower() != other.arxiv.lower():
        return True
    dois = {entry.doi.lower() for entry in (one, other) if entry.doi}
    return len(dois) == 2 and not any(doi.startswith("10.48550/") for doi in dois)


def _are_near(years: frozenset[int], others: frozenset[int]) -> bool:
    if not years or not others:
        return True
    return any(abs(year - other) <= 1 for year in years for other in others)


def _parts(words: list[str]) -> tuple[str, ...]:
    """The numbers in a title: part I and part II are two works, however alike."""
    return tuple(word for word in words if word.isdigit() or word in _ROMAN)
