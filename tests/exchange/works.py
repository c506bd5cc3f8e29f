"""Works to write and read again: any that hypothesis can think of, and the shipped ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from bot.catalogue.reader import read_catalogue
from bot.domain.catalogue import Catalogue
from bot.domain.entries import ET_AL, Entry, Name, entry_of, link_to, tidy
from bot.domain.imports.contents import Contents, Format
from bot.domain.papers import Link, PaperType, Role, Section
from bot.domain.progress import Depth
from bot.exchange.bibtex_file import write_bibtex
from bot.exchange.bounded import contents_of
from bot.exchange.child import answer
from bot.exchange.csl_json import write_csl_json
from bot.exchange.csv import write_csv

ROOT = Path(__file__).parents[2]

WRITERS: dict[Format, Callable[[list[Entry]], bytes]] = {
    Format.BIBTEX: write_bibtex,
    Format.CSL_JSON: write_csl_json,
    Format.CSV: write_csv,
}

# Signs that one of the formats gives a meaning to, and what looks like them.
_HOSTILE = "\\{}$~%&#_^\"'`,;=+-@()[]<>|!?:/ ＝＋－＠éßŁαx̂漢😀\u00a0…–—\u200d\t\n0aZ"
_PIECES = (
    "--", "---", "``", "''", "\\'e", "{\\\"u}", "$\\alpha$", "=1+1", "'=1", "@article{a,", " and ",
    "others", "et al.", "\\", "}", "{", "%", "\\input{x}", "[[", "<script>", "van der", "Jr.", "%20",
    "{}", "\\n", "&amp;", "@string{", "# x", '""', "\ufeff", "NaN", "null", "-", "~", "i.e. ",
)  # fmt: skip
_raw = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text(_HOSTILE, max_size=30),
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(_HOSTILE, max_size=4)), max_size=6).map(
        "".join
    ),
)
texts = _raw.map(tidy).filter(bool)
maybe = st.one_of(st.none(), texts)
sections = st.builds(Section, texts.map(lambda text: text[:50].strip()), texts)
names = st.one_of(
    texts.map(lambda text: Name(literal=text)),
    st.just(Name(literal=ET_AL)),
    st.builds(Name, texts, st.one_of(st.just(""), texts), st.one_of(st.just(""), texts)),
    st.sampled_from(
        ["Guido van Rossum", "Mile Gu", "Anthropic", "Marie-Charlotte Brandenburg"]
    ).map(Name.of),
)
tags = st.lists(
    texts.map(lambda t: tidy(t.replace(",", " ").replace(";", " "))).filter(bool),
    max_size=3,
    unique=True,
).map(tuple)
urls = st.builds(
    "https://{}.org/{}?{}".format,
    st.sampled_from(["arxiv", "www.example", "xn--bcher-kva"]),
    st.text("ab_~%-.,;()'+&=/:@!$*", max_size=12),
    st.text('ab_~%-&=#{}\\^|"<>', max_size=8),
)
links = st.lists(
    st.one_of(st.builds(Link, texts, urls, st.booleans()), urls.map(link_to)),
    max_size=2,
    unique_by=lambda link: link.url,
).map(tuple)
years = st.one_of(st.none(), st.integers(1400, 2100))


@st.composite
def entries(draw: st.DrawFn, key: str = "k") -> Entry:
    """Any entry that is tidy, has no more than the limits allow and names what it knows."""
    arxiv = draw(st.sampled_from([None, "1805.06576", "math.GT/0309136", "cond-mat/9907176"]))
    return Entry(
        key=draw(texts) + key,
        title=draw(texts),
        authors=tuple(draw(st.lists(names, max_size=4))),
        kind=draw(st.sampled_from(PaperType)),
        role=draw(st.sampled_from([None, *Role])),
        theory=draw(st.sampled_from([None, "spline", "thermo-ml"])),
        year=draw(years),
        venue=draw(maybe),
        doi=draw(st.sampled_from([None, "10.1002/(SICI)1--2<3::AID>4;5#_%", "10.1109/A.2022.1"])),
        arxiv=arxiv,
        arxiv_version=draw(st.sampled_from([None, 1, 12])) if arxiv else None,
        openreview=draw(st.sampled_from([None, "rJxBa1HFvS", "B-_--x"])),
        isbn=draw(st.sampled_from([None, "9781316519332", "080442957X"])),
        links=draw(links),
        pages=draw(maybe),
        hours=draw(st.one_of(st.none(), st.floats(0.01, 1000), st.just(6.0))),
        length=draw(maybe),
        tags=draw(tags),
        abstract=draw(maybe),
        note=draw(maybe),
        title_variants=tuple(draw(st.lists(texts, max_size=2))),
        first_public=draw(st.sampled_from([None, "2020", "2020-06", "2020-06-27"])),
        first_public_where=draw(maybe),
        list_year=draw(years),
        peer_reviewed=draw(st.sampled_from([None, True, False])),
        sections=tuple(draw(st.lists(sections, max_size=2, unique_by=lambda one: one.id))),
        unverified=tuple(draw(st.lists(texts, max_size=2))),
        depth=draw(st.sampled_from([None, *Depth])),
    )


def read(format_: Format, content: bytes) -> Contents:
    """What the reading process would find, read in this one."""
    return contents_of(format_, answer(format_, content))


def shipped() -> Catalogue:
    """The catalogue that ships with the bot."""
    return read_catalogue(ROOT / "data")


def shipped_entries() -> list[Entry]:
    """Every work of the shipped catalogue."""
    return [
        entry_of(p, theory.slug, theory.prerequisites)
        for theory in shipped()
        for p in theory.papers
    ]
