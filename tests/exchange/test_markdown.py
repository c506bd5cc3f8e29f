"""A list in Markdown is read as text: nothing that anybody wrote acts in it."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.entries import Entry, Name
from bot.domain.papers import Link
from bot.domain.progress import Depth
from bot.exchange.markdown import Section, escaped, write_markdown
from tests.exchange.works import entries, shipped_entries

_LIVE = re.compile(r"(?<!\\)(?:\\\\)*[`*_{}\[\]<>()#|!~^$&@]")


def lines(*works: Entry) -> list[str]:
    return write_markdown("List", [Section("Part", works)]).decode().split("\n")


def test_a_work_takes_one_line_with_all_that_a_reader_looks_for() -> None:
    entry = Entry(
        "k", "A *T*", (Name("Gu", "Mile"),), year=2020, venue="V", arxiv="1805.06576", arxiv_version=2,
        hours=4.0, depth=Depth.READ, links=(Link("x", "https://x.org/a b)c", free=True),),
    )  # fmt: skip
    assert lines(entry)[:5] == [
        "# List",
        "",
        "## Part (1)",
        "",
        r"- Mile Gu. [A \*T\*](https://x.org/a%20b%29c). V, 2020. arXiv:1805\.06576v2. 4 h. **read**",
    ]


@given(st.text(max_size=60))
def test_no_sign_in_a_text_is_live(text: str) -> None:
    assert not _LIVE.search(escaped(text))
    assert "\n" not in escaped(text)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entries())
def test_any_work_takes_one_line(entry: Entry) -> None:
    (line,) = [line for line in lines(entry) if line.startswith("- ")]
    assert len(lines(entry)) == 6
    links = re.findall(r"(?<!\\)(?:\\\\)*\]\((\S*?)\)", line)
    assert len(links) == (1 if entry.links else 0)


def test_the_shipped_catalogue_is_written() -> None:
    assert len(lines(*shipped_entries())) == 5 + len(shipped_entries())
