"""The preview of a split for an organiser: what it comes to, beside everybody's wishes."""

from __future__ import annotations

from bot.domain.rounds import Preview, RoundState
from bot.domain.split import Difference, Level, Split
from bot.render.markdown import bullets, escape, fit, size
from bot.render.papers import number_text
from bot.render.rounds.answers import item_name
from bot.render.rounds.picture import split_picture, split_table
from bot.render.rounds.shortfalls import shortfall_lines
from bot.render.words import Words

_NAME, _LINE, _CHANGES = 48, 180, 8


def preview_title(preview: Preview, words: Words) -> str:
    """The heading of a preview."""
    if preview.round.state is RoundState.PUBLISHED:
        return words.text("The split, as it would be changed")
    return words.text("The split, as it would be published")


def headline(preview: Preview, words: Words) -> str:
    """What the community knows if everybody reads, and what their wishes alone would come to."""
    after = preview.split.metrics
    split = words.text(
        "If everybody reads, **{known} of {total}** have a reader here (known) and **{met}** have "
        "{target} (met). That is as broad as **{effective}** theories read equally often.",
        known=after.known_items,
        total=len(preview.facts.items),
        met=after.met_items,
        target=preview.facts.target,
        effective=f"{after.hill[1]:.1f}",
    )
    if not any(one.answer.wishes.points for one in preview.facts.participants):
        return split
    free = preview.wished.metrics
    choice = words.text(
        "If everybody took just what they wished for: {known} known, {met} met, as broad as "
        "{effective}.",
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
            "first choices: {first} of {wishing} · members with a paper: {served} of {members}",
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
    lines += shortfall_lines(preview, words)
    text = bullets(lines)
    if not preview.split.assignment:
        text += "\n" + words.text(
            "Nothing fits anybody who is in: give more hours or weeks, or a wider list."
        )
    return text


def _is_proved(found: Split) -> bool:
    return {Level.COVERED, Level.MET} <= set(found.certificate.proved)


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
        "**Seats are short.** With {seats}, {papers} papers would be read, {known} known and {met} "
        "met. *Raise seats* gives them once it is published, and they stay.",
        seats=fit(seats, 500),
        known=figures.known_items,
        met=figures.met_items,
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
    lines = _changes(preview, changed)
    more = len(lines) - _CHANGES
    shown = bullets(lines[:_CHANGES])
    if more > 0:
        shown += "\n" + words.plural(
            "and {n} more member, see below", "and {n} more members, see below", more
        )
    return f"{head}\n{shown}"


def _changes(preview: Preview, changed: Difference) -> list[str]:
    """A line a member: what comes and what goes, in the order of the names."""
    names = preview.facts.names
    by_member: dict[str, list[str]] = {}
    for sign, pairs in (("+", changed.added), ("−", changed.removed)):
        for member, paper_id in pairs:
            by_member.setdefault(member, []).append(f"{sign} {_item(preview, paper_id)}")
    named = sorted((names.get(int(member), "…"), items) for member, items in by_member.items())
    return [fit(f"{fit(escape(name), _NAME)}: {', '.join(items)}", _LINE) for name, items in named]


def overview(preview: Preview, words: Words) -> list[str]:
    """The paragraphs below the picture, each cut so that all of them fit one message."""
    texts = (
        (split_table(split_picture(preview, words), words), 1000),
        (figures_text(preview, words), 1000),
        (difference_text(preview, words), 700),
        (seats_text(preview, words), 400),
        (promises_text(preview, words), 300),
    )
    return [fit(text, longest) for text, longest in texts if text]


def members_pages(preview: Preview, room: int, words: Words) -> list[str]:
    """Who would read what, in the order of the names: pages of at most ``room`` characters."""
    everybody = sorted(
        preview.facts.participants, key=lambda one: (one.name.casefold(), one.user_id)
    )
    nothing = words.text("no paper")
    pages = [words.text("**Who would read what**")]
    for one in everybody:
        items = [_item(preview, paper_id) for paper_id in preview.papers_of(one.user_id)]
        given = ", ".join(items) or nothing
        line = "\n- " + fit(f"{fit(escape(one.name), _NAME)}: {given}", _LINE)
        if size(pages[-1]) + size(line) > room:
            pages.append(words.text("**Who would read what**"))
        pages[-1] += line
    return pages


def _item(preview: Preview, paper_id: str) -> str:
    item = preview.facts.items[paper_id]
    return fit(item_name(preview.round, item.theory, item.paper), _NAME)
