"""What members are told privately about their notes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.notices import Notice, NoticeKind
from bot.render.markdown import fit
from bot.render.notices.told import Told
from bot.render.words import Words


def told(
    notice: Notice,
    catalogue: Catalogue,
    words: Words,
    names: Mapping[int, str],  # noqa: ARG001 - these notices name nobody
) -> Told | None:
    """The notice in words; None for one of another capability."""
    if notice.kind is not NoticeKind.NOTE_HIDDEN:
        return None
    theory = catalogue.theory_of(notice.paper_id or "")
    paper = None if theory is None else theory.paper(notice.paper_id or "")
    if paper is None:
        return Told(
            words.text(
                "The organisers took one of your notes out of others’ sight. It stays under "
                "`/note mine`; ask them if you wonder why."
            )
        )
    return Told(
        words.text(
            "The organisers took one of your notes on **{paper}** out of others’ sight. It stays "
            "under `/note mine`; ask them if you wonder why.",
            paper=fit(paper.title, 200),
        )
    )
