"""The preview of a split for an organiser: what it comes to, beside everybody's free choice."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.rounds import Preview, RoundState
from bot.domain.split import Level, Pair, Reason, Split, Unmet
from bot.render.markdown import bullets, escape, fit
from bot.render.papers import number_text
from bot.render.rounds.answers import item_name
from bot.render.words import Words

MEMBERS_A_PAGE = 12
_NAME, _LINE, _CHANGES, _UNMET = 48, 180, 8, 5


def preview_title(preview: Preview, words: Words) -> str:
    """The heading of a preview."""
    if preview.round.state is RoundState.PUBLISHED:
        return words.text("The split, as it would be changed")
    return words.text("The split, as it would be published")


def headline(preview: Preview, words: Words) -> str:
    """What the community knows if everybody reads, and what it would know without a split."""
    after, free = preview.split.metrics, preview.split.free
    total = len(preview.facts.items)
    split = words.text(
        "If everybody reads, **{known} of {total}** are known and **{met}** have the readers this "
        "group wants: as much as **{effective}** evenly known ones.",
        known=after.known_items,
        total=total,
        met=after.met_items,
        effective=f"{after.hill[1]:.1f}",
    )
    choice = words.text(
        "If everybody took what they like: {known} known, {met} met, {effective}.",
        known=free.known_items,
        met=free.met_items,
        effective=f"{free.hill[1]:.1f}",
    )
    return f"{split} {choice}"


def figures_text(preview: Preview, words: Words) -> str:
    """The other figures of a split, a line each, and what could not be reached."""
    figures, facts = preview.split.metrics, preview.facts
    lines = [
        words.text(
            "first choices: {first} of {wishing} · given something: {served} of {members}",
            first=figures.first_choices,
            wishing=figures.with_wishes,
            served=figures.served,
            members=len(facts.participants),
        ),
        words.text(
            "papers to read: {papers} · most for one member: {hours} h",
            papers=len(preview.split.assignment),
            hours=number_text(round(figures.most_hours / 60, 1)),
        ),
    ]
    if preview.slack:
        lines.append(
            words.text(
                "up to {slack} % of the coverage gained may go to wishes", slack=preview.slack
            )
        )
    if _is_proved(preview.split):
        lines.append(words.text("no split can know more or meet more: that is proved"))
    if facts.absent:
        names = ", ".join(fit(escape(name), _NAME) for name in facts.absent)
        lines.append(words.text("in, but away: {names}", names=fit(names, 300)))
    lines += [unmet_text(each, preview, words) for each in preview.split.unmet[:_UNMET]]
    more = len(preview.split.unmet) - _UNMET
    if more > 0:
        lines.append(words.plural("and {n} more falls short", "and {n} more fall short", more))
    return bullets(lines)


def _is_proved(found: Split) -> bool:
    return {Level.COVERED, Level.MET} <= set(found.certificate.proved)


def unmet_text(unmet: Unmet, preview: Preview, words: Words) -> str:
    """Why an item does not get the readers it wants."""
    item, names = _item(preview, unmet.item), preview.facts.names
    short = words.text(
        "**{item}** has {got} of {need} readers", item=item, got=unmet.got, need=unmet.need
    )
    match unmet.reason:
        case Reason.IMPOSSIBLE:
            why = words.plural(
                "only {n} member can take it", "only {n} members can take it", unmet.can
            )
        case Reason.HALL:
            items = ", ".join(_item(preview, each) for each in unmet.items)
            who = ", ".join(fit(escape(names[int(m)]), _NAME) for m in unmet.members)
            why = words.text(
                "{items} need {needed} readers, and only {who} may, with {places} places between "
                "them",
                items=items,
                needed=unmet.needed,
                who=fit(who, 120) or words.text("nobody"),
                places=unmet.places,
            )
        case Reason.OUTRANKED:
            why = words.text("its readers are needed for a theory nobody would know")
        case Reason.HOURS:
            why = words.text("the hours do not fit: no way was found to meet more")
    return fit(f"{short}: {why}", 400)


def seats_text(preview: Preview, words: Words) -> str:
    """That more seats would make the split better; empty when seats are not short."""
    if not preview.more_seats or preview.roomy is None:
        return ""
    figures = preview.roomy.metrics
    seats = ", ".join(
        f"{_item(preview, paper_id)} {preview.facts.items[paper_id].seats} → {number}"
        for paper_id, number in preview.more_seats.items()
    )
    return words.text(
        "**Seats are short.** With {seats} it would be {known} known, {met} met and {effective}, "
        "with {papers} papers read.",
        seats=fit(seats, 500),
        known=figures.known_items,
        met=figures.met_items,
        effective=f"{figures.hill[1]:.1f}",
        papers=len(preview.roomy.assignment),
    )


def promises_text(preview: Preview, words: Words) -> str:
    """What moving promises would gain, or that they may move; empty when neither matters."""
    if preview.round.state is not RoundState.PUBLISHED:
        return ""
    if not preview.round.keeps:
        return words.text(
            "Accepted papers may move where the group would otherwise know or meet less. Whoever "
            "loses one is told."
        )
    if preview.looser is None:
        return ""
    figures = preview.looser.metrics
    return words.text(
        "Every promise is kept. If some could move, {known} would be known and {met} met.",
        known=figures.known_items,
        met=figures.met_items,
    )


def difference_text(preview: Preview, words: Words) -> str:
    """What a change does, a line a member; that there is none; empty at the first look."""
    changed = preview.difference
    if changed is None:
        return ""
    if not changed.added and not changed.removed:
        if preview.round.state is RoundState.PUBLISHED:
            return words.text("Nothing changes: everybody keeps what they have.")
        return ""
    head = (
        words.text("**What changes:**")
        if preview.round.state is RoundState.PUBLISHED
        else words.text("**Changed since it was last looked at:**")
    )
    lines = [*_changes(preview, changed.added, "+"), *_changes(preview, changed.removed, "−")]
    more = len(lines) - _CHANGES
    shown = bullets(lines[:_CHANGES])
    if more > 0:
        shown += "\n" + words.plural("and {n} more", "and {n} more", more)
    return f"{head}\n{shown}"


def _changes(preview: Preview, pairs: Iterable[Pair], sign: str) -> list[str]:
    names = preview.facts.names
    by_member: dict[str, list[str]] = {}
    for member, paper_id in pairs:
        by_member.setdefault(member, []).append(_item(preview, paper_id))
    return [
        fit(f"{fit(escape(names.get(int(member), '…')), _NAME)}: {sign} {', '.join(items)}", _LINE)
        for member, items in by_member.items()
    ]


def pages_of(preview: Preview) -> int:
    """How many pages the list of members has, at least one."""
    return max(1, -(-len(preview.facts.participants) // MEMBERS_A_PAGE))


def members_text(preview: Preview, page: int, words: Words) -> str:
    """Who would read what, one page of it, in the order of the names."""
    everybody = sorted(
        preview.facts.participants, key=lambda one: (one.name.casefold(), one.user_id)
    )
    start = min(page, pages_of(preview) - 1) * MEMBERS_A_PAGE
    nothing = words.text("nothing this round")
    lines = []
    for one in everybody[start : start + MEMBERS_A_PAGE]:
        items = [_item(preview, paper_id) for paper_id in preview.papers_of(one.user_id)]
        given = ", ".join(items) or nothing
        lines.append(fit(f"{fit(escape(one.name), _NAME)}: {given}", _LINE))
    head = words.text("**Who would read what**")
    return f"{head}\n{bullets(lines)}"


def _item(preview: Preview, paper_id: str) -> str:
    item = preview.facts.items[paper_id]
    return fit(item_name(preview.round, item.theory, item.paper), _NAME)
