"""What members are told privately about what they proposed for the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.notices import Notice, NoticeKind
from bot.render.markdown import escape, fit
from bot.render.notices.told import Told
from bot.render.words import Words


def told(
    notice: Notice,
    catalogue: Catalogue,  # noqa: ARG001 - the notice holds the title itself
    words: Words,
    names: Mapping[int, str],  # noqa: ARG001 - these notices name nobody
) -> Told | None:
    """The notice in words; None for one of another capability."""
    title, _, by_organisers = (notice.detail or "").partition("\n")
    name = f"**{fit(escape(title), 100)}**"
    by_organisers = fit(escape(by_organisers), 500)
    match notice.kind:
        case NoticeKind.PROPOSAL_APPROVED:
            said = words.text(
                "Your proposal {title} was approved: it is in the catalogue of this server. "
                "`/theory` finds it.",
                title=name,
            )
        case NoticeKind.PROPOSAL_ASKED:
            said = words.text(
                "The organisers ask about your proposal {title}: “{question}” Answer in its "
                "thread; *Change it* there changes what you propose.",
                title=name,
                question=by_organisers,
            )
        case NoticeKind.PROPOSAL_REJECTED if by_organisers:
            said = words.text(
                "Your proposal {title} was not taken up this time; the organisers say why: "
                "“{reason}” Thank you for it.",
                title=name,
                reason=by_organisers,
            )
        case NoticeKind.PROPOSAL_REJECTED:
            said = words.text(
                "Your proposal {title} was not taken up this time. Thank you for it; ask the "
                "organisers if you wonder why.",
                title=name,
            )
        case _:
            return None
    return Told(said)
