"""Why a member was given a paper, and why not the one they would rather have."""

from __future__ import annotations

from bot.domain.rounds import OwnPaper, OwnReading
from bot.domain.split import Bar, Instead, Level, PairState
from bot.render.markdown import bullets, escape, fit
from bot.render.papers import number_text, tag_text, title_text
from bot.render.words import Words

_TAGS, _NAMES, _REASONS = 3, 3, 1
# Five of these and what stands above them have to fit Discord's 4000 characters.
_SENTENCE = 640


def own_paper_text(one: OwnPaper, own: OwnReading, words: Words) -> str:
    """A paper of one's own: what, why me, how long, with whom."""
    head = f"**{title_text(one.paper)}** · {one.theory.short_name} · {state_text(one.state, words)}"
    lines = [" ".join(_why(one, words)), _with_whom(one, words)]
    lines += [instead_text(each, one, own, words) for each in one.instead[:_REASONS]]
    return fit(f"{head}\n{bullets(lines)}", _SENTENCE)


def state_text(state: PairState, words: Words) -> str:
    """How far a member's paper has come."""
    match state:
        case PairState.PROPOSED:
            return words.text("for you")
        case PairState.ACCEPTED:
            return words.text("accepted")
        case PairState.STARTED:
            return words.text("being read")
        case PairState.DONE:
            return words.text("read")
        case PairState.DROPPED:
            return words.text("given back")


def _why(one: OwnPaper, words: Words) -> list[str]:
    if one.readers == 0:
        parts = [words.text("Nobody here has read it.")]
    else:
        parts = [
            words.plural(
                "{n} member here has read it; this group wants {target}.",
                "{n} members here have read it; this group wants {target}.",
                one.readers,
                target=one.target,
            )
        ]
    if one.place == 1:
        parts.append(words.text("It is your first choice."))
    elif one.place == 2:
        parts.append(words.text("You also wanted it."))
    if one.known:
        tags = ", ".join(tag_text(tag) for tag in one.known[:_TAGS])
        parts.append(words.text("You know {tags}.", tags=tags))
    hours = number_text(round(one.minutes / 60, 1))
    parts.append(words.text("About {hours} h for you.", hours=hours))
    return parts


def _with_whom(one: OwnPaper, words: Words) -> str:
    if not one.companions:
        return words.text("You are the one who reads it this round.")
    names = ", ".join(fit(escape(name), 64) for name in one.companions[:_NAMES])
    more = len(one.companions) - _NAMES
    if more > 0:
        return words.plural(
            "With you: {names} and {n} other.",
            "With you: {names} and {n} others.",
            more,
            names=names,
        )
    return words.text("With you: {names}.", names=names)


def instead_text(instead: Instead, one: OwnPaper, mine: OwnReading, words: Words) -> str:
    """What stands against a paper that the member would rather have."""
    other = f"**{mine.titles.get(instead.item, '')}**"
    own = one.theory.short_name
    if instead.bar is not None or instead.is_full or instead.is_too_long:
        return _barred(instead, other, words)
    match instead.level:
        case Level.COVERED:
            return words.text(
                "Why not {other}? Then nobody here would know {own}.", other=other, own=own
            )
        case Level.MET:
            return words.text(
                "Why not {other}? Then {own} would have fewer readers than this group wants.",
                other=other,
                own=own,
            )
        case Level.GAIN if instead.item in mine.famous:
            return words.text(
                "Why not {other}? Most newcomers know it from elsewhere, so a reader of {own} adds "
                "more.",
                other=other,
                own=own,
            )
        case Level.GAIN | Level.BREADTH | Level.SERVED | Level.KEPT:
            return words.plural(
                "Why not {other}? It has {n} reader with this round, {own} has {readers}.",
                "Why not {other}? It has {n} readers with this round, {own} has {readers}.",
                instead.readers,
                other=other,
                own=own,
                readers=instead.own_readers,
            )
        case Level.N4 | Level.N3 | Level.N2 | Level.N1 | Level.PREF:
            return words.text(
                "Why not {other}? Others would get something they want less.", other=other
            )
        case None:
            return words.text(
                "Why not {other}? It would have been as good; the draw decided.", other=other
            )


def _barred(instead: Instead, other: str, words: Words) -> str:
    if instead.is_full or instead.bar is Bar.NO_SEAT:
        return words.text(
            "Why not {other}? All its seats are taken; `/signup` lets you wait for one.",
            other=other,
        )
    match instead.bar:
        case Bar.READ:
            return words.text("Why not {other}? You have read it.", other=other)
        case Bar.CONFLICT:
            return words.text(
                "Why not {other}? You gave it back, or would rather not read it.", other=other
            )
        case _:
            return words.text("Why not {other}? It takes longer than your hours.", other=other)
